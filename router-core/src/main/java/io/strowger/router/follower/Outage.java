package io.strowger.router.follower;

import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;

/**
 * A fault that may pass: told once, counted each time, and left alone for longer and longer before the next try, until it is over.
 *
 * <pre>
 *   fault ──► told ── first wait ──► try ── fault ── twice that ──► try ── ... ── longest wait ──► try ──► good: over
 * </pre>
 *
 * <p>One thread.
 */
final class Outage {
    private final NanoClock clock;
    private final long firstWaitNs;
    private final long longestWaitNs;
    private final ErrorHandler errorHandler;
    private final RouterCounters counters;
    private final RouterCounter counter;
    private int faults;
    private long waitNs;
    private long faultNs;

    /**
     * There is none.
     *
     * @param clock         of the waits.
     * @param firstWaitNs   behind the first fault, from 1.
     * @param longestWaitNs behind any fault.
     * @param errorHandler  told of the first fault of each outage.
     * @param counter       of all faults.
     */
    Outage(final NanoClock clock, final long firstWaitNs, final long longestWaitNs, final ErrorHandler errorHandler,
           final RouterCounters counters, final RouterCounter counter) {
        this.clock = clock;
        this.firstWaitNs = firstWaitNs;
        this.longestWaitNs = longestWaitNs;
        this.errorHandler = errorHandler;
        this.counters = counters;
        this.counter = counter;
    }

    /** A try has failed. */
    void onFault(final Throwable fault) {
        counters.increment(counter);
        waitNs = 0 == faults ? firstWaitNs : Math.min(2 * waitNs, longestWaitNs);
        faultNs = clock.nanoTime();
        if (1 == ++faults) {
            errorHandler.onError(fault);
        }
    }

    /** It is over: the next fault is another one. */
    void end() {
        faults = 0;
    }

    /** Faults in a row, 0 when there is no outage. */
    int faults() {
        return faults;
    }

    /** Whether it is time to try, or there is no outage. */
    boolean isTimeToTry() {
        return 0 == faults || clock.nanoTime() - faultNs >= waitNs;
    }
}
