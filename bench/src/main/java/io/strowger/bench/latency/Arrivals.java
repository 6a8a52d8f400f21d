package io.strowger.bench.latency;

import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * The waits of what has arrived, from its intended time. Written by the thread that the callback is on; read by others when nothing is
 * under way.
 */
final class Arrivals {
    private static final long LONGEST_NS = 600_000_000_000L;
    private static final int DIGITS = 3;

    private final LongSupplier clock;
    private final Histogram waitsNs = new Histogram(LONGEST_NS, DIGITS);
    private volatile long fromNs = Long.MAX_VALUE;

    /**
     * Counts nothing until it is told to.
     *
     * @param clock the one that the intended times are of.
     */
    Arrivals(final LongSupplier clock) {
        this.clock = clock;
    }

    /** Counts what was meant to be sent from this time on. */
    void countFrom(final long intendedNs) {
        fromNs = intendedNs;
    }

    /** Something has arrived. */
    void take(final long intendedNs) {
        if (intendedNs >= fromNs) {
            waitsNs.recordValue(Math.min(LONGEST_NS, Math.max(0, clock.getAsLong() - intendedNs)));
        }
    }

    /** Nanoseconds. While nothing is under way. */
    Histogram waitsNs() {
        return waitsNs;
    }
}
