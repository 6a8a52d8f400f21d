package io.strowger.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.result.Curve;
import io.strowger.bench.result.ResultLine;
import java.util.List;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyLinesTest {
    @Test
    void shouldTakeTheMedianOfTheRatiosOfThePairs() {
        final List<ResultLine> lines = LatencyLines.ofPairs(List.of(turn(20, 10, false), turn(60, 20, false), turn(90, 90, false)));
        assertEquals(2.0, lines.get(0).spread().median(), 0.01);
        assertEquals(1.0, lines.get(0).spread().min(), 0.01);
        assertEquals(3.0, lines.get(0).spread().max(), 0.01);
        assertTrue(lines.get(0).caseName().startsWith("p99 with journal on disk, 200/s in pairs"));
        assertEquals(2 * 2 + 6 * 4, lines.size());
        assertTrue(lines.stream().anyMatch(line -> "ring, 200/s in pairs, p50".equals(line.yardstick())));
        assertTrue(lines.stream().noneMatch(line -> line.caseName().contains("missed")));
    }

    @Test
    void shouldHoldTheWaitsWithActionsAgainstThoseWithout() {
        final List<ResultLine> lines = LatencyLines.ofActionPairs(List.of(turn(20, 10, false), turn(60, 20, false), turn(90, 90, false)));
        assertEquals(2.0, lines.get(0).spread().median(), 0.01);
        assertTrue(lines.get(0).caseName().startsWith("p99 with actions, 200/s in pairs"), lines.get(0).caseName());
        assertTrue(lines.get(2).caseName().startsWith("p99 with actions of two results each, 200/s in pairs"), lines.get(2).caseName());
        assertEquals(0.05, lines.get(2).spread().median(), 0.01);
        assertEquals(2 * 2 + 6 * 3, lines.size());
        assertTrue(lines.stream().anyMatch(line -> "bare, 200/s beside actions, p50".equals(line.yardstick())));
        assertEquals(List.of(), LatencyLines.ofActionPairs(List.of()));
    }

    @Test
    void shouldAlsoTakeTheRatioOfAllWaitsTogether() {
        // one gap of the machine in one window of four is most of that window's p99, and little of all waits
        final List<ResultLine> lines = LatencyLines.ofPairs(
            List.of(turn(20, 10, false), turn(20, 10, false), turn(20, 10, false), turn(20, 1_000, false)));
        assertTrue(lines.get(1).caseName().endsWith(", all windows together"), lines.get(1).caseName());
        assertEquals(0.02, lines.get(1).spread().median(), 0.001);
        assertEquals(2.0, lines.get(0).spread().median(), 0.01);
        assertEquals(0.5, LatencyLines.ofActionPairs(List.of(turn(20, 10, false), turn(20, 40, false))).get(1).spread().median(), 0.005);
    }

    @Test
    void shouldMarkWhatMissedItsRate() {
        final List<ResultLine> pairs = LatencyLines.ofPairs(List.of(turn(20, 10, true), turn(20, 10, true), turn(20, 10, false)));
        assertTrue(pairs.stream().anyMatch(line -> line.caseName().equals("own, 200/s in pairs, missed, p99")));
        assertTrue(pairs.stream().anyMatch(line -> line.caseName().equals("bare, 200/s in pairs, p99")));
        final List<ResultLine> climb = LatencyLines.ofClimb(List.of(window("a", 100, 5, false), window("a", 200, 5, true),
            window("a", 200, 5, true), window("a", 200, 5, false), window("b", 100, 5, true), window("b", 100, 5, false),
            window("b", 100, 5, false)));
        assertTrue(names(climb).contains("a, 100/s, p50"), names(climb)::toString);
        assertTrue(names(climb).contains("a, 200/s, missed, p50"), names(climb)::toString);
        assertTrue(names(climb).contains("b, 100/s, missed 1 of 3, achieved"), names(climb)::toString);
    }

    @Test
    void shouldNotHoldOneMissOfManyAgainstThePairs() {
        assertTrue(LatencyLines.keepTheirRate(List.of()));
        assertTrue(LatencyLines.keepTheirRate(List.of(turn(20, 10, true), turn(20, 10, false), turn(20, 10, false))));
        assertFalse(LatencyLines.keepTheirRate(List.of(turn(20, 10, true), turn(20, 10, true), turn(20, 10, false))));
    }

    @Test
    void shouldNameTheHighestRateThatWasKept() {
        final List<ResultLine> lines = LatencyLines.ofClimb(
            List.of(window("a", 100, 5, false), window("a", 200, 5, false), window("a", 400, 5, true), window("b", 100, 5, true)));
        assertEquals(200, kept(lines, "a"));
        assertEquals(0, kept(lines, "b"));
    }

    @Test
    void shouldHaveNoRatioWhenOneSideHasNothing() {
        final LatencyWindow nothing = new LatencyWindow("bare", 200, 0, 0, true, new Histogram(3));
        final List<ResultLine> lines = LatencyLines.ofPairs(
            List.of(List.of(window("own", 200, 5, false), nothing, window("ring", 200, 5, false))));
        assertFalse(lines.get(0).caseName().startsWith("p99 with"));
    }

    @Test
    void shouldKeepEveryWindowAndAllWaitsOfACase() {
        final List<LatencyWindow> windows = List.of(window("a, b", 100, 5, false), window("a, b", 100, 7, true), window("c", 100, 1, true));
        final List<String> rows = LatencyFiles.rows("climb", windows);
        assertEquals(3, rows.size());
        assertTrue(rows.get(1).startsWith("climb,\"a, b\",100,100.0,0.0,true,100,"), rows.get(1));
        assertEquals(LatencyFiles.heading().split(",").length, rows.get(2).split(",").length);
        final List<Curve> curves = LatencyFiles.curves("climb", windows).stream().map(Curve::parse).toList();
        assertEquals(List.of("a, b", "c"), curves.stream().map(Curve::caseName).toList());
        assertEquals(200, curves.get(0).waitsNs().getTotalCount());
        assertTrue(curves.get(0).isMissed());
    }

    private static double kept(final List<ResultLine> lines, final String name) {
        return lines.stream().filter(line -> line.caseName().equals(name + ", highest rate kept")).findFirst().orElseThrow()
            .spread().median();
    }

    private static List<String> names(final List<ResultLine> lines) {
        return lines.stream().map(ResultLine::caseName).collect(Collectors.toList());
    }

    private static List<LatencyWindow> turn(final int ownUs, final int bareUs, final boolean isMissed) {
        return List.of(window("own", 200, ownUs, isMissed), window("bare", 200, bareUs, false), window("ring", 200, 1, false));
    }

    /** A hundred waits, all of them so long. */
    private static LatencyWindow window(final String name, final int rate, final int us, final boolean isMissed) {
        final Histogram waits = new Histogram(3);
        waits.recordValueWithCount(us * 1_000L, 100);
        return new LatencyWindow(name, rate, rate, 0, isMissed, waits);
    }
}
