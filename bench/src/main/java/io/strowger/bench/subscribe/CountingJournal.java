package io.strowger.bench.subscribe;

import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.SequenceRange;
import io.strowger.router.record.BlockLayout;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.DirectBuffer;

/**
 * A journal that counts what all its cursors hand over, whoever reads.
 */
final class CountingJournal implements Journal {
    private final Journal journal;
    private final LongAdder records = new LongAdder();

    CountingJournal(final Journal journal) {
        this.journal = journal;
    }

    /** Records of the blocks that were handed over so far. Any thread. */
    long recordsRead() {
        return records.sum();
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
        return new Cursor(journal.openCursor(fromSequence));
    }

    @Override
    public void sync() {
        journal.sync();
    }

    @Override
    public void close() {
        journal.close();
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
