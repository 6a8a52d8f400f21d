package io.strowger.ops.access;

/**
 * So many a second, and a burst of as many or of another number behind a pause. Any thread.
 */
final class TokenBucket {
    private static final long MS_PER_SECOND = 1_000;

    private final int burst;
    private int perSecond;
    /** In thousandths. */
    private long level;
    private long atMs;

    /** Of a burst that is what comes in a second, also when that changes. */
    TokenBucket(final int perSecond, final long nowMs) {
        this(perSecond, 0, nowMs);
    }

    TokenBucket(final int perSecond, final int burst, final long nowMs) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.level = burst() * MS_PER_SECOND;
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

    /**
     * Takes one, if there is one.
     *
     * @param rate a second, from now on; what it has more than before comes with the time, so that nobody gains by a change.
     */
    synchronized boolean take(final int rate, final long nowMs) {
        if (rate != perSecond) {
            fill(nowMs);
            perSecond = rate;
        }
        return take(nowMs);
    }

    /** Whether there is none now. */
    synchronized boolean isEmpty(final long nowMs) {
        fill(nowMs);
        return level < MS_PER_SECOND;
    }

    private long burst() {
        return 0 == burst ? perSecond : burst;
    }

    private void fill(final long nowMs) {
        final long most = burst() * MS_PER_SECOND;
        final long goneMs = Math.min(Math.max(0, nowMs - atMs), most);
        level = Math.min(most, level + goneMs * perSecond);
        atMs = nowMs;
    }
}
