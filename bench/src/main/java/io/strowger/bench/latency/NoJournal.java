package io.strowger.bench.latency;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.PositionException;
import io.strowger.router.journal.SequenceRange;
import io.strowger.router.record.BlockLayout;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A journal that takes everything and keeps nothing: what is left of the time is the router's own.
 */
final class NoJournal implements Journal {
    private volatile long lastSequence;

    @Override
    public boolean append(final DirectBuffer block, final int offset, final int length) {
        lastSequence = BlockLayout.firstSequence(block, offset) + BlockLayout.count(block, offset) - 1;
        return true;
    }

    @Override
    public int maxBlockLength() {
        return Integer.MAX_VALUE;
    }

    @Override
    public long firstSequence() {
        return lastSequence + 1;
    }

    @Override
    public long lastSequence() {
        return lastSequence;
    }

    @Override
    public long lastChain() {
        return 0;
    }

    @Override
    public long hashSeed() {
        return 0;
    }

    @Override
    public FoldLimits limits() {
        return null;
    }

    @Override
    public void keepLimits(final FoldLimits limits) {
        // it keeps nothing
    }

    @Override
    public List<SequenceRange> missing() {
        return List.of();
    }

    @Override
    public JournalCursor openCursor(final long fromSequence) {
        throw new PositionException(fromSequence, lastSequence + 1, lastSequence);
    }

    @Override
    public void sync() {
        // there is nothing to bring anywhere
    }

    @Override
    public void close() {
        // nothing is open
    }
}
