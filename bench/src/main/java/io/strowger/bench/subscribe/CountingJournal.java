package io.strowger.bench.subscribe;

import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.ForwardingJournal;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.BlockLayout;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.DirectBuffer;

/**
 * A journal that counts what all its cursors hand over, whoever reads.
 */
final class CountingJournal extends ForwardingJournal {
    private final LongAdder records = new LongAdder();

    CountingJournal(final Journal journal) {
        super(journal);
    }

    /** Records of the blocks that were handed over so far. Any thread. */
    long recordsRead() {
        return records.sum();
    }

    @Override
    public JournalCursor openCursor(final long fromSequence) {
        return new Cursor(super.openCursor(fromSequence));
    }

    /** Counts, and hands over. */
    private final class Cursor implements JournalCursor {
        private final JournalCursor cursor;
        private final BlockHandler counting = this::onBlock;
        private BlockHandler handler;

        Cursor(final JournalCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public int poll(final BlockHandler newHandler, final int blockLimit) {
            handler = newHandler;
            return cursor.poll(counting, blockLimit);
        }

        @Override
        public void close() {
            cursor.close();
        }

        private boolean onBlock(final DirectBuffer buffer, final int offset, final int length) {
            records.add(BlockLayout.count(buffer, offset));
            return handler.onBlock(buffer, offset, length);
        }
    }
}
