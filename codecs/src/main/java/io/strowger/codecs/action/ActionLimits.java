package io.strowger.codecs.action;

/**
 * Whose actions a connection carries, and how many at a time.
 *
 * @param source        the number that the router gave to the source.
 * @param tenant        the tenant of the source.
 * @param maxPending    most actions that wait for their outcome at a time, from 1 to 65,536.
 * @param longestWaitMs how long an action without a deadline waits for its outcome, in milliseconds, from 1 to a year: behind it the
 *                      outcome is unknown.
 */
public record ActionLimits(int source, int tenant, int maxPending, long longestWaitMs) {
    /** Most actions at a time where nothing else is said. */
    public static final int DEFAULT_MAX_PENDING = 1024;

    /** How long an action without a deadline waits where nothing else is said: ten minutes, for a long fax. */
    public static final long DEFAULT_LONGEST_WAIT_MS = 600_000;

    private static final int MOST_PENDING = 1 << 16;
    private static final long MOST_WAIT_MS = 365L * 86_400_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when a value is out of its range.
     */
    public ActionLimits {
        if (maxPending < 1 || maxPending > MOST_PENDING) {
            throw new IllegalArgumentException("maxPending is " + maxPending + ", must be from 1 to " + MOST_PENDING);
        }
        if (longestWaitMs < 1 || longestWaitMs > MOST_WAIT_MS) {
            throw new IllegalArgumentException("longestWaitMs is " + longestWaitMs + ", must be from 1 to " + MOST_WAIT_MS);
        }
    }

    /**
     * Limits with the default of everything else.
     *
     * @return for 1,024 actions at a time and ten minutes.
     */
    public static ActionLimits of(final int source, final int tenant) {
        return new ActionLimits(source, tenant, DEFAULT_MAX_PENDING, DEFAULT_LONGEST_WAIT_MS);
    }

    /**
     * The same with another number of actions at a time.
     */
    public ActionLimits withMaxPending(final int most) {
        return new ActionLimits(source, tenant, most, longestWaitMs);
    }

    /**
     * The same with another wait.
     */
    public ActionLimits withLongestWaitMs(final long milliseconds) {
        return new ActionLimits(source, tenant, maxPending, milliseconds);
    }
}
