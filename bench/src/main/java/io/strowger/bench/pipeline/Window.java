package io.strowger.bench.pipeline;

/**
 * What one contender took for one round.
 *
 * @param signals carried through.
 * @param wallNs  from the first offered to the last all the way through.
 * @param cpuNs   processor time of the whole process in that time, all threads, and of its server where it has one.
 */
public record Window(int signals, long wallNs, long cpuNs) {
    private static final double NS_PER_SECOND = 1e9;

    /** Signals a second. */
    public double rate() {
        return signals * NS_PER_SECOND / wallNs;
    }

    /** Processor time a signal in nanoseconds. */
    public double cpuPerSignalNs() {
        return (double)cpuNs / signals;
    }
}
