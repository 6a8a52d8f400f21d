package io.strowger.bench.pipeline;

/**
 * What one contender did in one window.
 *
 * @param contender its name.
 * @param signals   carried through.
 * @param events    among what it wrote, 0 when it makes none.
 * @param bytes     that were written to disks, by the kernel's count.
 * @param offerNs   from the first signal to the last one offered.
 * @param wallNs    from the first signal until everything was through and on the disk.
 * @param cpuNs     processor time of the whole process in that time, all threads.
 * @param curve     of the signals that were through, while they were offered.
 */
record SustainedWindow(String contender, long signals, long events, long bytes, long offerNs, long wallNs, long cpuNs, SecondCurve curve) {
    private static final double NS_PER_SECOND = 1e9;
    private static final double MB = 1e6;

    /** Signals a second, the time of the flush included. */
    double rate() {
        return signals * NS_PER_SECOND / wallNs;
    }

    /** Events a second. */
    double eventRate() {
        return events * NS_PER_SECOND / wallNs;
    }

    /** Megabytes, of 10^6 bytes, that were written a second. */
    double megabytesPerSecond() {
        return bytes / MB * NS_PER_SECOND / wallNs;
    }

    /** Processor time a signal in nanoseconds. */
    double cpuPerSignalNs() {
        return (double)cpuNs / signals;
    }

    /** Bytes that a window would write that lasts so many seconds, when it gets as much done as this one while signals came. */
    double bytesIn(final int seconds) {
        return bytes * NS_PER_SECOND / offerNs * seconds;
    }
}
