package io.strowger.ops.health;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.SequenceRange;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A journal that takes nothing while it is told so, as one whose disk is full.
 */
final class RefusingJournal implements Journal {
    private final Journal journal;
    private volatile boolean isRefusing;

    RefusingJournal(final Journal journal) {
        this.journal = journal;
    }

    void refuse(final boolean refuses) {
        isRefusing = refuses;
    }

    @Override
    public boolean append(final DirectBuffer block, final int offset, final int length) {
        return !isRefusing && journal.append(block, offset, length);
    }

    @Override
    public int maxBlockLength() {
        return journal.maxBlockLength();
    }

    @Override
    public long firstSequence() {
        return journal.firstSequence();
    }

    @Override
    public long lastSequence() {
        return journal.lastSequence();
    }

    @Override
    public long lastChain() {
        return journal.lastChain();
    }

    @Override
    public long hashSeed() {
        return journal.hashSeed();
    }

    @Override
    public FoldLimits limits() {
        return journal.limits();
    }

    @Override
    public void keepLimits(final FoldLimits limits) {
        journal.keepLimits(limits);
    }

    @Override
    public List<SequenceRange> missing() {
        return journal.missing();
    }

    @Override
    public JournalCursor openCursor(final long fromSequence) {
        return journal.openCursor(fromSequence);
    }

    @Override
    public void sync() {
        journal.sync();
    }

    @Override
    public void close() {
        journal.close();
    }
}
