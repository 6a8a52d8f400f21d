package io.strowger.persistence;

import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The file in which short blocks survive the process until they go to the queue together. Its pages are always the same, so that to write
 * to them costs a copy and seldom more; a cycle file has fresh ones for every block.
 *
 * <pre>
 *   0       4         8     16          64                          end           {@value #LENGTH}
 *   +-------+---------+-----+- - - - - -+---------+---------+- - - -+- - - - - - - - - |
 *   | magic | version | end |     0     | block   | block   |       | of no meaning
 *   +-------+---------+-----+- - - - - -+---------+---------+- - - -+- - - - - - - - - |
 *     u32     u32       i64               BlockLayout, plain, each behind the one before
 * </pre>
 *
 * <p>Little endian. End is written behind the block that it takes in; it is 64 when nothing is staged. It goes back there when the blocks
 * are in the queue, so after a death in between they are in both: their sequences tell. The file is never synced, and a sync does not speak
 * of what is in it: after a machine has lost its power it holds anything, which the blocks' checksums and their chain tell.
 *
 * <p>The writer's thread only. Allocates when it is opened; nothing afterwards.
 */
final class StagedFile implements AutoCloseable {
    /** In bytes. */
    static final int LENGTH = 64 * 1024;
    /** Where the first block stands. */
    static final int FIRST = 64;

    private static final int MAGIC = 0x53525453;
    private static final int VERSION = 1;
    private static final int VERSION_OFFSET = 4;
    private static final int END_OFFSET = 8;

    private final MappedByteBuffer mapping;
    private final UnsafeBuffer buffer;
    private int end = FIRST;

    private StagedFile(final MappedByteBuffer mapping) {
        this.mapping = mapping;
        this.buffer = new UnsafeBuffer(mapping);
    }

    /**
     * Opens the file, which is made when it is not there, with room on the disk for all of it. What is in it stays until {@link #clear},
     * which must come before the first block.
     *
     * @throws JournalException when it can't be made or opened.
     */
    static StagedFile open(final Path path) {
        try {
            if (!isWhole(path)) {
                DurableFiles.replace(path, empty());
            }
            // one that was restored may have holes
            RoomAhead.fill(path);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return new StagedFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
            }
        } catch (final IOException ex) {
            throw new JournalException("can't open " + path + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * Whether there may be blocks in the file: a look that costs little, and needs no lock.
     *
     * @throws JournalException when the file can't be read.
     */
    static boolean holdsAny(final Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            final ByteBuffer head = ByteBuffer.allocate(FIRST).order(ByteOrder.LITTLE_ENDIAN);
            return LENGTH != channel.size() || FIRST != channel.read(head, 0) || MAGIC != head.getInt(0)
                || FIRST != head.getLong(END_OFFSET);
        } catch (final NoSuchFileException ex) {
            return false;
        } catch (final IOException ex) {
            throw new JournalException("can't read " + path + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * Reads the bytes of the blocks in the file.
     *
     * @return null when nothing is staged, or there is no file.
     * @throws JournalException when the file can't be read, or is none of this kind.
     */
    static DirectBuffer read(final Path path) {
        try {
            if (!Files.exists(path)) {
                return null;
            }
            final UnsafeBuffer bytes = new UnsafeBuffer(Files.readAllBytes(path));
            if (LENGTH != bytes.capacity() || MAGIC != bytes.getInt(0, ByteOrder.LITTLE_ENDIAN)
                || VERSION != bytes.getInt(VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN)) {
                throw new JournalException(path + " holds no staged blocks: it was cut, or something else was written to it");
            }
            final long end = bytes.getLong(END_OFFSET, ByteOrder.LITTLE_ENDIAN);
            if (end < FIRST || end > LENGTH) {
                throw new JournalException(path + " is damaged: its blocks end at " + end);
            }
            return FIRST == end ? null : new UnsafeBuffer(bytes, FIRST, (int)end - FIRST);
        } catch (final IOException ex) {
            throw new JournalException("can't read " + path + ": " + ex.getMessage(), ex);
        }
    }

    /** Whether there is room for another block. */
    boolean fits(final int length) {
        return length <= LENGTH - end;
    }

    /** Adds a block. When this returns, it survives the process. */
    void add(final DirectBuffer block, final int offset, final int length) {
        buffer.putBytes(end, block, offset, length);
        end += length;
        publishEnd();
    }

    /** Forgets the blocks: they are in the queue. */
    void clear() {
        end = FIRST;
        buffer.putInt(0, MAGIC, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(VERSION_OFFSET, VERSION, ByteOrder.LITTLE_ENDIAN);
        publishEnd();
    }

    /** Gives the mapping back. */
    @Override
    public void close() {
        IoUtil.unmap(mapping);
    }

    private void publishEnd() {
        buffer.putLongRelease(END_OFFSET, ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? end : Long.reverseBytes(end));
    }

    private static boolean isWhole(final Path path) throws IOException {
        return Files.exists(path) && LENGTH == Files.size(path);
    }

    private static byte[] empty() {
        return ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN).putInt(0, MAGIC).putInt(VERSION_OFFSET, VERSION)
            .putLong(END_OFFSET, FIRST).array();
    }
}
