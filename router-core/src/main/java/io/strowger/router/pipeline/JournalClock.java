package io.strowger.router.pipeline;

import io.strowger.codecs.SignalLayout;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Stamps the journal time: the one place of the hot path where a clock is read, at most once a batch.
 *
 * <p>Journal time never goes back. A clock that has been set back is waited for at half its pace: what waits for time, the deadline of an
 * action or the end of a source that is down, waits twice as long meanwhile, but does not stand still.
 *
 * <pre>
 *   journal time  ────────┐   ╱ half the clock's pace ... until the clock has come up to it
 *   clock         ────────┘│ ╱
 *                          └─── set back
 * </pre>
 *
 * <p>Core thread only, but for {@link #shownNs}.
 */
final class JournalClock {
    private final EpochNanoClock clock;
    private final boolean isWall;
    /** The journal time that was stamped last. */
    private final AtomicLong lastNs = new AtomicLong();
    /** What the clock said last. */
    private long readNs = Long.MAX_VALUE;
    private boolean isRead;

    JournalClock(final JournalTime journalTime, final EpochNanoClock clock) {
        this.isWall = JournalTime.WALL == journalTime;
        this.clock = clock;
    }

    /** Goes on behind a journal's last time. */
    void startBehind(final long journalTimeNs) {
        lastNs.setOpaque(journalTimeNs);
    }

    /** The last journal time that was stamped, or a little before. Any thread. */
    long shownNs() {
        return lastNs.getOpaque();
    }

    /** Lets the next stamp read the clock again. */
    void beginBatch() {
        isRead = false;
    }

    /** Journal time of a signal in nanoseconds since 1970, never less than the one before. */
    long stamp(final DirectBuffer signal, final int offset) {
        if (isWall) {
            return now();
        }
        lastNs.setOpaque(Math.max(lastNs.getPlain(), SignalLayout.sourceTime(signal, offset)));
        return lastNs.getPlain();
    }

    /** Journal time of what comes from no signal. */
    long now() {
        if (isWall && !isRead) {
            isRead = true;
            follow(clock.nanoTime());
        }
        return lastNs.getPlain();
    }

    private void follow(final long nowNs) {
        final long passedNs = nowNs - readNs;
        readNs = nowNs;
        if (nowNs >= lastNs.getPlain()) {
            lastNs.setOpaque(nowNs);
        } else if (passedNs > 0) {
            lastNs.setOpaque(lastNs.getPlain() + passedNs / 2);
        }
    }
}
