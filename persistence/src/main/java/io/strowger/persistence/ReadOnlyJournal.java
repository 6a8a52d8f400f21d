package io.strowger.persistence;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.PositionException;
import io.strowger.router.journal.SequenceRange;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A journal for followers and tools: no lock, no Chronicle, mapped read-only. It looks at the end anew each time it is asked. Where its
 * writer has died, what that had staged is behind the files, see {@link StagedBlocks}; a cursor has of that what was there when it was
 * opened.
 *
 * <p>Any thread. It stays with the generation it was opened on.
 */
public final class ReadOnlyJournal implements Journal {
    private static final int BLOCKS_A_POLL = 1024;

    private final JournalDirectory directory;
    private final Path generation;
    private final JournalMetadata metadata;
    private FoldLimits limits;
    private FileCursor tail;
    private KeptBlocks blocks;
    private StagedBlocks staged = StagedBlocks.NONE;

    /**
     * Opens the current generation of a journal.
     */
    ReadOnlyJournal(final Path root) {
        directory = new JournalDirectory(root);
        metadata = JournalMetadata.read(directory.metadata());
        generation = directory.generation(metadata.generation());
        limits = metadata.limits();
        blocks = new KeptBlocks(generation, metadata.gaps(), StagedBlocks.NONE);
    }

    @Override
    public boolean append(final DirectBuffer block, final int offset, final int length) {
        throw new JournalException("the journal is open for reading only");
    }

    @Override
    public int maxBlockLength() {
        return 0;
    }

    @Override
    public long firstSequence() {
        return blocks.firstSequence();
    }

    @Override
    public synchronized long lastSequence() {
        return metadata.gaps().next(lastBlockSequence() + 1) - 1;
    }

    @Override
    public synchronized long lastChain() {
        lastBlockSequence();
        return tail.chain();
    }

    @Override
    public long hashSeed() {
        return metadata.hashSeed();
    }

    @Override
    public synchronized FoldLimits limits() {
        if (null == limits) {
            // a router may have been launched on it since
            limits = JournalMetadata.read(directory.metadata()).limits();
        }
        return limits;
    }

    /**
     * Not for a reader.
     *
     * @throws JournalException always.
     */
    @Override
    public void keepLimits(final FoldLimits newLimits) {
        throw new JournalException("the journal is open for reading only");
    }

    @Override
    public synchronized JournalCursor openCursor(final long fromSequence) {
        long lastBlock;
        try {
            lastBlock = lastBlockSequence();
        } catch (final JournalException ex) {
            // what stands before the damage can be read; the cursor says so when it gets there
            lastBlock = null == tail ? 0 : tail.expected() - 1;
            if (fromSequence > lastBlock) {
                throw ex;
            }
        }
        final long lastInFiles = null == tail ? 0 : tail.expectedInFiles() - 1;
        return blocks.openCursor(fromSequence, metadata.gaps().next(lastBlock + 1) - 1, lastInFiles);
    }

    /**
     * Not for a reader.
     *
     * @throws JournalException always.
     */
    @Override
    public void sync() {
        throw new JournalException("the journal is open for reading only");
    }

    @Override
    public List<SequenceRange> missing() {
        return metadata.gaps().ranges();
    }

    @Override
    public synchronized void close() {
        if (null != tail) {
            tail.close();
        }
    }

    /**
     * Moves on to the end of what is committed.
     */
    private long lastBlockSequence() {
        while (true) {
            if (null == tail) {
                tail = blocks.openAtEnd();
            }
            try {
                // every block is below the first sequence asked for, so one poll passes over all there are
                tail.poll((buffer, offset, length) -> true, BLOCKS_A_POLL);
                checkEnd(tail.expected());
                if (tail.expected() != tail.expectedInFiles() || !findStaged()) {
                    return tail.expected() - 1;
                }
            } catch (final PositionException ex) {
                // nobody has asked for so long that what was the end then is removed
                tail.close();
                tail = null;
            }
        }
    }

    /** What a dead writer has staged behind the files, as far as it was looked. */
    synchronized StagedBlocks staged() {
        lastBlockSequence();
        return staged;
    }

    /** Looks for what a dead writer has staged behind the files; true when there is any. */
    private boolean findStaged() {
        staged = StagedFile.holdsAny(directory.staged()) ? readStaged() : StagedBlocks.NONE;
        if (staged.blocks().isEmpty()) {
            return false;
        }
        blocks = new KeptBlocks(generation, metadata.gaps(), staged);
        tail.close();
        tail = null;
        return true;
    }

    /** One reader of this process at a time: within a process nobody shares a lock. */
    private StagedBlocks readStaged() {
        synchronized (ReadOnlyJournal.class) {
            try (LockFile lock = directory.shareStaged()) {
                return null == lock ? StagedBlocks.NONE : readStagedOfDeadWriter();
            } catch (final NoSuchFileException ex) {
                // a copy without the lock's file has no writer
                return readStagedOfDeadWriter();
            } catch (final IOException ex) {
                throw new JournalException("can't look whether " + directory.staged() + " has a writer: " + ex.getMessage(), ex);
            }
        }
    }

    private StagedBlocks readStagedOfDeadWriter() {
        // once more: it may have flushed before it died
        tail.poll((buffer, offset, length) -> true, BLOCKS_A_POLL);
        return StagedBlocks.read(directory.staged(), metadata.gaps(), tail.expected() - 1, tail.chain());
    }

    private void checkEnd(final long expected) {
        final WrittenMark mark = metadata.written();
        if (null != mark && mark.isLost(metadata.gaps().next(expected) - 1)) {
            throw new JournalException("journal damaged: " + generation.resolve(mark.file()) + ": " + mark.lost()
                + ", and the journal ends with " + (expected - 1) + ": see verify");
        }
    }
}
