package io.strowger.bench.latency;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One window of a case at a rate.
 *
 * @param caseName of the case, in results.
 * @param rate     messages a second that were asked for.
 * @param achieved messages a second that were sent; 0 when it came to no end.
 * @param latestUs the latest that a message was sent behind its intended time.
 * @param isMissed whether the rate was missed.
 * @param waitsNs  from the intended time to the callback, one for each message that led to an event at once.
 */
record LatencyWindow(String caseName, int rate, double achieved, double latestUs, boolean isMissed, Histogram waitsNs) {
    private static final double NS_PER_US = 1_000;
    private static final double ALL = 100;
    private static final int DIGITS = 3;

    /**
     * A wait in microseconds.
     *
     * @param percentile so many of 100 waits are no longer, up to 100.
     */
    double us(final double percentile) {
        return us(waitsNs, percentile);
    }

    /** A wait in microseconds, of these. */
    static double us(final Histogram waitsNs, final double percentile) {
        return (percentile < ALL ? waitsNs.getValueAtPercentile(percentile) : waitsNs.getMaxValue()) / NS_PER_US;
    }

    /** The waits of all of them together. */
    static Histogram waitsNs(final List<LatencyWindow> windows) {
        final Histogram waits = new Histogram(DIGITS);
        windows.forEach(window -> waits.add(window.waitsNs()));
        return waits;
    }
}
