package io.strowger.persistence;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.PositionException;
import io.strowger.router.journal.SequenceRange;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.openhft.chronicle.queue.RollCycle;
import org.agrona.DirectBuffer;

/**
 * The journal on Chronicle Queue: one excerpt is one block.
 *
 * <p>Open on any thread, append and sync on one thread, close when that thread has stopped. Cursors may be opened from any thread.
 *
 * <p>Fail-stop: the first Throwable from append or sync ends the journal, for every thread. All later calls throw, Chronicle is not asked
 * again (after a failed append it would take excerpts and write none), and what was committed until then is found by the next open.
 *
 * <p>A full disk is no failure: while only the reserve is left, append answers false, and takes blocks again when there is room again.
 */
public final class ChronicleJournal implements Journal {
    private static final String SCHEMA_RESOURCE = "/io/strowger/codecs/signals.sbeir";

    private final LockFile lock;
    private final Path generation;
    private final JournalDirectory directory;
    private volatile JournalMetadata metadata;
    private final JournalTime time;
    private final QueueWriter writer;
    private final OpenReport report;
    private final Disk disk;
    private final SpaceGuard space;
    /** Oldest cycle file that may hold what is not on the disk yet, with all behind it; null for none. */
    private Path unsynced;
    private Path newest;
    private int cycle = Integer.MIN_VALUE;
    private boolean isNameNew = true;
    private long lastChain;
    private final long firstSequence;
    private volatile Throwable fatal;
    private volatile long lastBlockSequence;
    private volatile long lastSequence;
    private volatile boolean isClosed;

    private ChronicleJournal(final LockFile lock, final JournalDirectory directory, final JournalMetadata metadata, final TailScan tail,
        final JournalTime time, final QueueWriter writer, final ChronicleJournalContext context) {
        this.lock = lock;
        this.directory = directory;
        this.disk = context.disk();
        this.generation = directory.generation(metadata.generation());
        this.metadata = metadata;
        this.time = time;
        this.writer = writer;
        this.space = new SpaceGuard(disk, generation, context.reserveBytes());
        this.report = tail.report();
        this.lastChain = tail.lastChain();
        this.lastSequence = tail.lastSequence();
        this.lastBlockSequence = tail.lastBlockSequence();
        final List<Path> files = JournalDirectory.cycleFiles(generation);
        this.firstSequence = Math.max(1, new BlockLocator(files).firstSequence());
        // what a dead process appended may not be on the disk yet
        this.newest = files.isEmpty() ? null : files.get(files.size() - 1);
        this.unsynced = newest;
    }

    /**
     * Opens a journal for writing, and makes it when there is none.
     *
     * @throws JournalException when another writer has it, its roll cycle is another, or committed blocks at its end are damaged.
     */
    public static ChronicleJournal open(final ChronicleJournalContext context) {
        context.conclude();
        final JournalDirectory directory = new JournalDirectory(context.directory());
        try {
            Files.createDirectories(directory.root());
        } catch (final IOException ex) {
            throw new JournalException("can't make " + directory.root() + ": " + ex.getMessage(), ex);
        }
        final LockFile lock = directory.lock();
        try {
            return open(context, directory, lock);
        } catch (final RuntimeException | Error ex) {
            lock.close();
            throw ex;
        }
    }

    /**
     * Whether a folder holds a journal, good or damaged.
     */
    public static boolean exists(final Path directory) {
        return Files.exists(new JournalDirectory(directory).metadata());
    }

    /**
     * Number of the generation that counts: another one once a repair has moved the journal, which open readers do not notice.
     *
     * @throws JournalException when there is no journal.
     */
    public static int generation(final Path directory) {
        return JournalMetadata.read(new JournalDirectory(directory).metadata()).generation();
    }

    /**
     * Opens a journal for reading: beside its writer in any process, or when there is none.
     *
     * @throws JournalException when there is no journal.
     */
    public static Journal openReadOnly(final Path directory) {
        return new ReadOnlyJournal(directory);
    }

