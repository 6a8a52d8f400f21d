package io.strowger.router.pipeline;

import io.strowger.router.core.TickLimits;
import io.strowger.router.replay.Fold;
import java.util.concurrent.TimeUnit;

/**
 * Writes a tick when time alone has consequences: looks now and then whether a source is down, or a session was not seen, for too long,
 * the deadline of an action has passed, or a result was kept long enough.
 * A router with nothing due journals nothing, however long it is idle.
 *
 * <p>Core thread only.
 */
final class Ticker {
    private static final long LOOK_EVERY_NS = TimeUnit.SECONDS.toNanos(1);

    private final Fold fold;
    private final TickLimits limits;
    private final boolean isOn;
    private long nextLookNs = Long.MIN_VALUE;

    /**
     * A ticker of a fold.
     *
     * @param settings with the limits; journal time that comes from sources has no ticks.
     */
    Ticker(final Fold fold, final PipelineSettings settings) {
        this.fold = fold;
        this.limits = settings.tickLimits();
        this.isOn = JournalTime.WALL == settings.journalTime();
    }

    /**
     * Looks, at most once a second.
     *
     * @return whether a tick was written.
     */
    boolean tick(final JournalClock clock) {
        if (!isOn) {
            return false;
        }
        final long nowNs = clock.now();
        if (nowNs < nextLookNs) {
            return false;
        }
        nextLookNs = nowNs + LOOK_EVERY_NS;
        if (!fold.isTickDue(limits, nowNs)) {
            return false;
        }
        fold.tick(limits, nowNs);
        return true;
    }
}
