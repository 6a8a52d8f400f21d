package io.strowger.router.journal;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Hands every call to the journal behind it: who stands in front of a journal overrides what it does differently. What is staged is
 * appended, so that it is seen there.
 */
public abstract class ForwardingJournal implements Journal {
    private final Journal journal;

    /**
     * In front of a journal.
     *
     * @param journal that does the work.
     */
    protected ForwardingJournal(final Journal journal) {
        this.journal = journal;
    }

    @Override
    public boolean append(final DirectBuffer block, final int offset, final int length) {
        return journal.append(block, offset, length);
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
