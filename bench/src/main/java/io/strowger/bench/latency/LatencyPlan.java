package io.strowger.bench.latency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which windows follow one another.
 *
 * <pre>
 *   pairs   A B C   B A C   A B C ...         the first two change places, as who comes first may have it better
 *   climb   rate:     A B C D  A B C D  A B C D      a case that missed most of its rounds climbs no further
 *           2 x rate: A B   D  A B   D  A B   D
 * </pre>
 */
final class LatencyPlan {
    private static final int WARM_UPS = 4;

    private final Windows windows;
    private final LatencySizes sizes;

    LatencyPlan(final Windows windows, final LatencySizes sizes) {
        this.windows = windows;
        this.sizes = sizes;
    }

    /**
     * Runs all cases in turn at one rate, after some turns that are not counted: what each alone does must be compiled, too.
     *
     * @param cases two that are compared, then others.
     * @return the windows of each turn in the order of the cases.
     */
    List<List<LatencyWindow>> pairs(final List<LatencyCase> cases) throws IOException {
        final List<List<LatencyWindow>> turns = new ArrayList<>();
        for (int turn = 0; turn < WARM_UPS + sizes.pairs(); turn++) {
            final boolean isSwapped = 1 == turn % 2;
            final LatencyWindow first = pairWindow(cases.get(isSwapped ? 1 : 0));
            final LatencyWindow second = pairWindow(cases.get(isSwapped ? 0 : 1));
            final List<LatencyWindow> own = new ArrayList<>(isSwapped ? List.of(second, first) : List.of(first, second));
            for (final LatencyCase other : cases.subList(2, cases.size())) {
                own.add(pairWindow(other));
            }
            if (turn >= WARM_UPS) {
                turns.add(own);
            }
        }
        return turns;
    }

    /**
     * Runs all cases at twice the rate, again and again, until the last of them has missed it.
     *
     * @return all windows in the order in which they ran, but for one turn at the beginning that is not counted.
     */
    List<LatencyWindow> climb(final List<LatencyCase> cases) throws IOException {
        final List<LatencyWindow> all = new ArrayList<>();
        if (0 == sizes.climbMs()) {
            return all;
        }
        for (final LatencyCase one : cases) {
            windows.window(one, sizes.firstRate(), sizes.climbMs());
        }
        List<LatencyCase> climbing = cases;
        for (int rate = sizes.firstRate(); rate <= sizes.lastRate() && !climbing.isEmpty(); rate *= 2) {
            final int[] missed = new int[climbing.size()];
            for (int round = 0; round < sizes.rounds(); round++) {
                for (int i = 0; i < missed.length; i++) {
                    final LatencyWindow window = windows.window(climbing.get(i), rate, sizes.climbMs());
                    all.add(window);
                    missed[i] += window.isMissed() ? 1 : 0;
                }
            }
            final List<LatencyCase> further = new ArrayList<>();
            for (int i = 0; i < missed.length; i++) {
                if (2 * missed[i] < sizes.rounds()) {
                    further.add(climbing.get(i));
                }
            }
            climbing = further;
        }
        return all;
    }

    private LatencyWindow pairWindow(final LatencyCase one) throws IOException {
        return windows.window(one, sizes.rate(), sizes.pairMs());
    }

    /** Runs a window. */
    @FunctionalInterface
    interface Windows {
        /**
         * Runs it.
         *
         * @param asked    case.
         * @param rate     messages a second.
         * @param windowMs length.
         */
        LatencyWindow window(LatencyCase asked, int rate, int windowMs) throws IOException;
    }
}
