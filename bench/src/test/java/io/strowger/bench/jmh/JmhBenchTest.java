package io.strowger.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.result.ResultLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
        assertTrue(bench.allocatesNothing(List.of(SMALL_FOLD, allocating("map", 48, 9e8))));
        assertFalse(bench.allocatesNothing(List.of(allocating("fold", 48, 9e8))));
        assertFalse(bench.allocatesNothing(List.of(allocating("fold", 0.011, 220_000))), "16 bytes in a call of 1,500");
        assertTrue(bench.allocatesNothing(List.of(allocating("fold", 0.01, 200_000))));
    }

    @Test
    void shouldSayWhichMethodAllocatesHowMuchAndWhatIsAllowed() {
        final PrintStream before = System.err;
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            bench.allocatesNothing(List.of(new JmhCase("fold", "sessions=10", List.of(1.0), 48, 9e8)));
        } finally {
            System.setErr(before);
        }
        assertEquals("bench: fold: fold sessions=10 is declared free of allocation, and leaves 48.000 bytes a call"
            + " (900000000 in an iteration) on the heap; 0.01 a call are allowed", err.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void shouldNotTakeForAllocationWhatTheHarnessLeavesInFewLongCalls() {
        assertTrue(bench.allocatesNothing(List.of(allocating("fold", 1200, 7_200))));
        assertFalse(bench.allocatesNothing(List.of(allocating("fold", 22, 22_000))), "16 bytes in each of 1,000 calls, and the harness");
    }

    @Test
    void shouldFailWhenAllocationWasNotMeasured() {
        assertFalse(bench.allocatesNothing(List.of(new JmhCase("fold", "", List.of(1.0), Double.NaN, Double.NaN))));
    }

    @Test
    void shouldTakeTheMedianIterationAndNothingWhenOneIsMissing() {
        assertEquals(2, JmhCase.lowerMedian(1, 2, 300));
        assertEquals(2, JmhCase.lowerMedian(1, 2, 300, 400));
        assertEquals(1, JmhCase.lowerMedian(1, 300));
        assertTrue(Double.isNaN(JmhCase.lowerMedian()));
        assertTrue(Double.isNaN(JmhCase.lowerMedian(1, 2, Double.NaN)));
    }

    private static JmhCase allocating(final String method, final double bytesACall, final double bytesAnIteration) {
        return new JmhCase(method, "", List.of(1.0), bytesACall, bytesAnIteration);
    }
}
