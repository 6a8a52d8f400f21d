package io.strowger.codecs.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Ids of commands (pains A11).
 */
final class ActionIdsTest {
    private static final long EPOCH_NS = 1_795_624_150_682_276_000L;

    @Test
    void shouldNeverGiveOneOfAMillionIdsTwice() {
        final ActionIds ids = new ActionIds(EPOCH_NS);
        final Set<String> seen = new HashSet<>();
        final byte[] bytes = new byte[ActionIds.LENGTH];
        for (int i = 0; i < 1_000_000; i++) {
            final long number = ids.next();
            ids.write(number, bytes, 0);
            assertTrue(seen.add(new String(bytes, StandardCharsets.US_ASCII)));
            assertEquals(number, ids.parse(bytes, 0, bytes.length));
        }
    }

    @Test
    void shouldGiveOtherIdsInAnotherRunOfTheRouterThoughItsCounterBeginsAnew() {
        final ActionIds before = new ActionIds(EPOCH_NS);
        final ActionIds now = new ActionIds(EPOCH_NS + 1);
        final byte[] bytes = new byte[ActionIds.LENGTH];
        before.write(before.next(), bytes, 0);
        now.next();
        assertEquals(ActionIds.NONE, now.parse(bytes, 0, bytes.length));
    }

    @Test
    void shouldHaveTheFormOfAUuidOfOurOwnMaking() {
        final ActionIds ids = new ActionIds(EPOCH_NS);
        final byte[] bytes = new byte[ActionIds.LENGTH];
        ids.write(ids.next(), bytes, 0);
        final java.util.UUID uuid = java.util.UUID.fromString(new String(bytes, StandardCharsets.US_ASCII));
        assertEquals(8, uuid.version());
        assertEquals(2, uuid.variant());
    }

    @Test
    void shouldReadNothingElseAsAnId() {
        final ActionIds ids = new ActionIds(EPOCH_NS);
        final byte[] good = new byte[ActionIds.LENGTH];
        ids.write(ids.next(), good, 0);
        assertEquals(1, ids.parse(good, 0, good.length));
        assertEquals(ActionIds.NONE, ids.parse(good, 0, good.length - 1));
        for (int i = 0; i < good.length; i++) {
            final byte[] bad = good.clone();
            bad[i] = (byte)(bad[i] == 'x' ? 'y' : 'x');
            assertEquals(ActionIds.NONE, ids.parse(bad, 0, bad.length), "at " + i);
        }
        ids.write(2, good, 0);
        assertEquals(ActionIds.NONE, ids.parse(good, 0, good.length), "not given yet");
    }
}
