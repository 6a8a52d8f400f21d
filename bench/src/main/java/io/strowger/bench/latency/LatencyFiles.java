package io.strowger.bench.latency;

import io.strowger.bench.result.Curve;
import java.util.ArrayList;
import java.util.List;

/**
 * The raw figures that are kept: every window, and all waits of the windows of a case at a rate.
 */
final class LatencyFiles {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

    private LatencyFiles() {
    }

    /**
     * The heading of the table of windows.
     */
    static String heading() {
        return "part,case,rate,achieved,latest_us,missed,waits,p50_us,p90_us,p99_us,p999_us,p9999_us,max_us";
    }

    /**
     * A row a window.
     *
     * @param part    of the benchmark.
     * @param windows in the order in which they ran.
     */
    static List<String> rows(final String part, final List<LatencyWindow> windows) {
        final List<String> rows = new ArrayList<>();
        for (final LatencyWindow window : windows) {
            final StringBuilder row = new StringBuilder(part).append(",\"").append(window.caseName()).append("\",").append(window.rate())
                .append(',').append(window.achieved()).append(',').append(window.latestUs()).append(',').append(window.isMissed())
                .append(',').append(window.waitsNs().getTotalCount());
            for (final double percentile : PERCENTILES) {
                row.append(',').append(window.us(percentile));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    /**
     * A curve for each case at each rate.
     *
     * @param part    of the benchmark.
     * @param windows in any order.
     */
    static List<String> curves(final String part, final List<LatencyWindow> windows) {
        final List<String> curves = new ArrayList<>();
        for (final List<LatencyWindow> rounds : LatencyLines.byCaseAndRate(windows)) {
            final LatencyWindow first = rounds.get(0);
            curves.add(new Curve(LatencyLines.BENCH, part, first.caseName(), first.rate(), LatencyLines.isMissed(rounds),
                LatencyWindow.waitsNs(rounds)).toJson());
        }
        return curves;
    }
}
