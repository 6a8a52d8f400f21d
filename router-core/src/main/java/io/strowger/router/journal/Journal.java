package io.strowger.router.journal;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The one ordered log a router stands on. One thread appends, and one at a time syncs; cursors belong to their own threads.
 *
 * <p>Fail-stop: after any Throwable from {@link #append}, {@link #stage}, {@link #flush} or {@link #sync} the journal must not be used
 * again, and every later call throws.
 */
public interface Journal extends AutoCloseable {
    /**
     * Appends one finished block. When this returns, the block is visible to every cursor and survives the process.
     *
     * @param block  holds it, laid out as {@link io.strowger.router.record.BlockLayout}, header complete.
     * @param offset of its header.
     * @param length of header and records.
     * @return true when it is in the journal; false for no room now (space is being made): nothing was written, offer it again.
     */
    boolean append(DirectBuffer block, int offset, int length);

    /**
     * Takes one finished block as {@link #append} does, but need not show it to cursors before the next {@link #flush} or append, nor bring
     * it to the disk in a sync before that; then it may stand in one block with others. When this returns, it survives the process: the
     * next one finds it in the journal, whatever was flushed. For short blocks, whose own cost in the journal's files is greater than what
     * stands in them; a journal that does not stage appends.
     *
     * <p>The thread of append. Who stages sees to it that a flush comes soon, for the readers' sake.
     *
     * @return true when it is taken; false for no room now.
     */
    default boolean stage(final DirectBuffer block, final int offset, final int length) {
        return append(block, offset, length);
    }

    /**
     * How much is staged and not flushed. The thread of append.
     *
     * @return bytes of blocks, 0 when cursors see everything.
     */
    default int stagedLength() {
        return 0;
    }

    /** Shows cursors what is staged. The thread of append. */
    default void flush() {
        // nothing is staged
    }

    /**
     * Longest block it takes, in bytes; a longer one is an error.
     *
     * @return 0 when it is open for reading only.
     */
    int maxBlockLength();

    /**
     * First sequence still kept.
     *
     * @return 1 when nothing was ever removed.
     */
    long firstSequence();

    /**
     * Last sequence in the journal, also where it is staged.
     *
     * @return 0 when it is empty.
     */
    long lastSequence();

    /**
     * Output chain behind the last record.
     *
     * @return 0 when it is empty.
     */
    long lastChain();

    /**
     * Seed of the keyed hashes over this journal: made once, kept with it, of no influence on any output.
     */
    long hashSeed();

    /**
     * What the folds over this journal are made with.
     *
     * @return null until {@link #keepLimits}.
     */
    FoldLimits limits();

    /**
     * Keeps the limits with the journal, on the disk before this returns. Once for each journal, by the first router on it.
     *
     * @throws JournalException when it has limits, or can't be written to.
     */
    void keepLimits(FoldLimits limits);

    /**
     * Sequences that are missing for ever, as repairs have recorded, in ascending order: cursors step over these and no others.
     */
    List<SequenceRange> missing();

    /**
     * Opens a reader at a position.
     *
     * @param fromSequence from {@link #firstSequence()} to one behind {@link #lastSequence()}.
     * @return a cursor whose first block holds that sequence; one that is staged it has behind the flush.
     * @throws PositionException when the position is too old or beyond the end.
     */
    JournalCursor openCursor(long fromSequence);

    /**
     * Makes everything whose append returned before this call survive the machine: blocks, files and the files' names. What is appended
     * meanwhile, or staged and not flushed, may or may not.
     *
     * <p>One thread at a time; it may be another than that of append, which goes on meanwhile. Behind a close it throws; one that the close
     * meets has brought everything to the disk if it returns.
     *
     * @throws RuntimeException when anything of it may not be on the disk. The journal has failed then, for append too: a second try would
     *                          be answered well by a disk that has lost what it could not write.
     */
    void sync();

    @Override
    void close();
}
