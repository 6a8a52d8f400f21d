package io.strowger.ops.metrics;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many events came, and how long they took, within the last seconds. Any thread.
 */
public final class RecentDelays {
    private static final int SAMPLES = 10;
    private static final double NS_PER_SECOND = 1e9;
    private static final long NS_PER_US = 1_000;
    private static final int PERCENT = 100;

    private final EventDelay delay;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Nothing was seen yet.
     *
     * @param delay that is looked at.
     */
    public RecentDelays(final EventDelay delay) {
        this.delay = delay;
    }

    /**
     * What came within the last seconds.
     *
     * @param seconds         how long that is, from the oldest sample to the last.
     * @param events          how many came.
     * @param eventsPerSecond the same a second.
     * @param p50Us           half of them took at most so many microseconds, an eighth too much at most; 0 without one.
     * @param p99Us           99 of 100, likewise.
     * @param maxUs           each, likewise.
     */
    public record Summary(double seconds, long events, double eventsPerSecond, long p50Us, long p99Us, long maxUs) {
    }

    /**
     * Takes a sample: to be called once a second.
     *
     * @param nowNs monotonic.
     */
    public synchronized void sample(final long nowNs) {
        samples.addLast(new Sample(nowNs, delay.recent()));
        if (samples.size() > SAMPLES + 1) {
            samples.removeFirst();
        }
    }

    /** What came between the oldest sample that is kept and the last. */
    public synchronized Summary summary() {
        if (samples.size() < 2) {
            return new Summary(0, 0, 0, 0, 0, 0);
        }
        final Sample first = samples.getFirst();
        final Sample last = samples.getLast();
        final long[] counts = new long[last.counts.length];
        long events = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = last.counts[i] - first.counts[i];
            events += counts[i];
        }
        final double seconds = (last.atNs - first.atNs) / NS_PER_SECOND;
        return new Summary(seconds, events, events / seconds, atMost(counts, (events + 1) / 2),
            atMost(counts, (events * (PERCENT - 1) + PERCENT - 1) / PERCENT), atMost(counts, events));
    }

    /** In microseconds, rounded up. */
    private static long atMost(final long[] counts, final long rank) {
        long seen = 0;
        for (int i = 0; i < counts.length && rank > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return LogHistogram.largest(i) / NS_PER_US + 1;
            }
        }
        return 0;
    }

    private static final class Sample {
        private final long atNs;
        private final long[] counts;

        Sample(final long atNs, final long[] counts) {
            this.atNs = atNs;
            this.counts = counts;
        }
    }
}
