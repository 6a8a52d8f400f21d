package io.strowger.persistence.cycle;

import io.strowger.router.record.BlockLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One block in memory of its own, from offset 0.
 *
 * <p>One thread at a time. Allocates when a block is longer than all before it; nothing in between.
 */
public final class BlockBytes {
    private static final byte[] ZERO = new byte[Integer.BYTES];
    private static final int LEAST = 4096;

    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

    /**
     * The block.
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** The block, to be written to. */
    MutableDirectBuffer mutable() {
        return buffer;
    }

    /**
     * Takes over a whole block.
     *
     * @param length in bytes.
     */
    void take(final DirectBuffer source, final int offset, final int length) {
        grow(length);
        buffer.putBytes(0, source, offset, length);
    }

    /**
     * Takes over the header of a block.
     */
    public void copyHeader(final DirectBuffer source, final int offset) {
        buffer.putBytes(0, source, offset, BlockLayout.HEADER_LENGTH);
    }

    /**
     * Makes room; what stood here may be gone.
     *
     * @param length in bytes.
     */
    public void grow(final int length) {
        if (buffer.capacity() < length) {
            bytes = ByteBuffer.allocateDirect((int)Math.min(Integer.MAX_VALUE, Math.max(LEAST, length + (long)(length >> 1))));
            buffer.wrap(bytes);
        }
    }

    /**
     * Whether there is room without more memory.
     *
     * @param length in bytes.
     */
    boolean holds(final int length) {
        return buffer.capacity() >= length;
    }

    /**
     * Completes a header that was copied from the same block in the other form. The checksum stays: it is that of the plain block.
     *
     * @param encoding    of what stands behind the header.
     * @param length      of header and records as they stand here, in bytes.
     * @param plainLength of header and plain records in bytes, 0 when they are plain.
     */
    public void encoding(final int encoding, final int length, final int plainLength) {
        buffer.putByte(BlockLayout.ENCODING_OFFSET, (byte)encoding);
        buffer.putInt(BlockLayout.LENGTH_OFFSET, length, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(BlockLayout.PLAIN_LENGTH_OFFSET, plainLength, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Computes the checksum of the block.
     *
     * @param length of the block in bytes.
     */
    int crc(final int length) {
        crc.reset();
        update(0, BlockLayout.CRC_OFFSET);
        crc.update(ZERO);
        update(BlockLayout.CRC_OFFSET + Integer.BYTES, length);
        return (int)crc.getValue();
    }

    /**
     * The memory, position and limit at its ends.
     */
    public ByteBuffer bytes() {
        return bytes;
    }

    private void update(final int from, final int end) {
        bytes.limit(end).position(from);
        crc.update(bytes);
        bytes.clear();
    }
}
