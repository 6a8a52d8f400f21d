package io.strowger.router;

import io.strowger.router.core.TickLimits;

/**
 * The time limits that a context asks for, in milliseconds; {@link RouterConfiguration#NEVER} for none.
 */
final class AskedTimes {
    private long sourceDownLimitMs = RouterConfiguration.SOURCE_DOWN_LIMIT_MS_DEFAULT;
    private long sessionAgeLimitMs = RouterConfiguration.SESSION_AGE_LIMIT_MS_DEFAULT;
    private long actionKeepMs = RouterConfiguration.ACTION_KEEP_MS_DEFAULT;

    void sourceDownLimitMs(final long ms) {
        sourceDownLimitMs = ms;
    }

    void sessionAgeLimitMs(final long ms) {
        sessionAgeLimitMs = ms;
    }

    void actionKeepMs(final long ms) {
        actionKeepMs = ms;
    }

    /**
     * The limits as ticks name them.
     *
     * @throws IllegalArgumentException when one is out of its range.
     */
    TickLimits conclude() {
        check(sourceDownLimitMs, "sourceDownLimitMs");
        check(sessionAgeLimitMs, "sessionAgeLimitMs");
        check(actionKeepMs, "actionKeepMs");
        return new TickLimits(sourceDownLimitMs, sessionAgeLimitMs, actionKeepMs);
    }

    @Override
    public String toString() {
        return "sourceDownLimitMs=" + sourceDownLimitMs + "\n  sessionAgeLimitMs=" + sessionAgeLimitMs + "\n  actionKeepMs="
            + actionKeepMs;
    }

    private static void check(final long value, final String name) {
        RouterContext.check(value >= RouterConfiguration.NEVER, name, value);
    }
}
