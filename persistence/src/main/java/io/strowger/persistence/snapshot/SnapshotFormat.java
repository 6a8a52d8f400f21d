package io.strowger.persistence.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What writer and reader of a snapshot's file agree on; drawn in the package's description.
 */
final class SnapshotFormat {
    /** "STRWSNAP", read as a little-endian number. */
    static final long MAGIC = 0x50414E5357525453L;

    static final int VERSION = 3;

    /** Magic, version, reserved. */
    static final int PREFIX_LENGTH = 16;

    /** Length and CRC of a chunk. */
    static final int CHUNK_HEADER_LENGTH = 8;

    /** Of the header's chunk. */
    static final int HEADER_LENGTH = 52;

    static final int MAX_CHUNK_LENGTH = 1024 * 1024;

    private final CRC32C crc = new CRC32C();
    private final byte[] before = new byte[Integer.BYTES];

    /**
     * The CRC of a chunk.
     *
     * @param previous CRC of the chunk before it, 0 of the first.
     * @param bytes    its bytes, from position to limit; the position moves.
     */
    int crc(final int previous, final ByteBuffer bytes) {
        before[0] = (byte)previous;
        before[1] = (byte)(previous >> 8);
        before[2] = (byte)(previous >> 16);
        before[3] = (byte)(previous >> 24);
        crc.reset();
        crc.update(before);
        crc.update(bytes);
        return (int)crc.getValue();
    }
}
