package io.strowger.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;
import org.agrona.DirectBuffer;

/**
 * Writes the bytes of a block to the cycle file by the file system's own write, beside Chronicle's mapping of the same file.
 *
 * <p>Both see one page cache. A fresh page that is first touched through the mapping costs a fault, and much more where the device reads
 * far ahead or the machine is itself a guest; a write makes all its pages at once, needs no zeros beneath what it overwrites, and tells of
 * a full disk by an exception. What is still touched through the mapping are short blocks, whose pages {@link FreshPages} makes through
 * this channel, the words around an excerpt and the index: for those the kernel is told that reading ahead is of no use (MADV_RANDOM;
 * where that can't be said, nothing is lost but time).
 *
 * <p>An interrupt of the writer's thread is kept for it, and costs the file being opened again.
 *
 * <p>The writer's thread only. Allocates when the file or the mapping is another than before, and when the block's buffer is none of the
 * last few.
 */
final class CycleChannel implements AutoCloseable {
    private static final int VIEWS = 4;

    private Path file;
    private FileChannel channel;
    /** The buffers blocks came in, and of each a view whose position is ours. Packed blocks come in another than plain ones. */
    private final ByteBuffer[] sources = new ByteBuffer[VIEWS];
    private final ByteBuffer[] views = new ByteBuffer[VIEWS];
    private int lastView;
    private boolean isHinted = true;
    private long mappedAddress;
    private long mappedFrom;

    /**
     * Whether a block in this buffer can be written: it must be made of a ByteBuffer.
     */
    static boolean isFor(final DirectBuffer block) {
        return null != block.byteBuffer();
    }

    /**
     * Writes a block.
     *
     * @param cycleFile to write to, which exists.
     * @param position  in the file of the first byte.
     * @throws IOException when not all of it could be written.
     */
    void write(final Path cycleFile, final DirectBuffer block, final int offset, final int length, final long position)
        throws IOException {
        final int start = block.wrapAdjustment() + offset;
        write(cycleFile, viewOf(block.byteBuffer()).limit(start + length).position(start), position);
    }

    /**
     * Writes what is between a buffer's position and limit.
     *
     * @param cycleFile to write to, which exists.
     * @param view      whose position may be moved.
     * @param position  in the file of the first byte.
     * @throws IOException when not all of it could be written.
     */
    void write(final Path cycleFile, final ByteBuffer view, final long position) throws IOException {
        final int start = view.position();
        boolean isInterrupted = false;
        try {
            while (!isWritten(cycleFile, view.position(start), position)) {
                // the interrupt has closed the file; what was written is nothing until the excerpt is closed, so it is written again
                isInterrupted |= Thread.interrupted();
                channel = null;
                file = null;
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the buffer itself is meant, not what is in it
    private ByteBuffer viewOf(final ByteBuffer source) {
        for (int i = 0; i < VIEWS; i++) {
            if (source == sources[i]) {
                return views[i];
            }
        }
        lastView = (lastView + 1) % VIEWS;
        sources[lastView] = source;
        views[lastView] = source.duplicate();
        return views[lastView];
    }

    private boolean isWritten(final Path cycleFile, final ByteBuffer view, final long position) throws IOException {
        if (!cycleFile.equals(file)) {
            close();
            channel = FileChannel.open(cycleFile, StandardOpenOption.WRITE);
            file = cycleFile;
        }
        long at = position;
        try {
            while (view.hasRemaining()) {
                at += channel.write(view, at);
            }
            return true;
        } catch (final ClosedByInterruptException ex) {
            return false;
        }
    }

    /**
     * Tells the kernel once of each mapping how it is used.
     *
     * @param address of the mapping.
     * @param from    place in the file of its first byte.
     * @param length  in bytes.
     */
    void onMapping(final long address, final long from, final long length) {
        if (isHinted && (mappedAddress != address || mappedFrom != from)) {
            mappedAddress = address;
            mappedFrom = from;
            try {
                PosixAPI.posix().madvise(address, length, MAdviseFlag.MADV_RANDOM.value());
            } catch (final RuntimeException | LinkageError ex) {
                // a hint, and not to be had everywhere: without it the journal is slower, and as good
                isHinted = false;
            }
        }
    }

    /**
     * Closes the file. It can be used again.
     */
    @Override
    public void close() throws IOException {
        if (null != channel) {
            channel.close();
            channel = null;
            file = null;
        }
    }
}
