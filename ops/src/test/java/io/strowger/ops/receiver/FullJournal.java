package io.strowger.ops.receiver;

import io.strowger.router.journal.ForwardingJournal;
import io.strowger.router.journal.Journal;
import org.agrona.DirectBuffer;

/** A journal that takes nothing while it is told so, as one whose disk is full. */
final class FullJournal extends ForwardingJournal {
    private volatile boolean isFull;

    FullJournal(final Journal journal) {
        super(journal);
    }

    void full(final boolean full) {
        isFull = full;
    }

    @Override
    public boolean append(final DirectBuffer block, final int offset, final int length) {
        return !isFull && super.append(block, offset, length);
    }
}
