package io.strowger.persistence;

import io.strowger.persistence.cycle.MergedBlock;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.SequenceRange;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;

/**
 * The journal on Chronicle Queue: one excerpt is one block, which may stand there packed, see {@link Compression}.
 *
 * <p>Open on any thread, append on one thread, close when that thread has stopped. Syncs come from any thread, beside the appends. Cursors
 * may be opened from any thread.
 *
 * <p>Fail-stop: the first Throwable from append, stage, flush or sync ends the journal, for every thread. All later calls throw, Chronicle
 * is not asked again (after a failed append it would take excerpts and write none), and what was committed or staged until then is found by
 * the next open.
 *
 * <p>A full disk is no failure: while only the reserve is left, append answers false, and takes blocks again when there is room again.
 */
public final class ChronicleJournal implements Journal {
    private final LockFile lock;
    private final Path generation;
    private final LiveMetadata metadata;
    private final JournalTime time;
    private final BlockPacker packer;
    private final QueueWriter writer;
    private final Stage stage;
    private OpenReport report;
    private final FileSync files;
    private final SpaceGuard space;
    /** Cycle file last written to, null before the first. Written by the appending thread, before it shows what it appended. */
    private volatile Path newest;
    private int cycle = Integer.MIN_VALUE;
    private long lastChain;
    private final Disk disk;
    private volatile long firstSequence;
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    /** Last sequence of a block in the files, 0 when there is none. */
    private volatile long flushedSequence;
    private volatile long lastSequence;
    private volatile boolean isClosed;

    /**
     * A journal whose files are open. What was staged is still to be brought in, by {@link #bringIn}.
     */
    ChronicleJournal(final LockFile lock, final JournalDirectory directory, final JournalMetadata metadata, final TailScan tail,
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
        this.stage = new Stage(directory.staged());
        this.lastChain = tail.lastChain();
        this.lastSequence = tail.lastSequence();
        this.flushedSequence = tail.lastBlockSequence();
        final List<Path> cycles = JournalDirectory.cycleFiles(generation);
        this.firstSequence = new KeptBlocks(generation, metadata.gaps(), StagedBlocks.NONE).firstSequence();
        this.newest = cycles.isEmpty() ? null : cycles.get(cycles.size() - 1);
    }

    /**
     * Opens a journal for writing, and makes it when there is none.
     *
     * @throws JournalException when another writer has it, its roll cycle is another, or committed blocks at its end are damaged.
     */
    public static ChronicleJournal open(final ChronicleJournalContext context) {
        return JournalOpening.open(context);
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
        return take(block, offset, length, false);
    }

    /**
     * Stages a block where that pays: one that is long, or begins a cycle file, is appended.
     */
    @Override
    public boolean stage(final DirectBuffer block, final int offset, final int length) {
        return take(block, offset, length, true);
    }

    @Override
    public int stagedLength() {
        return stage.length();
    }

    @Override
    public void flush() {
        checkAlive();
        try {
            flushStage();
        } catch (final Throwable ex) {
            throw die("flush", ex);
        }
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
        final long lastBlock = flushedSequence;
        return new KeptBlocks(generation, gaps(), StagedBlocks.NONE).openCursor(fromSequence, lastSequence, lastBlock);
    }

    @Override
    public void sync() {
        checkAlive();
        try {
            // before the file: it holds that much at least
            final long last = flushedSequence;
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
            closeFiles();
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

    private void closeFiles() {
        try (writer; stage) {
            if (null == fatal.get()) {
                flushStage();
            }
        }
    }

    /**
     * Brings what a dead writer has staged into the files, each block as it was staged, and notes what was found.
     *
     * @param tail   of the files.
     * @param staged which follow the journal's end.
     * @param lost   why there are not more, null when these are all.
     * @throws JournalException when the disk has no room for them.
     */
    void bringIn(final JournalDirectory directory, final TailScan tail, final StagedBlocks staged, final String lost) {
        for (final DirectBuffer block : staged.blocks()) {
            if (!append(block, 0, block.capacity())) {
                throw new JournalException("the disk has no room for the blocks in " + generation.resolveSibling("staged"));
            }
        }
        // who opened it need not be who writes
        writer.handOver();
        // from now on it is this writer's
        stage.begin(directory.lockStaged());
        report = tail.report(lastSequence, staged.records(), lost);
        noteFound();
    }

    /** Closes the files of one that could not be opened. What is staged stays. */
    void letGo() {
        stage.close();
        writer.close();
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

    private boolean take(final DirectBuffer block, final int offset, final int length, final boolean isToStage) {
        checkAlive();
        try {
            checkBlock(block, offset, length);
            final boolean isStaged = isToStage && isForStage(block, offset, length);
            if (isStaged ? !addToStage(block, offset, length) : !addToFile(block, offset, length)) {
                return false;
            }
        } catch (final Throwable ex) {
            throw die("append", ex);
        }
        lastChain = BlockLayout.chain(block, offset);
        final long last = BlockLayout.firstSequence(block, offset) + BlockLayout.count(block, offset) - 1;
        lastSequence = last;
        return true;
    }

    private boolean isForStage(final DirectBuffer block, final int offset, final int length) {
        return stage.fits(length) && stage.length() + length <= writer.maxLength()
            && !writer.isRollAtNs(RecordLayout.journalTime(block, offset + BlockLayout.HEADER_LENGTH));
    }

    /** What is promised is the room in the file for all that is staged, as one block. */
    private boolean addToStage(final DirectBuffer block, final int offset, final int length) {
        if (!space.hasRoom(length) || !writer.hasRoom(stage.length() + length)) {
            return false;
        }
        stage.add(block, offset, length);
        return true;
    }

    private boolean addToFile(final DirectBuffer block, final int offset, final int length) {
        // before the time goes on: what is staged is of its own
        flushStage();
        time.advanceToNs(RecordLayout.journalTime(block, offset + BlockLayout.HEADER_LENGTH));
        if (!hasRoom(length)) {
            return false;
        }
        write(block, offset, length);
        flushedSequence = lastSequence + BlockLayout.count(block, offset);
        return true;
    }

    private void flushStage() {
        if (!stage.isEmpty()) {
            final MergedBlock block = stage.finished();
            write(block.buffer(), 0, block.length());
            flushedSequence = lastSequence;
            stage.clear();
        }
    }

    private void write(final DirectBuffer block, final int offset, final int length) {
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
    }

    /** What a dead writer has left may be in memory only: it is put on the disk, and noted, once a cycle file. */
    private void noteFound() {
        if (flushedSequence > 0 && !metadata.goOnWith(newest, lastSequence)) {
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
