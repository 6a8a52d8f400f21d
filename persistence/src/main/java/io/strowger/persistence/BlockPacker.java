package io.strowger.persistence;

import io.strowger.persistence.cycle.BlockBytes;
import io.strowger.persistence.cycle.Deltas;
import io.strowger.router.record.BlockLayout;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * Packs blocks on their way to the file.
 *
 * <p>Short blocks stay plain: they are what a router with little to do writes, whose latency counts more than bytes. So do blocks that
 * would not get an eighth smaller, and those in memory of the heap, which would have to be copied first.
 *
 * <p>The checksum of a packed block is that of the plain one: made by who made the block, and held against what is read and unpacked.
 *
 * <p>The writer's thread only. Allocates when a block is longer than 128 KiB and all before it; nothing in between.
 */
final class BlockPacker {
    /** Most blocks are no longer, in bytes: for them there is memory from the start. */
    private static final int USUAL = 128 * 1024;

    /** Shorter blocks stay plain, in bytes. */
    static final int LEAST = 4096;

    /** The part of its bytes that must be spared, else a block stays plain. */
    private static final long PART = 8;

    private final Compression compression;
    private final Deltas deltas = new Deltas();
    private final BlockBytes packed = new BlockBytes();

    BlockPacker(final Compression compression) {
        this.compression = compression;
        if (Compression.NONE != compression) {
            packed.grow(Deltas.mostPacked(USUAL));
        }
    }

    /**
     * Packs a plain block.
     *
     * @param length in bytes.
     * @return length of the packed block in {@link #buffer()}; 0 when the block is to stay plain.
     */
    int pack(final DirectBuffer block, final int offset, final int length) {
        final ByteBuffer bytes = block.byteBuffer();
        if (Compression.NONE == compression || length < LEAST || null == bytes || !bytes.isDirect()) {
            return 0;
        }
        packed.grow(Deltas.mostPacked(length));
        final int packedLength = deltas.pack(bytes, block.wrapAdjustment() + offset, length, packed.bytes());
        if (0 == packedLength || (length - packedLength) * PART < length) {
            return 0;
        }
        packed.copyHeader(block, offset);
        packed.encoding(BlockLayout.ENCODING_DELTAS, packedLength, length);
        return packedLength;
    }

    /**
     * Holds the block last packed, from offset 0, until the next one.
     */
    DirectBuffer buffer() {
        return packed.buffer();
    }
}
