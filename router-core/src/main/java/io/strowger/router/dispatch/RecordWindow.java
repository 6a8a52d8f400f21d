package io.strowger.router.dispatch;

import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The most recent records that any subscription wants, once each, in a ring of bytes. One writer, which never waits; any number of readers,
 * each of which finds out afterwards whether what it copied was whole.
 *
 * <pre>
 *    low mark                                   write position            positions only grow; the place in the ring is
 *       v                                             v                   position modulo capacity
 *   ----+----------+-----------+------+-------------+ - - - - - - +
 *       | record   | record    | skip | record      |   free      |       a record never wraps: what doesn't fit before
 *   ----+----------+-----------+------+-------------+ - - - - - - +       the ring's end begins at its start
 * </pre>
 *
 * <p>Writer: raise the low mark to (new write position - capacity), fence, write the bytes. The position then travels to the readers
 * through their own rings, which publish it. Reader: copy the bytes, fence, read the low mark; the copy is whole exactly when the mark has
 * not passed the position. The writer's fence keeps its bytes from being seen before the mark that gives them up; the reader's keeps its
 * look at the mark from being done before the copy.
 */
public final class RecordWindow {
    private static final int CACHE_LINES = 128;

    private final int capacity;
    private final UnsafeBuffer bytes;
    /** The low mark, on cache lines of its own. Written by the writer. */
    private final AtomicBuffer lowMark = new UnsafeBuffer(BufferUtil.allocateDirectAligned(2 * CACHE_LINES, CACHE_LINES));
    private long writePosition;

    /**
     * An empty window.
     *
     * @param capacity in bytes, a power of two.
     */
    public RecordWindow(final int capacity) {
        if (!BitUtil.isPowerOfTwo(capacity)) {
            throw new IllegalArgumentException("the window's capacity must be a power of two: " + capacity);
        }
        this.capacity = capacity;
        this.bytes = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity, CACHE_LINES));
    }

    /** In bytes. */
    int capacity() {
        return capacity;
    }

    /** Position behind a record of this length, if it were put in next. Writer's thread. */
    long endOf(final int length) {
        final int index = (int)(writePosition & (capacity - 1));
        final long position = index + length > capacity ? writePosition + capacity - index : writePosition;
        return position + BitUtil.align(length, Long.BYTES);
    }

    /**
     * Puts one record in, over the oldest ones. Writer's thread.
     *
     * @param length at most the capacity.
     * @return its position, for {@link #copy}.
     */
    long append(final DirectBuffer source, final int offset, final int length) {
        long position = writePosition;
        int index = (int)(position & (capacity - 1));
        if (index + length > capacity) {
            position += capacity - index;
            index = 0;
        }
        final long end = position + BitUtil.align(length, Long.BYTES);
        if (end > capacity) {
            lowMark.putLongOpaque(0, end - capacity);
            VarHandle.storeStoreFence();
        }
        bytes.putBytes(index, source, offset, length);
        writePosition = end;
        return position;
    }

    /**
     * Copies a record out. Any thread that got the position from the writer through something that publishes.
     *
     * @param position that {@link #append} gave.
     * @param target   takes it at offset 0.
     * @return false when the window has passed the record: the target then holds rubbish.
     */
    boolean copy(final long position, final int length, final MutableDirectBuffer target) {
        if (position < lowMark.getLongAcquire(0)) {
            return false;
        }
        target.putBytes(0, bytes, (int)(position & (capacity - 1)), length);
        VarHandle.acquireFence();
        return position >= lowMark.getLongAcquire(0);
    }
}
