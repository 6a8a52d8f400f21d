package io.strowger.persistence;

import net.openhft.chronicle.core.time.TimeProvider;

/**
 * The time Chronicle rolls by: that of the records, never a clock's, and it never goes back. Writer thread only.
 */
final class JournalTime implements TimeProvider {
    private static final long NS_PER_MS = 1_000_000;

    private long timeMs;

    /**
     * Moves on to a record's time, or stays when that lies in the past.
     */
    void advanceToNs(final long timeNs) {
        advanceToMs(timeNs / NS_PER_MS);
    }

    void advanceToMs(final long newTimeMs) {
        if (newTimeMs > timeMs) {
            timeMs = newTimeMs;
        }
    }

    @Override
    public long currentTimeMillis() {
        return timeMs;
    }
}
