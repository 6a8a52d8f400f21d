package io.strowger.router.record;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * One block: the records written together, as one excerpt of the journal.
 *
 * <pre>
 *   0       4         5          6       8               16      20       24       28      32      40        72
 *   +-------+---------+----------+-------+---------------+-------+--------+--------+-------+-------+---------+----- - -
 *   | magic | version | encoding |   0   | firstSequence | count | length | crc32c |   0   | chain | filter  | records
 *   +-------+---------+----------+-------+---------------+-------+--------+--------+-------+-------+---------+----- - -
 *     u32     u8        u8         u16     i64             i32     i32      u32      u32     i64     32 bytes
 * </pre>
 *
 * <p>Little endian. Length counts header and records. The checksum is CRC32C over the whole block with its own four bytes as zero. Chain
 * is the output chain behind the last record. Filter is a Bloom filter of 256 bits over the tenants, users and groups of the events
 * in the block. A block holds an input together with all its derived records.
 *
 * <p>Plain is the only encoding there is. Two others were measured on facts of real captures, 241 bytes a record: packing away zero bytes
 * spares 16 % of them for 0.3 us a record, deflate at its fastest 78 % for 2.5 us. Neither pays on the core thread, which folds and
 * journals a signal in half a microsecond; whoever keeps cold files may yet define one, for which the byte is there.
 */
public final class BlockLayout {
    /** The first four bytes of a block: "STRW" in the file. */
    public static final int MAGIC = 0x57525453;

    /** Version of this layout. */
    public static final int VERSION = 1;

    /** Encoding of the records: as {@link RecordLayout} draws them. */
    public static final int ENCODING_PLAIN = 0;

    /** Offset of the magic. */
    public static final int MAGIC_OFFSET = 0;

    /** Offset of the version. */
    public static final int VERSION_OFFSET = 4;

    /** Offset of the encoding. */
    public static final int ENCODING_OFFSET = 5;

    /** Offset of the first sequence. */
    public static final int FIRST_SEQUENCE_OFFSET = 8;

    /** Offset of the number of records. */
    public static final int COUNT_OFFSET = 16;

    /** Offset of the length of header and records. */
    public static final int LENGTH_OFFSET = 20;

    /** Offset of the checksum. */
    public static final int CRC_OFFSET = 24;

    /** Offset of the output chain. */
    public static final int CHAIN_OFFSET = 32;

    /** Offset of the filter. */
    public static final int FILTER_OFFSET = 40;

    /** Length of the filter in bytes. */
    public static final int FILTER_LENGTH = 32;

    /** Length of the header; the first record follows. */
    public static final int HEADER_LENGTH = 72;

    private BlockLayout() {
    }

    /** Reads the magic. */
    public static int magic(final DirectBuffer buffer, final int block) {
        return buffer.getInt(block + MAGIC_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the version. */
    public static int version(final DirectBuffer buffer, final int block) {
        return buffer.getByte(block + VERSION_OFFSET) & 0xFF;
    }

    /** Reads the encoding. */
    public static int encoding(final DirectBuffer buffer, final int block) {
        return buffer.getByte(block + ENCODING_OFFSET) & 0xFF;
    }

    /** Reads the sequence of the first record. */
    public static long firstSequence(final DirectBuffer buffer, final int block) {
        return buffer.getLong(block + FIRST_SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the number of records. */
    public static int count(final DirectBuffer buffer, final int block) {
        return buffer.getInt(block + COUNT_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the length of header and records. */
    public static int length(final DirectBuffer buffer, final int block) {
        return buffer.getInt(block + LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the checksum. */
    public static int crc(final DirectBuffer buffer, final int block) {
        return buffer.getInt(block + CRC_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the output chain behind the last record. */
    public static long chain(final DirectBuffer buffer, final int block) {
        return buffer.getLong(block + CHAIN_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
