package io.strowger.bench.subscribe;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Sends at a steady rate by intended times: who is late goes on as fast as it can, and stamps each with the time it was meant for, so that
 * a wait is never left out because nothing was sent meanwhile.
 */
final class Pacer {
    private static final double NS_PER_SECOND = 1e9;
    private static final int LATE_PARTS = 100;

    private final LongSupplier nanoClock;
    private final Runnable pause;

    /**
     * A pacer.
     *
     * @param nanoClock monotonic, nanoseconds.
     * @param pause     passes a little time, much less than a millisecond.
     */
    Pacer(final LongSupplier nanoClock, final Runnable pause) {
        this.nanoClock = nanoClock;
        this.pause = pause;
    }

    /**
     * Sends for a time.
     *
     * @param rate     a second.
     * @param windowNs how long.
     * @param send     gets the intended time of each.
     * @return by how many nanoseconds the last one was late.
     */
    long run(final int rate, final long windowNs, final LongConsumer send) {
        final long beganNs = nanoClock.getAsLong();
        final long count = (long)(rate * (windowNs / NS_PER_SECOND));
        long dueNs = beganNs;
        for (long i = 0; i < count; i++) {
            dueNs = beganNs + (long)(i * (NS_PER_SECOND / rate));
            while (nanoClock.getAsLong() < dueNs) {
                pause.run();
            }
            send.accept(dueNs);
        }
        return nanoClock.getAsLong() - dueNs;
    }

    /** Whether the rate was missed: the last one came later than a hundredth of the whole time. */
    static boolean isMissed(final long lateNs, final long windowNs) {
        return lateNs > windowNs / LATE_PARTS;
    }
}
