package io.strowger.persistence;

import io.strowger.persistence.cycle.CycleFile;
import io.strowger.persistence.cycle.Frame;
import io.strowger.router.journal.JournalException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.threads.BusyTimedPauser;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The only class that touches Chronicle's queue: one appender, one excerpt a block.
 *
 * <p>May be opened and closed by other threads than the one that appends; only one thread appends. After a Throwable from {@link #append}
 * it must not be used again: Chronicle's appender would take further excerpts and silently write none of them.
 */
final class QueueWriter implements AutoCloseable {
    private static final int PAGE = 4096;
    /** Most bytes that the disk is asked for at a time, beyond what a block needs. */
    private static final long MAX_STEP = 4L << 20;
    /** Index arrays that may stand behind one block and behind the next: of each level one. */
    private static final int ARRAYS = 4;

    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private final CycleChannel channel = new CycleChannel();
    private final FreshPages pages = new FreshPages(channel);
    private final RoomAhead ahead;
    /** What is written around a block, at most, in bytes: by Chronicle, and the pages made ahead. */
    private final long around;
    private final int maxLength;
    private int fileCycle = Integer.MIN_VALUE;
    private Path file;
    /** Where the last block ends, in its file. */
    private long end;

    private QueueWriter(final SingleChronicleQueue queue, final ExcerptAppender appender, final long blockSize) {
        this.queue = queue;
        this.appender = appender;
        this.ahead = new RoomAhead(Math.min(MAX_STEP, blockSize));
        this.around = ARRAYS * ((long)queue.rollCycle().defaultIndexCount() * Long.BYTES + PAGE) + FreshPages.STEP;
        // an excerpt must fit into what Chronicle maps beyond a chunk, with room for the words around it
        this.maxLength = (int)Math.min(queue.overlapSize(), 1 << 30) - 64;
    }

    /**
     * Opens the queue of a generation. The caller holds the lock of the journal, so any lock found in the queue is a dead process's.
     *
     * @param isLastEnded whether the newest cycle has its end mark, so that the next block must go to a later one.
     */
    static QueueWriter open(final Path directory, final RollCycle cycle, final long blockSize, final JournalTime time,
        final boolean isLastEnded) {
        ChronicleSettings.apply();
        clearStaleLocks(directory);
        final SingleChronicleQueue queue = ChronicleSettings.queue(directory, cycle, blockSize, time);
        try {
            if (queue.firstCycle() <= queue.lastCycle()) {
                time.advanceToMs((long)(queue.lastCycle() + (isLastEnded ? 1 : 0)) * cycle.lengthInMillis());
            }
            final ExcerptAppender appender = queue.createAppender();
            RoomAhead.fill(directory.resolve(JournalDirectory.CHRONICLE_METADATA));
            return new QueueWriter(queue, appender, blockSize);
        } catch (final RuntimeException | Error ex) {
            queue.close();
            throw ex;
        }
    }

    /**
     * Goes on with a file that is there: its room is asked for at once, which may take a while on a long one.
     *
     * @param cycleFile newest one, without an end mark.
     * @param endOfBlocks in it.
     */
    void goOnWith(final Path cycleFile, final long endOfBlocks) {
        file = cycleFile;
        fileCycle = queue.lastCycle();
        end = endOfBlocks;
        ahead.onFile(cycleFile, 0);
        // when there is no room, the first append finds that again
        final boolean isThere = hasRoom(0);
        assert isThere || 0 != end;
    }

    /**
     * Whether the next block goes to another cycle file than the last one, by the time there is.
     */
    boolean isAtRoll() {
        return queue.rollCycle().current(queue.time(), queue.epoch()) != fileCycle;
    }

    /**
     * Whether a block of that time goes to another cycle file than the last one.
     *
     * @param timeNs journal time in nanoseconds since 1970.
     */
    boolean isRollAtNs(final long timeNs) {
        final RollCycle cycle = queue.rollCycle();
        final long timeMs = Math.max(queue.time().currentTimeMillis(), timeNs / 1_000_000);
        return (timeMs - queue.epoch()) / cycle.lengthInMillis() != fileCycle;
    }

    /**
     * Whether the disk has given all the room that is touched when a block is appended, beside a new cycle file.
     *
     * @param length of the block.
     */
    boolean hasRoom(final int length) {
        return null == file || ahead.reaches(end + length + around);
    }

    /**
     * Longest block it takes, in bytes.
     */
    int maxLength() {
        return maxLength;
    }

    /**
     * Appends one excerpt. The slice must lie within its buffer: what fails between opening and closing the excerpt ends the journal.
     *
     * <p>A block of some length goes through the file, a short one through the mapping, which spares a system call for each. The excerpt is
     * deliberately not closed when either fails: closing commits what is there.
     */
    void append(final DirectBuffer block, final int offset, final int length) {
        final DocumentContext document = appender.writingDocument();
        final Bytes<?> bytes = document.wire().bytes();
        if (appender.cycle() != fileCycle) {
            fileCycle = appender.cycle();
            file = currentFile();
            ahead.onFile(file, end + around);
            pages.onFile();
        }
        final boolean isThroughFile = length >= PAGE && CycleChannel.isFor(block);
        if (bytes.bytesStore() instanceof MappedBytesStore chunk) {
            // before the first fault of a short block, too: it would read megabytes ahead
            channel.onMapping(chunk.addressForRead(chunk.start()), chunk.start(), chunk.realCapacity());
            if (!isThroughFile) {
                pages.prepare(file, bytes.writePosition(), length, chunk.start() + chunk.realCapacity());
            }
        }
        if (isThroughFile) {
            writeToFile(bytes, block, offset, length);
        } else {
            copyToMapping(bytes, block, offset, length);
        }
        bytes.writeSkip(length);
        end = bytes.writePosition();
        document.close();
    }

    private void writeToFile(final Bytes<?> bytes, final DirectBuffer block, final int offset, final int length) {
        try {
            channel.write(file, block, offset, length, bytes.writePosition());
        } catch (final IOException ex) {
            throw new JournalException("can't write to " + file + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * A copy to a page that the disk has no room for may fail in silence: the virtual machine skips the rest of it and throws some time
     * later, when the block would be committed already. So the copy is looked at, once a page, before it is.
     */
    private void copyToMapping(final Bytes<?> bytes, final DirectBuffer block, final int offset, final int length) {
        target.wrap(bytes.addressForWrite(bytes.writePosition()), length);
        target.putBytes(0, block, offset, length);
        if (!isCopied(block, offset, length)) {
            throw new JournalException("a page of the journal took no bytes: the disk is full, or failing");
        }
    }

    /** Where the pages end that were made ahead, in the file last written to; 0 before the first short block. */
    long pagesMade() {
        return pages.made();
    }

    /**
     * Lets Chronicle look at its folder again: it keeps the number of the oldest file. On any thread.
     */
    void onFilesRemoved() {
        queue.refreshDirectoryListing();
    }

    /**
     * Number of the cycle last written to.
     */
    int cycle() {
        return appender.cycle();
    }

    /**
     * File of the cycle last written to, null before the first block.
     */
    Path currentFile() {
        final File file = appender.currentFile();
        return null == file ? null : file.toPath();
    }

    /** Another thread writes from now on: Chronicle takes who has written first for the only one. */
    void handOver() {
        appender.singleThreadedCheckReset();
    }

    @Override
    public void close() {
        handOver();
        try {
            channel.close();
        } catch (final IOException ex) {
            throw new JournalException("can't close the journal's file: " + ex.getMessage(), ex);
        } finally {
            ahead.close();
            appender.close();
            queue.close();
        }
    }

    private boolean isCopied(final DirectBuffer block, final int offset, final int length) {
        boolean isSame = true;
        for (int page = 0; page < length; page += PAGE) {
            final int end = Math.min(page + PAGE, length) - Long.BYTES;
            isSame &= isSameAt(block, offset, firstUsed(block, offset, page, end));
            isSame &= isSameAt(block, offset, lastUsed(block, offset, page, end));
        }
        return isSame;
    }

    private boolean isSameAt(final DirectBuffer block, final int offset, final int at) {
        return block.getLong(offset + at) == target.getLong(at);
    }

    /**
     * The first long within a page that is not zero: a page that took nothing reads as zeros.
     */
    private static int firstUsed(final DirectBuffer block, final int offset, final int page, final int end) {
        int at = page;
        while (at < end && 0 == block.getLong(offset + at)) {
            at += Long.BYTES;
        }
        return Math.max(0, Math.min(at, end));
    }

    private static int lastUsed(final DirectBuffer block, final int offset, final int page, final int end) {
        int at = end;
        while (at > page && 0 == block.getLong(offset + at)) {
            at -= Long.BYTES;
        }
        return Math.max(0, at);
    }

    /**
     * Clears what a process left that died while it wrote. Chronicle would ask whether that process id lives, which in a container it
     * always does. When its metadata can't be read, the file is put aside: Chronicle makes it anew, and all in it can be found again.
     */
    private static void clearStaleLocks(final Path directory) {
        final Path file = directory.resolve(JournalDirectory.CHRONICLE_METADATA);
        if (!Files.exists(file)) {
            return;
        }
        if (!isFinished(file)) {
            // Chronicle would wait ten seconds for somebody to finish it
            putAside(file, null);
            return;
        }
        SingleChronicleQueueBuilder.addAliases();
        try (TableStore<Metadata.NoMeta> store = SingleTableBuilder.binary(file.toFile(), Metadata.NoMeta.INSTANCE).readOnly(false).build();
            TableStoreWriteLock append = new TableStoreWriteLock(store, BusyTimedPauser::new, 0L, TableStoreWriteLock.APPEND_LOCK_KEY);
            TableStoreWriteLock write = new TableStoreWriteLock(store, BusyTimedPauser::new, 0L)) {
            append.forceUnlock();
            write.forceUnlock();
        } catch (final RuntimeException ex) {
            putAside(file, ex);
        }
    }

    private static boolean isFinished(final Path file) {
        try (CycleFile table = CycleFile.open(file, Long.BYTES)) {
            return Frame.isMeta(table.word(0));
        }
    }

    private static void putAside(final Path file, final RuntimeException cause) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException ex) {
            if (null != cause) {
                ex.addSuppressed(cause);
            }
            throw new JournalException(file + " can't be read and can't be put aside: " + ex.getMessage(), ex);
        }
    }
}
