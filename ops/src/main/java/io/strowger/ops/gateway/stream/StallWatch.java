package io.strowger.ops.gateway.stream;

import java.time.Duration;

/**
 * For how long somebody has taken nothing.
 */
public final class StallWatch {
    private static final long NOT_FULL = Long.MIN_VALUE;

    private final long limitNs;
    private long fullSinceNs = NOT_FULL;

    /**
     * A watch.
     *
     * @param limit that is too long.
     */
    public StallWatch(final Duration limit) {
        limitNs = limit.toNanos();
    }

    /** Whether it has been full for too long by now. */
    public boolean isTooLong(final boolean isFull, final long nowNs) {
        if (!isFull) {
            fullSinceNs = NOT_FULL;
            return false;
        }
        fullSinceNs = NOT_FULL == fullSinceNs ? nowNs : fullSinceNs;
        return nowNs - fullSinceNs > limitNs;
    }
}
