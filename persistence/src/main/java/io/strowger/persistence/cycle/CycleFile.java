package io.strowger.persistence.cycle;

import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One cycle file, mapped read-only through a window that moves. The file may grow meanwhile.
 *
 * <p>One thread at a time. Nothing of a window may be used once another place was asked for. Moving the window allocates; reading
 * within it does not.
 */
public final class CycleFile implements AutoCloseable {
    private static final int PAGE = 4096;

    private final Path path;
    private final FileChannel channel;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer headBuffer = new UnsafeBuffer(0, 0);
    private final long windowLength;
    private MappedByteBuffer window;
    private MappedByteBuffer head;
    private long windowStart;
    private long windowEnd;

    private CycleFile(final Path path, final FileChannel channel, final long windowLength) {
        this.path = path;
        this.channel = channel;
        this.windowLength = windowLength;
    }

    /**
     * Opens a cycle file for reading.
     *
     * @param windowLength most bytes mapped at a time, unless a single frame is longer.
     * @throws JournalException when it can't be opened.
     */
    public static CycleFile open(final Path path, final long windowLength) {
        try {
            return new CycleFile(path, FileChannel.open(path, StandardOpenOption.READ), windowLength);
        } catch (final IOException ex) {
            throw new JournalException("can't open " + path + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * Opens a cycle file that may be gone by now.
     *
     * @return null when it is.
     * @throws JournalException when it can't be opened.
     */
    public static CycleFile openIfThere(final Path path, final long windowLength) {
        try {
            return open(path, windowLength);
        } catch (final JournalException ex) {
            if (ex.getCause() instanceof NoSuchFileException) {
                return null;
            }
            throw ex;
        }
    }

    /**
     * The file.
     */
    public Path path() {
        return path;
    }

    /**
     * Its name without the folder.
     */
    public String name() {
        return String.valueOf(path.getFileName());
    }

    /**
     * Its length now, in bytes. Chronicle makes a file longer in large steps, so most of the end is a hole of zeros.
     *
     * @throws JournalException when the file system does not say.
     */
    public long size() {
        try {
            return channel.size();
        } catch (final IOException ex) {
            throw failure("its length is not known", ex);
        }
    }

    /**
     * Brings a range into the window.
     *
     * @param position of its first byte.
     * @param length   in bytes.
     * @return false when the file is shorter; the window then stands as it was.
     */
    public boolean covers(final long position, final int length) {
        return (position >= windowStart && position + length <= windowEnd) || move(position, length);
    }

    /**
     * Reads the word of the frame at a place, as the writer published it.
     *
     * @param position a multiple of 4.
     * @return {@link Frame#NOTHING} also behind the end of the file.
     */
    public int word(final long position) {
        return covers(position, Frame.WORD_LENGTH) ? buffer.getIntVolatile(offset(position)) : Frame.NOTHING;
    }

    /**
     * The buffer over the window.
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Reads bytes without the window: a look at long holes should not map them, page by page.
     *
     * @param target filled from its position to its limit, as far as the file goes.
     */
    public void read(final ByteBuffer target, final long position) {
        try {
            long at = position;
            int count = 0;
            while (target.hasRemaining() && count >= 0) {
                count = channel.read(target, at);
                at += count;
            }
        } catch (final IOException ex) {
            throw failure("it can't be read at offset " + position, ex);
        }
    }

    /**
     * Where a covered place stands in {@link #buffer()}.
     */
    public int offset(final long position) {
        return (int)(position - windowStart);
    }

    /**
     * Which place in the file stands at an offset of {@link #buffer()}.
     */
    public long position(final int offset) {
        return windowStart + offset;
    }

    /**
     * The first bytes of the file, mapped apart from the window: the writer's own marks stand there and are read at any time.
     *
     * @return at most a page; shorter when the file is.
     */
    public AtomicBuffer head() {
        if (headBuffer.capacity() < PAGE) {
            final int length = (int)Math.min(PAGE, size());
            if (length > headBuffer.capacity()) {
                unmap(head);
                head = map(0, length);
                headBuffer.wrap(head);
            }
        }
        return headBuffer;
    }

    @Override
    public void close() {
        unmap(window);
        unmap(head);
        window = null;
        head = null;
        windowEnd = 0;
        windowStart = 0;
        buffer.wrap(0, 0);
        headBuffer.wrap(0, 0);
        try {
            channel.close();
        } catch (final IOException ex) {
            throw failure("it can't be closed", ex);
        }
    }

    private boolean move(final long position, final int length) {
        final long size = size();
        if (position < 0 || position + length > size) {
            return false;
        }
        final long start = position & -PAGE;
        final long end = Math.min(size, Math.max(start + windowLength, position + length));
        if (end - start > Integer.MAX_VALUE) {
            return false;
        }
        unmap(window);
        window = map(start, end - start);
        windowStart = start;
        windowEnd = end;
        buffer.wrap(window);
        return true;
    }

    private MappedByteBuffer map(final long start, final long length) {
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, start, length);
        } catch (final IOException ex) {
            throw failure("it can't be mapped at offset " + start, ex);
        }
    }

    private JournalException failure(final String what, final IOException ex) {
        return new JournalException(path + ": " + what + ": " + ex.getMessage(), ex);
    }

    private static void unmap(final MappedByteBuffer mapped) {
        if (null != mapped) {
            IoUtil.unmap(mapped);
        }
    }
}
