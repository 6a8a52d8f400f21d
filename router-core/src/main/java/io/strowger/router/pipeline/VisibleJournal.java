package io.strowger.router.pipeline;

import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.ForwardingJournal;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.PositionException;
import io.strowger.router.record.BlockLayout;
import org.agrona.DirectBuffer;

/**
 * A journal as those may see it who are shown only what is durable: it ends where the durable end is. For reading; closing it does nothing.
 *
 * <p>The durable end is the end of a block, so a cursor that stands at or before it has a whole block to hand over.
 */
final class VisibleJournal extends ForwardingJournal {
    private final PublishedEnd durableEnd;

    /**
     * A journal that is seen up to an end.
     *
     * @param durableEnd last sequence on the disk.
     */
    VisibleJournal(final Journal journal, final PublishedEnd durableEnd) {
        super(journal);
        this.durableEnd = durableEnd;
    }

    @Override
    public boolean append(final DirectBuffer block, final int offset, final int length) {
        throw new UnsupportedOperationException("for reading");
    }

    @Override
    public int maxBlockLength() {
        return 0;
    }

    @Override
    public long lastSequence() {
        return durableEnd.sequence();
    }

    @Override
    public long lastChain() {
        final EndCopy end = new EndCopy();
        durableEnd.read(end);
        return end.chain();
    }

    @Override
    public void keepLimits(final FoldLimits limits) {
        throw new UnsupportedOperationException("for reading");
    }

    @Override
    public JournalCursor openCursor(final long fromSequence) {
        final long last = lastSequence();
        if (fromSequence > last + 1) {
            throw new PositionException(fromSequence, firstSequence(), last);
        }
        return new Cursor(super.openCursor(fromSequence), durableEnd, fromSequence);
    }

    @Override
    public void sync() {
        throw new UnsupportedOperationException("for reading");
    }

    @Override
    public void close() {
        // the journal is not this one's
    }

    /** Stops at the durable end, before the block behind it is read. */
    private static final class Cursor implements JournalCursor {
        private final JournalCursor cursor;
        private final PublishedEnd durableEnd;
        private final BlockHandler blockHandler = this::onBlock;
        private BlockHandler handler;
        private long next;
        private long durable;

        Cursor(final JournalCursor cursor, final PublishedEnd durableEnd, final long next) {
            this.cursor = cursor;
            this.durableEnd = durableEnd;
            this.next = next;
        }

        @Override
        public int poll(final BlockHandler newHandler, final int blockLimit) {
            durable = durableEnd.sequence();
            if (next > durable) {
                return 0;
            }
            handler = newHandler;
            return cursor.poll(blockHandler, blockLimit);
        }

        @Override
        public void close() {
            cursor.close();
        }

        private boolean onBlock(final DirectBuffer buffer, final int offset, final int length) {
            next = BlockLayout.firstSequence(buffer, offset) + BlockLayout.count(buffer, offset);
            return handler.onBlock(buffer, offset, length) && next <= durable;
        }
    }
}