    @Override
    public boolean append(final DirectBuffer block, final int offset, final int length) {
        checkAlive();
        try {
            checkBlock(block, offset, length);
            if (!space.hasRoom(length)) {
                return false;
            }
            time.advanceToNs(RecordLayout.journalTime(block, offset + BlockLayout.HEADER_LENGTH));
            writer.append(block, offset, length);
            if (writer.cycle() != cycle) {
                cycle = writer.cycle();
                newest = writer.currentFile();
                if (null == unsynced) {
                    unsynced = newest;
                }
                isNameNew = true;
            }
        } catch (final Throwable ex) {
            throw die("append", ex);
        }
        lastChain = BlockLayout.chain(block, offset);
        final long last = lastSequence + BlockLayout.count(block, offset);
        lastBlockSequence = last;
        lastSequence = last;
        return true;
    }

    @Override
    public long firstSequence() {
        return firstSequence;
    }

    @Override
    public long lastSequence() {
        return lastSequence;
    }

    @Override
    public long lastChain() {
        return lastChain;
    }

    @Override
    public long hashSeed() {
        return metadata.hashSeed();
    }

    @Override
    public FoldLimits limits() {
        return metadata.limits();
    }

    @Override
    public void keepLimits(final FoldLimits limits) {
        checkAlive();
        if (null != metadata.limits()) {
            throw new JournalException("the journal has its limits: " + metadata.limits());
        }
        final JournalMetadata kept = metadata.withLimits(limits);
        kept.write(directory.metadata());
        metadata = kept;
    }

    @Override
    public JournalCursor openCursor(final long fromSequence) {
        checkAlive();
        return openCursor(generation, metadata.gaps(), fromSequence, new long[] {firstSequence, lastSequence, lastBlockSequence});
    }

    @Override
    public void sync() {
        checkAlive();
        try {
            forceFiles();
            if (isNameNew) {
                disk.forceDirectory(generation);
                isNameNew = false;
            }
            unsynced = newest;
        } catch (final Throwable ex) {
            throw die("sync", ex);
        }
    }

    /**
     * What was found and done when the journal was opened.
     */
    public OpenReport report() {
        return report;
    }

    @Override
    public List<SequenceRange> missing() {
        return metadata.gaps().ranges();
    }

