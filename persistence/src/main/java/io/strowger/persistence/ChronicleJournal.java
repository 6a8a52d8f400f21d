package io.strowger.persistence;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.SequenceRange;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.openhft.chronicle.queue.RollCycle;
import org.agrona.DirectBuffer;

/**
 * The journal on Chronicle Queue: one excerpt is one block, which may stand there packed, see {@link Compression}.
 *
 * <p>Open on any thread, append on one thread, close when that thread has stopped. Syncs come from any thread, beside the appends. Cursors
 * may be opened from any thread.
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
    private final LiveMetadata metadata;
    private final JournalTime time;
    private final BlockPacker packer;
    private final QueueWriter writer;
    private final OpenReport report;
    private final FileSync files;
    private final SpaceGuard space;
    /** Cycle file last written to, null before the first. Written by the appending thread, before it shows what it appended. */
    private volatile Path newest;
    private int cycle = Integer.MIN_VALUE;
    private long lastChain;
    private final Disk disk;
    private volatile long firstSequence;
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private volatile long lastBlockSequence;
    private volatile long lastSequence;
    private volatile boolean isClosed;

    private ChronicleJournal(final LockFile lock, final JournalDirectory directory, final JournalMetadata metadata, final TailScan tail,
        final JournalTime time, final QueueWriter writer, final ChronicleJournalContext context) {
        this.lock = lock;
        this.generation = directory.generation(metadata.generation());
        this.metadata = new LiveMetadata(directory.metadata(), metadata);
        this.time = time;
        this.packer = new BlockPacker(context.compression());
        this.writer = writer;
        this.space = new SpaceGuard(context.disk(), generation, context.reserveBytes());
        this.disk = context.disk();
        this.files = new FileSync(disk, generation);
        this.report = tail.report();
        this.lastChain = tail.lastChain();
        this.lastSequence = tail.lastSequence();
        this.lastBlockSequence = tail.lastBlockSequence();
        final List<Path> cycles = JournalDirectory.cycleFiles(generation);
        this.firstSequence = new KeptBlocks(generation, metadata.gaps()).firstSequence();
        this.newest = cycles.isEmpty() ? null : cycles.get(cycles.size() - 1);
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
            DurableFiles.createDirectories(directory.root(), context.disk());
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
            time.advanceToNs(RecordLayout.journalTime(block, offset + BlockLayout.HEADER_LENGTH));
            if (!hasRoom(length)) {
                return false;
            }
            final int packedLength = packer.pack(block, offset, length);
            if (packedLength > 0) {
                writer.append(packer.buffer(), 0, packedLength);
            } else {
                writer.append(block, offset, length);
            }
            if (writer.cycle() != cycle) {
                cycle = writer.cycle();
                newest = writer.currentFile();
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
        return metadata.get().hashSeed();
    }

    @Override
    public FoldLimits limits() {
        return metadata.get().limits();
    }

    @Override
    public void keepLimits(final FoldLimits limits) {
        checkAlive();
        metadata.keepLimits(limits);
    }

    @Override
    public JournalCursor openCursor(final long fromSequence) {
        checkAlive();
        final long lastBlock = lastBlockSequence;
        return new KeptBlocks(generation, gaps()).openCursor(fromSequence, lastSequence, lastBlock);
    }

    @Override
    public void sync() {
        checkAlive();
        try {
            // before the file: it holds that much at least
            final long last = lastSequence;
            final Path file = newest;
            files.sync(file);
            metadata.onSynced(file, last);
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
        return gaps().ranges();
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
            if (null == fatal.get()) {
                throw ex;
            }
            // of a dead journal only the lock matters
        } finally {
            metadata.close();
            lock.close();
        }
    }

    Path generationFolder() {
        return generation;
    }

    Gaps gaps() {
        return metadata.get().gaps();
    }

    Disk disk() {
        return disk;
    }

    /**
     * Takes note of what retention has removed.
     *
     * @param first sequence that is still kept.
     */
    void onRemoved(final long first) {
        firstSequence = first;
    }

    /**
     * What lies below.
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
        KeptCycles.finish(generation, context.disk());
        final TailScan tail = new TailScan(generation, rollCycle, found.gaps(), found.written());
        tail.run();
        checkBeginning(generation, tail.lastSequence());
        RemovalLedger.keepSpare(generation);
        JournalMetadata metadata = found;
        if (null != tail.unindexed() && !found.unindexed().contains(tail.unindexed())) {
            metadata = found.withUnindexed(Set.of(tail.unindexed()));
            metadata.write(directory.metadata());
        }
        final JournalTime time = new JournalTime();
        time.advanceToNs(tail.lastTimeNs());
        final QueueWriter writer = QueueWriter.open(generation, rollCycle, context.blockSize(), time, tail.isEnded());
        if (null != tail.newest() && !tail.isEnded()) {
            writer.goOnWith(tail.newest(), tail.end());
        }
        final ChronicleJournal journal = new ChronicleJournal(lock, directory, metadata, tail, time, writer, context);
        journal.noteFound();
        return journal;
    }

    private static JournalMetadata create(final ChronicleJournalContext context, final JournalDirectory directory) {
        if (!JournalDirectory.cycleFiles(directory.generation(0)).isEmpty()) {
            throw new JournalException(directory.metadata() + " is missing, but " + directory.generation(0) + " holds blocks");
        }
        final JournalMetadata metadata = new JournalMetadata(context.cycle(), context.hashSeed(), System.currentTimeMillis(), 0, Gaps.NONE,
            Set.of(), null, null);
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

    /**
     * An end before the beginning is damage: to go on there would give sequences away again.
     */
    private static void checkBeginning(final Path generation, final long last) {
        final RemovalLedger ledger = RemovalLedger.read(generation);
        if (null != ledger && last < ledger.first()) {
            throw new JournalException("journal damaged: " + generation + " begins with sequence " + ledger.first()
                + ", what came before was removed, but it ends with " + last);
        }
    }

    private static void checkSpace(final ChronicleJournalContext context, final Path generation) {
        if (!Files.isDirectory(generation)) {
            throw new JournalException("journal damaged: " + generation + " is gone; not opened for writing: see verify, then repair");
        }
        final long usable = context.disk().usableBytes(generation.toFile());
        if (usable < context.reserveBytes()) {
            throw new JournalException("the disk of " + context.directory() + " has " + usable + " bytes free; a writer needs "
                + context.reserveBytes());
        }
    }

    private void checkBlock(final DirectBuffer block, final int offset, final int length) {
        block.boundsCheck(offset, length);
        if (length < BlockLayout.HEADER_LENGTH + RecordLayout.SIGNAL_OFFSET || length > writer.maxLength()
            || length != BlockLayout.length(block, offset) || BlockLayout.MAGIC != BlockLayout.magic(block, offset)
            || BlockLayout.ENCODING_PLAIN != BlockLayout.encoding(block, offset)) {
            throw new JournalException("not a plain block, or longer than " + writer.maxLength() + " bytes");
        }
        final long first = BlockLayout.firstSequence(block, offset);
        if (first != lastSequence + 1) {
            throw new JournalException("a block begins at sequence " + first + ", but the journal ends at " + lastSequence);
        }
    }

    /** What a dead writer has left may be in memory only: it is put on the disk, and noted, once a cycle file. */
    private void noteFound() {
        if (lastBlockSequence > 0 && !metadata.goOnWith(newest, lastSequence)) {
            sync();
        }
    }

    private boolean hasRoom(final int length) {
        if (writer.isAtRoll()) {
            // a new file can be given no room before it is made: so it is made right behind a look
            space.forget();
        }
        return space.hasRoom(length) && writer.hasRoom(length);
    }

    private void checkAlive() {
        if (null != fatal.get()) {
            throw new JournalException("the journal has failed and takes nothing more", fatal.get());
        }
        if (isClosed) {
            throw new JournalException("the journal is closed");
        }
    }

    private JournalException die(final String what, final Throwable cause) {
        fatal.compareAndSet(null, cause);
        final Object reason = null == cause.getMessage() ? cause : cause.getMessage();
        return new JournalException(what + " failed, the journal is dead: " + reason, cause);
    }
}
