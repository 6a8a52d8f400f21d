package io.strowger.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.result.ResultLine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JmhBenchTest {
    private static final JmhCase SMALL_FOLD = new JmhCase("fold", "sessions=10", List.of(80.0, 100.0, 90.0), 0, 0);
    private static final JmhCase SMALL_MAP = new JmhCase("map", "sessions=10", List.of(20.0, 30.0, 40.0), 0, 0);
    private static final JmhCase LARGE_FOLD = new JmhCase("fold", "sessions=99", List.of(200.0), 0, 0);
    private static final JmhCase LARGE_MAP = new JmhCase("map", "sessions=99", List.of(100.0), 0, 0);

    private final JmhBench bench = new JmhBench("fold", JmhBenchTest.class, Set.of("fold"), Map.of("fold", "map"));

    @Test
    void shouldCompareOnlyCasesOfTheSameParameters() {
        final List<ResultLine> lines = bench.lines(List.of(SMALL_FOLD, SMALL_MAP, LARGE_FOLD, LARGE_MAP), "");
        assertEquals(List.of(3.0, 0.0, 2.0, 0.0), lines.stream().map(ResultLine::ratio).toList());
        assertEquals("map sessions=10", lines.get(0).yardstick());
        assertNull(lines.get(1).yardstick());
    }

    @Test
    void shouldNameMethodParametersAndVariant() {
        assertEquals("fold sessions=10 bounds-checks=on", bench.lines(List.of(SMALL_FOLD), "bounds-checks=on").get(0).caseName());
    }

    @Test
    void shouldTurnTimesIntoRates() {
        bench.rate("MB/s", result -> 5_000);
        final ResultLine line = bench.lines(List.of(SMALL_MAP), "").get(0);
        assertEquals("MB/s", line.unit());
        assertEquals(125.0, line.spread().min(), 1e-9);
        assertEquals(250.0, line.spread().max(), 1e-9);
    }

    @Test
    void shouldFailWhenAMethodThatMustNotAllocateDoes() {
        assertTrue(bench.allocatesNothing(List.of(SMALL_FOLD, new JmhCase("map", "", List.of(1.0), 48, 900))));
        assertFalse(bench.allocatesNothing(List.of(new JmhCase("fold", "", List.of(1.0), 48, 900))));
    }

    @Test
    void shouldNotTakeForAllocationWhatTheHarnessLeavesInFewLongCalls() {
        assertTrue(bench.allocatesNothing(List.of(new JmhCase("fold", "", List.of(1.0), 1200, 0.03))));
    }

    @Test
    void shouldFailWhenAllocationWasNotMeasured() {
        assertFalse(bench.allocatesNothing(List.of(new JmhCase("fold", "", List.of(1.0), Double.NaN, Double.NaN))));
    }
}
