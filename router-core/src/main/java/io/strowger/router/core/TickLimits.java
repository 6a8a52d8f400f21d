package io.strowger.router.core;

/**
 * Limits that a tick names, in milliseconds; what is negative, or beyond 146 years, is for ever.
 *
 * @param downMs       for how long a source may be down before its sessions end.
 * @param ageMs        for how long neither a fact nor a list may have shown a session before it ends.
 * @param actionKeepMs for how long the result of an action is kept for repeats of its key. Deadlines of actions need no limit.
 */
public record TickLimits(long downMs, long ageMs, long actionKeepMs) {
    /** Nothing is ended for its age, and nothing forgotten. */
    public static final TickLimits NEVER = new TickLimits(-1, -1, -1);

    private static final long LONGEST_MS = Long.MAX_VALUE / 1_000_000 / 2;

    static boolean isLimit(final long limitMs) {
        return limitMs >= 0 && limitMs <= LONGEST_MS;
    }
}