    @Override
    public int maxBlockLength() {
        return writer.maxLength();
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            writer.close();
        } catch (final RuntimeException ex) {
            if (null == fatal) {
                throw ex;
            }
            // of a dead journal only the lock matters
        } finally {
            lock.close();
        }
    }

    /**
     * Opens a cursor, once the position is known to be in the journal.
     *
     * @param bounds first sequence, last sequence, last sequence of a block.
     */
    static JournalCursor openCursor(final Path generation, final Gaps gaps, final long from, final long[] bounds) {
        if (from < bounds[0] || from > bounds[1] + 1) {
            throw new PositionException(from, bounds[0], bounds[1]);
        }
        final long present = gaps.next(from);
        if (present != from && from <= bounds[1]) {
            throw new JournalException("position " + from + " is lost; the journal goes on at " + present);
        }
        if (0 == bounds[2]) {
            return new FileCursor(generation, gaps, null, from);
        }
        final Place place = new BlockLocator(JournalDirectory.cycleFiles(generation)).locate(Math.min(from, bounds[2]));
        return new FileCursor(generation, gaps, place, from);
    }

    /**
     * What lies below: tests of the fail-stop break it.
     */
    QueueWriter writer() {
        return writer;
    }

    private static ChronicleJournal open(final ChronicleJournalContext context, final JournalDirectory directory, final LockFile lock) {
        final boolean isThere = Files.exists(directory.metadata());
        final JournalMetadata found = isThere ? JournalMetadata.read(directory.metadata()) : create(context, directory);
        if (!found.cycle().equals(context.cycle())) {
            throw new JournalException("journal " + directory.root() + " has roll cycle " + found.cycle() + ", not " + context.cycle());
        }
        final RollCycle rollCycle = ChronicleSettings.cycle(found.cycle());
        final Path generation = directory.generation(found.generation());
        checkSpace(context, generation);
        final TailScan tail = new TailScan(generation, rollCycle, found.gaps());
        tail.run();
        JournalMetadata metadata = found;
        if (null != tail.unindexed() && !found.unindexed().contains(tail.unindexed())) {
            metadata = found.withUnindexed(Set.of(tail.unindexed()));
            metadata.write(directory.metadata());
        }
        final JournalTime time = new JournalTime();
        time.advanceToNs(tail.lastTimeNs());
        final QueueWriter writer = QueueWriter.open(generation, rollCycle, context.blockSize(), time, tail.isEnded());
        return new ChronicleJournal(lock, directory, metadata, tail, time, writer, context);
    }

    private static JournalMetadata create(final ChronicleJournalContext context, final JournalDirectory directory) {
        if (!JournalDirectory.cycleFiles(directory.generation(0)).isEmpty()) {
            throw new JournalException(directory.metadata() + " is missing, but " + directory.generation(0) + " holds blocks");
        }
        final JournalMetadata metadata = new JournalMetadata(context.cycle(), context.hashSeed(), System.currentTimeMillis(), 0, Gaps.NONE,
            Set.of(), null);
        try (InputStream schema = ChronicleJournal.class.getResourceAsStream(SCHEMA_RESOURCE)) {
            if (null == schema) {
                throw new JournalException(SCHEMA_RESOURCE + " is not on the class path");
            }
            Files.createDirectories(directory.generation(0));
            DurableFiles.replace(directory.schema(), schema.readAllBytes());
        } catch (final IOException ex) {
            throw new JournalException("can't make journal " + directory.root() + ": " + ex.getMessage(), ex);
        }
        // last: with it the journal exists
        metadata.write(directory.metadata());
        return metadata;
    }

    private void forceFiles() throws IOException {
        if (null == unsynced) {
            return;
        }
        if (!unsynced.equals(newest)) {
            for (final Path file : JournalDirectory.cycleFiles(generation)) {
                if (file.getFileName().compareTo(unsynced.getFileName()) >= 0 && !file.equals(newest)) {
                    disk.force(file);
                }
            }
        }
        disk.force(newest);
    }

    private static void checkSpace(final ChronicleJournalContext context, final Path generation) {
        final long usable = context.disk().usableBytes(generation.toFile());
        if (usable < context.reserveBytes()) {
            throw new JournalException("the disk of " + context.directory() + " has " + usable + " bytes free; a writer needs "
                + context.reserveBytes());
        }
    }

    private void checkBlock(final DirectBuffer block, final int offset, final int length) {
        block.boundsCheck(offset, length);
        if (length < BlockLayout.HEADER_LENGTH + RecordLayout.SIGNAL_OFFSET || length > writer.maxLength()
            || length != BlockLayout.length(block, offset) || BlockLayout.MAGIC != BlockLayout.magic(block, offset)) {
            throw new JournalException("not a block, or longer than " + writer.maxLength() + " bytes");
        }
        final long first = BlockLayout.firstSequence(block, offset);
        if (first != lastSequence + 1) {
            throw new JournalException("a block begins at sequence " + first + ", but the journal ends at " + lastSequence);
        }
    }

    private void checkAlive() {
        if (null != fatal) {
            throw new JournalException("the journal has failed and takes nothing more", fatal);
        }
        if (isClosed) {
            throw new JournalException("the journal is closed");
        }
    }

    private JournalException die(final String what, final Throwable cause) {
        fatal = cause;
        return new JournalException(what + " failed, the journal is dead: " + cause, cause);
    }
}
