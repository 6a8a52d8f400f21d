package io.strowger.router.pipeline;

import io.strowger.router.record.BlockLayout;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Blocks that are in the journal and may not be shown yet, in their order, in a bounded ring of bytes. A block never wraps.
 *
 * <pre>
 *        head             tail                                tail           head             end
 *   -----+-------+--------+---------      or      ----+-------+- - - - - - - +-------+--------+----
 *        | block | block  | free                      | block | free         | block | block  |
 *   -----+-------+--------+---------              ----+-------+- - - - - - - +-------+--------+----
 * </pre>
 *
 * <p>Core thread only. Allocates nothing after construction.
 */
final class HeldBlocks {
    private static final int ALIGNMENT = Long.BYTES;

    private final int longest;
    private final UnsafeBuffer buffer;
    private int head;
    private int tail;
    /** Behind the last block before the ring's end, while the tail stands before the head. */
    private int end;
    private int count;

    /**
     * An empty ring.
     *
     * @param capacity in bytes, raised to the longest block.
     * @param longest  block there may be.
     */
    HeldBlocks(final int capacity, final int longest) {
        this.longest = BitUtil.align(longest, ALIGNMENT);
        this.buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(Math.max(this.longest, capacity), 2 * BitUtil.CACHE_LINE_LENGTH));
    }

    /** Whether a block fits, however long it becomes. */
    boolean hasRoom() {
        return isWrapped() ? head - tail >= longest : buffer.capacity() - tail >= longest || head >= longest;
    }

    /** Puts a block behind those there are. Only when there was room. */
    void add(final DirectBuffer block, final int length) {
        if (!isWrapped() && buffer.capacity() - tail < longest) {
            end = tail;
            tail = 0;
        }
        buffer.putBytes(tail, block, 0, length);
        tail += BitUtil.align(length, ALIGNMENT);
        count++;
    }

    boolean isEmpty() {
        return 0 == count;
    }

    /** Holds the blocks. */
    DirectBuffer buffer() {
        return buffer;
    }

    /** Where the oldest block begins. */
    int offset() {
        return head;
    }

    /** Length of the oldest block. */
    int blockLength() {
        return BlockLayout.length(buffer, head);
    }

    /** Last sequence of the oldest block. */
    long lastSequence() {
        return BlockLayout.firstSequence(buffer, head) + BlockLayout.count(buffer, head) - 1;
    }

    /** Forgets the oldest block. */
    void remove() {
        head += BitUtil.align(blockLength(), ALIGNMENT);
        count--;
        if (0 == count) {
            head = 0;
            tail = 0;
            end = 0;
        } else if (head == end) {
            head = 0;
            end = 0;
        }
    }

    private boolean isWrapped() {
        return 0 != end;
    }
}
