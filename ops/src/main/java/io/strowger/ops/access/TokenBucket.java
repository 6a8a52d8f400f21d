package io.strowger.ops.access;

/**
 * So many a second, and that many at once behind a pause. Any thread.
 */
final class TokenBucket {
    private static final long MS_PER_SECOND = 1_000;

    private final int perSecond;
    private final int burst;
    /** In thousandths. */
    private long level;
    private long atMs;

    TokenBucket(final int perSecond, final int burst, final long nowMs) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.level = burst * MS_PER_SECOND;
        this.atMs = nowMs;
    }

    /** Takes one, if there is one. */
    synchronized boolean take(final long nowMs) {
        fill(nowMs);
        if (level < MS_PER_SECOND) {
            return false;
        }
        level -= MS_PER_SECOND;
        return true;
    }

    /** Whether there is none now. */
    synchronized boolean isEmpty(final long nowMs) {
        fill(nowMs);
        return level < MS_PER_SECOND;
    }

    private void fill(final long nowMs) {
        final long goneMs = Math.max(0, nowMs - atMs);
        level = Math.min(burst * MS_PER_SECOND, level + Math.min(goneMs, burst * MS_PER_SECOND) * perSecond);
        atMs = nowMs;
    }
}
