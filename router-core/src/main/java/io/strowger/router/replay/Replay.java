package io.strowger.router.replay;

import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.MissingRecordsException;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Exact replay: feeds the inputs of a journal to a fold again and holds every record it gives against the journal, byte for byte.
 *
 * <pre>
 *   journal block   | header | input 7 | derived 8 | continue 9 | derived 10 |
 *                                |                     |
 *                          apply(signal, time)     payOwed(time)
 *                                v                     v
 *   own block       | header | input 7 | derived 8 | continue 9 | derived 10 |     equal at the same offsets, and the same chain
 * </pre>
 *
 * <p>Recovery at launch, followers with a fold of their own, and the replay command all use it: as the handler of a cursor, block by
 * block, from sequence 1 on. One thread; allocates nothing but for a difference.
 */
public final class Replay implements BlockHandler {
    private static final int BLOCKS_A_POLL = 64;

    private final Fold fold;
    private final BlockWriter out;
    private final RecordCursor cursor = new RecordCursor();
    private final UnsafeBuffer expected = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer produced = new UnsafeBuffer(0, 0);
    private long journalTimeNs;

    /**
     * A replay into a fold that has seen nothing yet.
     *
     * @param fold to be fed.
     * @param out  the block writer the fold writes to, with the size limit of the one that wrote the journal.
     */
    public Replay(final Fold fold, final BlockWriter out) {
        this.fold = fold;
        this.out = out;
    }

    /**
     * A replay into a core of its own, made as the one that wrote the journal.
     *
     * @param journal to be replayed then.
     */
    public static Replay intoNewCore(final Journal journal) {
        final FoldLimits limits = FoldLimits.of(journal);
        final BlockWriter out = new BlockWriter(limits.blockSize());
        return new Replay(CoreFold.of(limits, journal.hashSeed(), out), out);
    }

    /**
     * Replays everything the journal has now.
     *
     * @param journal to be read behind {@link #position()}.
     * @return the last sequence folded.
     * @throws ReplayException         at the first difference, or when the journal's blocks end before it says that it ends.
     * @throws MissingRecordsException when records are missing, before anything is folded.
     */
    public long run(final Journal journal) {
        return run(journal, position -> { });
    }

    /**
     * Replays everything the journal has now, as {@link #run(Journal)}.
     *
     * @param progress told the position now and then.
     */
    public long run(final Journal journal, final LongConsumer progress) {
        final long end = journal.lastSequence();
        MissingRecordsException.check(journal, position() + 1, end);
        if (end > position()) {
            try (JournalCursor blocks = journal.openCursor(position() + 1)) {
                int count = 1;
                while (count > 0 && position() < end) {
                    count = blocks.poll(this, BLOCKS_A_POLL);
                    progress.accept(position());
                }
            }
            if (position() < end) {
                throw new ReplayException(position() + 1, "there is no such block, but the journal says that it ends at " + end);
            }
        }
        return position();
    }

    /**
     * Goes on behind a snapshot, whose state the fold has read.
     *
     * @param sequence last one folded into it.
     * @param chain    output chain behind that record.
     * @param timeNs   journal time of the last input folded.
     */
    public void startBehind(final long sequence, final long chain, final long timeNs) {
        out.startBehind(sequence, chain);
        journalTimeNs = timeNs;
    }

    /**
     * Folds one block and holds it against what the fold gave.
     *
     * @return true, always.
     * @throws ReplayException at the first difference.
     */
    @Override
    public boolean onBlock(final DirectBuffer buffer, final int offset, final int length) {
        final long first = BlockLayout.firstSequence(buffer, offset);
        if (out.sequence() + 1 != first) {
            throw new ReplayException(out.sequence() + 1, "the journal goes on at " + first);
        }
        out.reset();
        cursor.wrap(buffer, offset);
        while (cursor.next()) {
            final int type = RecordLayout.type(buffer, cursor.record());
            if (RecordLayout.DERIVED != type) {
                foldInput(type, buffer, offset, length);
            } else if (cursor.record() - offset >= out.length()) {
                throw new ReplayException(cursor.sequence(), "the fold gave no such derived record");
            }
        }
        if (out.chain() != BlockLayout.chain(buffer, offset)) {
            throw new ReplayException(out.sequence(), "output chain " + Long.toHexString(out.chain()) + ", the journal has "
                + Long.toHexString(BlockLayout.chain(buffer, offset)));
        }
        out.reset();
        return true;
    }

    /** Last sequence folded, 0 before the first. */
    public long position() {
        return out.sequence();
    }

    /** Output chain behind the last sequence folded. */
    public long chain() {
        return out.chain();
    }

    /** Digest of the state at {@link #position()}. */
    public long digest() {
        return fold.digest();
    }

    /** Journal time of the last input folded in nanoseconds since 1970, 0 before the first. */
    public long journalTimeNs() {
        return journalTimeNs;
    }

    private void foldInput(final int type, final DirectBuffer buffer, final int block, final int blockLength) {
        final int record = cursor.record();
        final int start = out.length();
        if (record - block != start) {
            throw new ReplayException(cursor.sequence(), "the fold gave a record more before it");
        }
        journalTimeNs = RecordLayout.journalTime(buffer, record);
        if (RecordLayout.CONTINUE == type) {
            fold.payOwed(journalTimeNs);
        } else {
            fold.apply(buffer, record + RecordLayout.SIGNAL_OFFSET, RecordLayout.signalLength(buffer, record), journalTimeNs);
        }
        final int length = out.length() - start;
        if (0 == length) {
            throw new ReplayException(cursor.sequence(), "the fold gave no record");
        }
        expected.wrap(buffer, record, Math.min(length, blockLength - start));
        produced.wrap(out.buffer(), start, length);
        if (!expected.equals(produced)) {
            throw new ReplayException(firstDifference(cursor.sequence()), "the fold gave other bytes");
        }
    }

    private long firstDifference(final long inputSequence) {
        int at = 0;
        long sequence = inputSequence;
        while (at < expected.capacity()) {
            final int length = RecordLayout.length(produced, at);
            for (int i = at; i < at + length; i++) {
                if (i >= expected.capacity() || expected.getByte(i) != produced.getByte(i)) {
                    return sequence;
                }
            }
            at += length;
            sequence++;
        }
        return sequence;
    }
}
