package io.strowger.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CurveTest {
    @Property(tries = 50)
    void shouldComeBackTheSameWhenReadFromJson(
        @ForAll @Size(max = 200) final List<@LongRange(min = 0, max = 500_000_000_000L) Long> waits, @ForAll final boolean isMissed) {
        final Histogram histogram = new Histogram(600_000_000_000L, 3);
        waits.forEach(histogram::recordValue);
        final Curve curve = new Curve("latency", "climb", "from-signal, \"disk\"", 200_000, isMissed, histogram);
        assertEquals(curve, Curve.parse(curve.toJson()));
    }

    @Test
    void shouldRefuseWhatIsNoCurve() {
        final Histogram histogram = new Histogram(3);
        final String line = new Curve("a", "b", "c", 1, false, histogram).toJson();
        for (final String bad : List.of("nonsense", "[]", "{}", line.replace("\"histogram\":\"", "\"histogram\":\"!"),
            line.replaceAll("\"histogram\":\"[^\"]*", "\"histogram\":\"AAAA"))) {
            assertThrows(IllegalArgumentException.class, () -> Curve.parse(bad), bad);
        }
    }
}
