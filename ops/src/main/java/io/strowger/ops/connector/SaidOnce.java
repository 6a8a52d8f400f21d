package io.strowger.ops.connector;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether a reason is worth a line: when it is another one than before, and every ten minutes while it lasts. One thread.
 */
final class SaidOnce {
    private static final long AGAIN_NS = TimeUnit.MINUTES.toNanos(10);

    private final LongSupplier clock;
    private String said;
    private long saidNs;

    /**
     * Nothing was said yet.
     *
     * @param clock nanoseconds, never back.
     */
    SaidOnce(final LongSupplier clock) {
        this.clock = clock;
    }

    /** A warning where it is worth a line. */
    Level level(final String reason) {
        final long nowNs = clock.getAsLong();
        if (reason.equals(said) && nowNs - saidNs < AGAIN_NS) {
            return Level.DEBUG;
        }
        said = reason;
        saidNs = nowNs;
        return Level.WARNING;
    }

    /** It is over: the next is new, whatever it is. */
    void forget() {
        said = null;
    }
}
