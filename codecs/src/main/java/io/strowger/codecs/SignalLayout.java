package io.strowger.codecs;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Where the fields stand that every signal has, whatever its template, so that a router reads them without a switch.
 *
 * <pre>
 *   0             2            4          6         8                16           24       28       32
 *   +-------------+------------+----------+---------+----------------+------------+--------+--------+------ - - -
 *   | blockLength | templateId | schemaId | version | sourceSequence | sourceTime | source | tenant | template ...
 *   +-------------+------------+----------+---------+----------------+------------+--------+--------+------ - - -
 *     u16           u16          u16        u16       i64              i64 (ns)     i32      i32
 * </pre>
 *
 * <p>Everything is little endian. Offsets count from the first byte of the header. Var-data begins at {@code 8 + blockLength}; the native
 * id of a template that has one is its first var-data field: a u16 length, then the bytes.
 *
 * <p>Stateless; any thread. The reading methods trust their bytes: only for signals that have been admitted.
 */
public final class SignalLayout {
    /** Length of the SBE message header in bytes. */
    public static final int HEADER_LENGTH = 8;

    /** Offset of the block length. */
    public static final int BLOCK_LENGTH_OFFSET = 0;

    /** Offset of the template id. */
    public static final int TEMPLATE_ID_OFFSET = 2;

    /** Offset of the schema id. */
    public static final int SCHEMA_ID_OFFSET = 4;

    /** Offset of the schema version. */
    public static final int VERSION_OFFSET = 6;

    /** Offset of the source sequence. */
    public static final int SOURCE_SEQUENCE_OFFSET = 8;

    /** Offset of the source time in nanoseconds since 1970. */
    public static final int SOURCE_TIME_OFFSET = 16;

    /** Offset of the number of the source. */
    public static final int SOURCE_OFFSET = 24;

    /** Offset of the tenant. */
    public static final int TENANT_OFFSET = 28;

    /** Length of the block fields that every template begins with. */
    public static final int COMMON_BLOCK_LENGTH = 24;

    /** Longest native id in bytes; a longer one is refused, never cut. */
    public static final int MAX_NATIVE_ID_LENGTH = 160;

    /** Longest single var-data field in bytes. */
    public static final int MAX_TEXT_LENGTH = 1024;

    /** Longest signal in bytes, header included: one Aeron fragment at the default MTU. */
    public static final int MAX_SIGNAL_LENGTH = 1344;

    private SignalLayout() {
    }

    /**
     * Reads the block length of the signal at the offset.
     *
     * @return bytes between the header and the var-data.
     */
    public static int blockLength(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + BLOCK_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Reads the template id of the signal at the offset.
     *
     * @return the id as the schema gives it.
     */
    public static int templateId(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Reads the schema version the signal was written with.
     *
     * @return the acting version.
     */
    public static int version(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Reads the position of the signal in its source's own stream.
     *
     * @return the source sequence.
     */
    public static long sourceSequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SOURCE_SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads the source time.
     *
     * @return nanoseconds since 1970-01-01T00:00:00Z.
     */
    public static long sourceTime(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SOURCE_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads the number of the source.
     *
     * @return the number the router gave to the source.
     */
    public static int source(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + SOURCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads the tenant.
     *
     * @return the number of the tenant.
     */
    public static int tenant(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + TENANT_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Finds the first var-data field.
     *
     * @return the offset of its u16 length.
     */
    public static int varDataOffset(final DirectBuffer buffer, final int offset) {
        return offset + HEADER_LENGTH + blockLength(buffer, offset);
    }

    /**
     * Reads the length of the var-data field at the offset.
     *
     * @param lengthOffset where its u16 length stands.
     * @return the number of its bytes, which follow at {@code lengthOffset + 2}.
     */
    public static int textLength(final DirectBuffer buffer, final int lengthOffset) {
        return buffer.getShort(lengthOffset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
