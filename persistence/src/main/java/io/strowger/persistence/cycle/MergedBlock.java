package io.strowger.persistence.cycle;

import io.strowger.router.record.BlockLayout;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Several plain blocks that follow one another as one: the same records, with the first block's first sequence, the last one's chain, and
 * the keys of all in the filter.
 *
 * <pre>
 *   | header | records |   | header | records |   | header | records |
 *                  |              \                     /
 *                  v               v                   v
 *   | header of all | records      | records           | records |
 * </pre>
 *
 * <p>One thread at a time. Allocates when it is made; nothing afterwards.
 */
public final class MergedBlock {
    private final BlockBytes bytes = new BlockBytes();
    private final MutableDirectBuffer buffer;
    private int length;

    /**
     * Holds nothing yet.
     *
     * @param capacity most bytes of the whole.
     */
    public MergedBlock(final int capacity) {
        bytes.grow(capacity);
        buffer = bytes.mutable();
    }

    /**
     * Adds a plain block, whose first record follows the last one here.
     */
    public void add(final DirectBuffer block, final int offset, final int blockLength) {
        if (0 == length) {
            buffer.putBytes(0, block, offset, blockLength);
            length = blockLength;
            return;
        }
        final int records = blockLength - BlockLayout.HEADER_LENGTH;
        buffer.putBytes(length, block, offset + BlockLayout.HEADER_LENGTH, records);
        length += records;
        final int count = BlockLayout.count(buffer, 0) + BlockLayout.count(block, offset);
        buffer.putInt(BlockLayout.COUNT_OFFSET, count, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(BlockLayout.CHAIN_OFFSET, BlockLayout.chain(block, offset), ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < BlockLayout.FILTER_LENGTH; i += Long.BYTES) {
            final int at = BlockLayout.FILTER_OFFSET + i;
            buffer.putLong(at, buffer.getLong(at) | block.getLong(offset + at));
        }
    }

    /**
     * Completes the header: until {@link #clear} the block stands in {@link #buffer()}, from offset 0.
     *
     * @return its length in bytes.
     */
    public int finish() {
        buffer.putInt(BlockLayout.LENGTH_OFFSET, length, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(BlockLayout.CRC_OFFSET, bytes.crc(length), ByteOrder.LITTLE_ENDIAN);
        return length;
    }

    /** Holds the block that was finished. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Length of the block so far, 0 while there is none. */
    public int length() {
        return length;
    }

    /** Forgets what was added. */
    public void clear() {
        length = 0;
    }
}
