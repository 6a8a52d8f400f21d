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
 * a full disk by an exception. What Chronicle itself still touches through the mapping are the words around an excerpt and the index: for
 * those the kernel is told that reading ahead is of no use (MADV_RANDOM; where that can't be said, nothing is lost but time).
 *
 * <p>An interrupt of the writer's thread is kept for it, and costs the file being opened again.
 *
 * <p>The writer's thread only. Allocates when the file, the mapping or the block's buffer is another than before.
 */
final class CycleChannel implements AutoCloseable {
    private Path file;
    private FileChannel channel;
    private ByteBuffer source;
    private ByteBuffer view;
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
    @SuppressWarnings("ReferenceEquality") // the buffer itself is meant, not what is in it
    void write(final Path cycleFile, final DirectBuffer block, final int offset, final int length, final long position)
        throws IOException {
        if (block.byteBuffer() != source) {
            source = block.byteBuffer();
            view = source.duplicate();
        }
        boolean isInterrupted = false;
        try {
            while (!isWritten(cycleFile, block.wrapAdjustment() + offset, length, position)) {
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

    private boolean isWritten(final Path cycleFile, final int start, final int length, final long position) throws IOException {
        if (!cycleFile.equals(file)) {
            close();
            channel = FileChannel.open(cycleFile, StandardOpenOption.WRITE);
            file = cycleFile;
        }
        view.limit(start + length).position(start);
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
