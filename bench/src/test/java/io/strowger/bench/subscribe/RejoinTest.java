package io.strowger.bench.subscribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.result.ResultLine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RejoinTest {
    private static final RejoinSettings SMALL = new RejoinSettings(2_000, 100, 10, 1);
    private static final Memory NOTHING = new Memory(0, 0, 0);

    @Test
    @Timeout(120)
    void shouldBringAllSubscriptionsBackAgainAndAgain(@TempDir final Path folder) {
        try (RejoinRun run = new RejoinRun(folder, SMALL)) {
            final RejoinRound first = run.round();
            final RejoinRound second = run.round();
            assertTrue(first.passes() >= 1);
            assertTrue(second.length() >= first.length());
            assertTrue(second.laggingBytes() > second.subscribedBytes());
        }
    }

    @Test
    void shouldTellRatesAndWhatOneCosts() {
        final List<ResultLine> lines = RejoinMain.lines(
            List.of(new RejoinRound(1.25, 2, 3_000, 0, 10 << 20, 20 << 20, NOTHING)), SMALL);
        assertEquals(1.25, lines.get(0).spread().median());
        assertEquals(1_500.0, lines.get(2).spread().median());
        assertEquals(20.0, lines.get(5).spread().median());
        assertEquals((20 << 20) / 10.0, lines.get(6).spread().median());
    }

    @Test
    void shouldCallMemoryFlatOnlyWhenNoPartHasGrownBeyondTheSlack() {
        assertTrue(new Memory(10, 10, 10).isFlatSince(NOTHING, 10));
        assertFalse(new Memory(11, 0, 0).isFlatSince(NOTHING, 10));
        assertFalse(new Memory(0, 11, 0).isFlatSince(NOTHING, 10));
        assertFalse(new Memory(0, 0, 11).isFlatSince(NOTHING, 10));
    }

    @Test
    void shouldHaveAnotherHashForAHoleARepeatAndAnotherOrder() {
        final long right = UserTally.mix(UserTally.mix(0, 1), 2);
        assertFalse(right == UserTally.mix(0, 2));
        assertFalse(right == UserTally.mix(right, 2));
        assertFalse(right == UserTally.mix(UserTally.mix(0, 2), 1));
    }
}
