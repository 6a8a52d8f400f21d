package io.strowger.router.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ActionNumbersTest {
    private static final long GREATEST = (1L << 52) - 1;

    private final ActionNumbers numbers = new ActionNumbers();

    @Property
    void shouldTurnBackWhatItMadeWithinWhatJsonKeepsWhole(@ForAll @LongRange(min = 0, max = GREATEST) final long sequence) {
        final long number = numbers.of(sequence);
        assertTrue(number >= 0 && number <= GREATEST);
        assertEquals(sequence, numbers.sequence(number));
    }

    @Property
    void shouldLeaveWhatIsNoSequence(@ForAll final long value) {
        assertEquals(value, numbers.sequence(numbers.of(value)));
        assertEquals(value, numbers.of(numbers.sequence(value)));
    }

    @Test
    void shouldTellNeitherOrderNorDistance() {
        final Set<Long> distances = new HashSet<>();
        int rises = 0;
        for (long sequence = 1; sequence <= 1_000; sequence++) {
            final long distance = numbers.of(sequence + 1) - numbers.of(sequence);
            distances.add(distance);
            rises += distance > 0 ? 1 : 0;
        }
        assertEquals(1_000, distances.size());
        assertTrue(rises > 400 && rises < 600, "rises: " + rises);
    }

    @Test
    void shouldNotKnowTheNumbersOfAnotherConnection() {
        assertNotEquals(7, new ActionNumbers().sequence(numbers.of(7)));
    }
}
