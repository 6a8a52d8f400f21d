package io.strowger.persistence.cycle;

import io.strowger.router.record.BlockLayout;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * The only class that touches the LZ4 library: packs and unpacks what stands behind a block's header, in LZ4's block format.
 *
 * <p>Any thread. Allocates nothing where the library's native part can be loaded, which is put into the folder for temporary files first.
 * Else its Java part does the same, slower, and makes a table of 16 KiB for each block that is packed.
 */
public final class Lz4 {
    /** The fastest form that can be had here. */
    public static final Lz4 FASTEST = new Lz4(fastest());

    /** More bytes than these never come of one packed byte. */
    static final int MOST_OF_A_BYTE = 255;

    private final LZ4Compressor compressor;
    private final LZ4SafeDecompressor decompressor;

    Lz4(final LZ4Factory factory) {
        compressor = factory.fastCompressor();
        decompressor = factory.safeDecompressor();
    }

    /**
     * The library's own choice leaves out the native part wherever another class loader than the system's has it, so in most containers. It
     * comes from a file of its own each time it is loaded, so it may be loaded by several.
     */
    private static LZ4Factory fastest() {
        try {
            return LZ4Factory.nativeInstance();
        } catch (final RuntimeException | LinkageError | AssertionError ex) {
            // none for this machine, or no place to put it from where it may be run: the Java part does the same
            return LZ4Factory.fastestJavaInstance();
        }
    }

    /**
     * Most bytes that a block needs while it is packed: some more than it has.
     *
     * @param length of the block in bytes, header included.
     */
    public int mostPacked(final int length) {
        return BlockLayout.HEADER_LENGTH + compressor.maxCompressedLength(length - BlockLayout.HEADER_LENGTH);
    }

    /**
     * Packs what stands behind a block's header.
     *
     * @param block  holds it; direct, else it is copied.
     * @param from   index of its header in the buffer, whatever the buffer's position is.
     * @param length of the block in bytes, header included.
     * @param target takes the packed bytes behind the room for a header; has {@link #mostPacked} bytes.
     * @return length of the packed block in bytes, header included.
     */
    public int pack(final ByteBuffer block, final int from, final int length, final ByteBuffer target) {
        final int header = BlockLayout.HEADER_LENGTH;
        return header + compressor.compress(block, from + header, length - header, target, header, target.capacity() - header);
    }

    /**
     * Unpacks what stands behind a block's header. The bytes may be anything.
     *
     * @param block       holds it, the header at index 0.
     * @param length      of the block in bytes, header included.
     * @param target      takes the plain bytes behind the room for a header.
     * @param plainLength of the plain block in bytes, header included; the target is as long.
     * @return false when that is not what comes of the bytes.
     */
    boolean unpack(final ByteBuffer block, final int length, final ByteBuffer target, final int plainLength) {
        final int header = BlockLayout.HEADER_LENGTH;
        try {
            return plainLength - header
                == decompressor.decompress(block, header, length - header, target, header, plainLength - header);
        } catch (final RuntimeException ex) {
            // bad bytes: the library has several exceptions for that, its Java part those of indexes too
            return false;
        }
    }
}
