package io.strowger.router.pipeline;

import io.strowger.codecs.SignalLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Stamps the journal time: the one place of the hot path where a clock is read, at most once a batch.
 *
 * <p>Core thread only.
 */
final class JournalClock {
    private final EpochNanoClock clock;
    private final boolean isWall;
    private long lastNs;
    private boolean isRead;

    JournalClock(final JournalTime journalTime, final EpochNanoClock clock) {
        this.isWall = JournalTime.WALL == journalTime;
        this.clock = clock;
    }

    /** Goes on behind a journal's last time. */
    void startBehind(final long journalTimeNs) {
        lastNs = journalTimeNs;
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
        lastNs = Math.max(lastNs, SignalLayout.sourceTime(signal, offset));
        return lastNs;
    }

    /** Journal time of what comes from no signal. */
    long now() {
        if (isWall && !isRead) {
            isRead = true;
            lastNs = Math.max(lastNs, clock.nanoTime());
        }
        return lastNs;
    }
}
