package io.strowger.bench.latency;

import java.util.function.LongSupplier;

/**
 * Sends at a steady rate by intended times, and takes what has come whenever nothing is due. One thread.
 *
 * <p>Message i is meant for begin + i / rate. Who is late goes on as fast as it can, a burst at a time between two looks at what has come,
 * and each still carries the time that it was meant for.
 */
final class OpenLoop {
    private static final long NS_PER_SECOND = 1_000_000_000;
    private static final int BURST = 16;

    private final LongSupplier clock;
    private final Feed feed;
    private final Runnable receiver;

    /**
     * A loop.
     *
     * @param clock    nanoseconds, monotonic.
     * @param feed     of messages.
     * @param receiver takes what has come; returns at once when there is nothing.
     */
    OpenLoop(final LongSupplier clock, final Feed feed, final Runnable receiver) {
        this.clock = clock;
        this.feed = feed;
        this.receiver = receiver;
    }

    /**
     * Sends.
     *
     * @param rate  a second.
     * @param count of messages, from 1.
     */
    Pace run(final int rate, final long count) {
        final long beganNs = clock.getAsLong();
        long dueNs = beganNs;
        long latestNs = 0;
        int burst = 0;
        for (long i = 0; i < count; i++) {
            feed.prepare();
            dueNs = beganNs + intendedNs(i, rate);
            long nowNs = clock.getAsLong();
            while (nowNs < dueNs) {
                receiver.run();
                nowNs = clock.getAsLong();
            }
            latestNs = Math.max(latestNs, nowNs - dueNs);
            while (!feed.offer(dueNs)) {
                receiver.run();
            }
            burst++;
            if (burst == BURST || nowNs - dueNs < NS_PER_SECOND / rate) {
                receiver.run();
                burst = 0;
            }
        }
        final long endNs = clock.getAsLong();
        return new Pace(rate, count, endNs - beganNs, Math.max(latestNs, endNs - dueNs));
    }

    /** When message i is meant to be sent, from the begin. */
    static long intendedNs(final long i, final int rate) {
        return i * NS_PER_SECOND / rate;
    }

    /** Makes and sends messages, one after the other. */
    interface Feed {
        /** Makes the next one. */
        void prepare();

        /**
         * Sends it.
         *
         * @param intendedNs when it is meant to be sent; it carries that time.
         * @return false when there was no room for all of it: it is called again, with the same time.
         */
        boolean offer(long intendedNs);
    }
}
