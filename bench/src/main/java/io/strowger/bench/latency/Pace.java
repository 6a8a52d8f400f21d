package io.strowger.bench.latency;

/**
 * How a load was sent.
 *
 * @param asked    messages a second.
 * @param count    of messages.
 * @param tookNs   from the first one's intended time until the last one was taken.
 * @param latestNs the latest that any was sent behind its intended time.
 */
record Pace(int asked, long count, long tookNs, long latestNs) {
    private static final double NS_PER_SECOND = 1e9;
    private static final double LEAST_PART = 0.99;
    private static final double LATEST_PART = 0.1;

    /** Messages a second that were sent; never above what was asked for. */
    double achieved() {
        return count * NS_PER_SECOND / Math.max((double)tookNs, plannedNs());
    }

    /** Whether the rate was missed: less than 0.99 of it was achieved, or a message was later than a tenth of the planned time. */
    boolean isMissed() {
        return achieved() < LEAST_PART * asked || latestNs > LATEST_PART * plannedNs();
    }

    private double plannedNs() {
        return count * NS_PER_SECOND / asked;
    }
}
