package io.strowger.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyPlanTest {
    private static final LatencySizes SIZES = new LatencySizes(200, 3, 10, 100, 800, 3, 10, 1);
    private static final String DISK = LatencyCase.DISK.name();
    private static final String BARE = LatencyCase.NO_JOURNAL.name();
    private static final String RING = LatencyCase.RING.name();

    private final List<String> ran = new ArrayList<>();

    @Test
    void shouldRunThePairsInTurnAndSwapThemEachTime() throws IOException {
        final LatencyPlan plan = new LatencyPlan((asked, rate, windowMs) -> window(asked, rate, false), SIZES);
        final List<List<LatencyWindow>> turns = plan.pairs(LatencyCase.pairs());
        assertEquals(3, turns.size());
        turns.forEach(turn -> assertEquals(List.of(DISK, BARE, RING), turn.stream().map(LatencyWindow::caseName).toList()));
        assertEquals(List.of(DISK + " 200", BARE + " 200", RING + " 200", BARE + " 200", DISK + " 200", RING + " 200"),
            ran.subList(0, 6));
        assertEquals(21, ran.size(), "four turns to warm up");
    }

    @Test
    void shouldDoubleTheRateUntilACaseMissesItInTheMedianOfItsRounds() throws IOException {
        final int[] count = {0};
        final LatencyPlan plan = new LatencyPlan((asked, rate, windowMs) -> {
            final boolean isMostlyMissed = asked.equals(LatencyCase.RING) && rate >= 200 && 0 != count[0]++ % 3;
            final boolean isMissedOnce = asked.equals(LatencyCase.DISK) && rate == 200 && ran.stream().noneMatch("disk missed"::equals);
            if (isMissedOnce) {
                ran.add("disk missed");
            }
            return window(asked, rate, isMostlyMissed || isMissedOnce);
        }, SIZES);
        final List<LatencyWindow> windows = plan.climb(List.of(LatencyCase.DISK, LatencyCase.RING));
        assertEquals(List.of(100, 200, 400, 800), rates(windows, DISK), "missed once: it climbs on");
        assertEquals(List.of(100, 200), rates(windows, RING), "missed twice of three");
        assertEquals(3 * (4 + 2), windows.size());
    }

    @Test
    void shouldNotClimbWhenNoTimeIsGiven() throws IOException {
        final LatencyPlan plan = new LatencyPlan((asked, rate, windowMs) -> window(asked, rate, false),
            new LatencySizes(200, 0, 10, 100, 800, 3, 0, 1));
        assertTrue(plan.climb(LatencyCase.pairs()).isEmpty());
        assertTrue(ran.isEmpty());
    }

    private static List<Integer> rates(final List<LatencyWindow> windows, final String name) {
        return windows.stream().filter(window -> window.caseName().equals(name)).map(LatencyWindow::rate).distinct().toList();
    }

    private LatencyWindow window(final LatencyCase asked, final int rate, final boolean isMissed) {
        ran.add(asked.name() + " " + rate);
        return new LatencyWindow(asked.name(), rate, rate, 0, isMissed, new Histogram(3));
    }
}
