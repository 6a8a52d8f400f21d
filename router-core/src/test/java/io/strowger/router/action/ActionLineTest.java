package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ActionStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The rings between handle and desk when they are full, whoever is to blame for it.
 */
class ActionLineTest {
    private static final int MANY = 1_000;

    private final UnsafeBuffer key = new UnsafeBuffer("k".repeat(64).getBytes(StandardCharsets.US_ASCII));
    private final ActionLine line = new ActionLine(ActionGrant.of("crm", 1).withWindow(1), new byte[] {'c'});

    @Test
    void shouldHoldAnswersThatHaveNoRoomAndTellThemInOrder() {
        assertTrue(line.ask(1, key, 0, 64));
        line.takeAsks();
        for (int i = 1; i <= MANY; i++) {
            line.tell(0, i, ActionStatus.ACCEPTED.value());
        }
        assertTrue(line.isHolding());
        final List<Long> told = new ArrayList<>();
        final ActionAnswer answer = new ActionAnswer();
        while (told.size() < MANY) {
            line.answers().read((type, buffer, index, length) -> told.add(answer.wrap(buffer, index).action()));
            line.tellingHeld().run();
        }
        assertFalse(line.isHolding());
        for (int i = 1; i <= MANY; i++) {
            assertEquals(i, told.get(i - 1));
        }
    }

    @Test
    void shouldTakeNoAskThatHasNoRoom() {
        int taken = 0;
        while (taken < MANY && line.ask(1, key, 0, 64)) {
            taken++;
        }
        assertTrue(taken > 0 && taken < MANY, taken + " taken");
    }
}
