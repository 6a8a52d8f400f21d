package io.strowger.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void shouldTakeTheMiddleRoundWhenTheNumberIsOdd() {
        assertEquals(new Spread(3, 1, 9), Spread.of(9, 1, 3));
    }

    @Test
    void shouldTakeHalfWayBetweenTheMiddleTwoWhenTheNumberIsEven() {
        assertEquals(new Spread(2.5, 1, 9), Spread.of(9, 2, 1, 3));
    }

    @Test
    void shouldLeaveTheRoundsInTheirOrder() {
        final double[] rounds = {3, 1, 2};
        Spread.of(rounds);
        assertEquals("[3.0, 1.0, 2.0]", Arrays.toString(rounds));
    }

    @Test
    void shouldRefuseWhenNothingWasMeasured() {
        assertThrows(IllegalArgumentException.class, Spread::of);
        assertThrows(IllegalArgumentException.class, () -> Spread.of(1, Double.NaN));
    }

    @Property
    void shouldHaveAsManyRoundsAboveTheMedianAsBelow(
        @ForAll @Size(min = 1, max = 20) final List<@DoubleRange(min = 0, max = 1e9) Double> values) {
        final double[] rounds = values.stream().mapToDouble(Double::doubleValue).toArray();
        final Spread spread = Spread.of(rounds);
        final long above = Arrays.stream(rounds).filter(round -> round > spread.median()).count();
        final long below = Arrays.stream(rounds).filter(round -> round < spread.median()).count();
        assertTrue(above <= rounds.length / 2 && below <= rounds.length / 2);
        assertTrue(spread.min() <= spread.median() && spread.median() <= spread.max());
    }
}
