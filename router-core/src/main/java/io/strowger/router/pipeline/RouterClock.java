package io.strowger.router.pipeline;

import org.agrona.concurrent.EpochNanoClock;

/**
 * The router's time: its clock, or the journal's time while that is ahead of it, as it is when the clock was set back. Deadlines of
 * actions are made and compared by it everywhere, so that one that is made of a time span never has passed before it begins.
 *
 * <p>Any thread.
 */
final class RouterClock implements EpochNanoClock {
    private final EpochNanoClock clock;
    private final JournalClock journal;

    RouterClock(final EpochNanoClock clock, final JournalClock journal) {
        this.clock = clock;
        this.journal = journal;
    }

    @Override
    public long nanoTime() {
        return Math.max(clock.nanoTime(), journal.shownNs());
    }
}
