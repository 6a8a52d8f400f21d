package io.strowger.bench.growth;

import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.util.function.LongSupplier;

/**
 * What some signals took: from the first said to the last folded, in the journal and shown.
 *
 * @param signals  said.
 * @param events   that they gave.
 * @param wallNs   time that passed.
 * @param cpuNs    processor time of the router's thread, or of whom it was taken.
 */
record CostWindow(long signals, long events, long wallNs, long cpuNs) {
    private static final double NS_PER_SECOND = 1e9;

    /** Turns calls over, as fast as the router takes it, and measures. */
    static CostWindow of(final GrowthRouter router, final GrowthCalls calls, final RouterThread thread, final int turnovers) {
        return of(router, calls, thread::cpuNs, turnovers);
    }

    /** The same with another clock of processor time. */
    static CostWindow of(final GrowthRouter router, final GrowthCalls calls, final LongSupplier cpuNs, final int turnovers) {
        final RouterCounters counters = router.router().counters();
        final long events = counters.get(RouterCounter.EVENTS);
        final long said = calls.said();
        final long cpu = cpuNs.getAsLong();
        final long start = System.nanoTime();
        calls.turnOver(turnovers);
        router.awaitFolded(calls);
        final long wallNs = System.nanoTime() - start;
        return new CostWindow(calls.said() - said, counters.get(RouterCounter.EVENTS) - events, wallNs, cpuNs.getAsLong() - cpu);
    }

    double signalsPerSecond() {
        return signals * NS_PER_SECOND / wallNs;
    }

    double wallPerEventNs() {
        return (double)wallNs / events;
    }

    double cpuPerEventNs() {
        return (double)cpuNs / events;
    }
}
