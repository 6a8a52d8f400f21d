package io.strowger.persistence;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.SequenceRange;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A journal for followers and tools: no lock, no Chronicle, mapped read-only. It looks at the end anew each time it is asked.
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
    private long first;

    /**
     * Opens the current generation of a journal.
     */
    ReadOnlyJournal(final Path root) {
        directory = new JournalDirectory(root);
        metadata = JournalMetadata.read(directory.metadata());
        generation = directory.generation(metadata.generation());
        limits = metadata.limits();
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
    public synchronized long firstSequence() {
        if (0 == first) {
            first = new BlockLocator(JournalDirectory.cycleFiles(generation)).firstSequence();
        }
        return Math.max(1, first);
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
            lastBlock = tail.expected() - 1;
            if (fromSequence > lastBlock) {
                throw ex;
            }
        }
        final long[] bounds = {firstSequence(), metadata.gaps().next(lastBlock + 1) - 1, lastBlock};
        return ChronicleJournal.openCursor(generation, metadata.gaps(), fromSequence, bounds);
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
        if (null == tail) {
            final Place near = new BlockLocator(JournalDirectory.cycleFiles(generation)).lastPlace();
            tail = new FileCursor(generation, metadata.gaps(), near, Long.MAX_VALUE);
        }
        // every block is below the first sequence asked for, so one poll passes over all there are
        tail.poll((buffer, offset, length) -> true, BLOCKS_A_POLL);
        return tail.expected() - 1;
    }
}
