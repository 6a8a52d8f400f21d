package io.strowger.codecs.catalog;

import java.nio.ByteOrder;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The integer types of SBE that the schema uses; all little endian, all held as a {@code long} here.
 */
public enum PrimitiveType {
    /** Signed, 1 byte. */
    INT8(Byte.BYTES, Byte.MIN_VALUE, Byte.MAX_VALUE, Byte.MIN_VALUE),
    /** Signed, 2 bytes. */
    INT16(Short.BYTES, Short.MIN_VALUE, Short.MAX_VALUE, Short.MIN_VALUE),
    /** Signed, 4 bytes. */
    INT32(Integer.BYTES, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE),
    /** Signed, 8 bytes. */
    INT64(Long.BYTES, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE),
    /** Unsigned, 1 byte. */
    UINT8(Byte.BYTES, 0, 0xFFL, 0xFFL),
    /** Unsigned, 2 bytes. */
    UINT16(Short.BYTES, 0, 0xFFFFL, 0xFFFFL),
    /** Unsigned, 4 bytes. */
    UINT32(Integer.BYTES, 0, 0xFFFFFFFFL, 0xFFFFFFFFL);

    private final int size;
    private final long min;
    private final long max;
    private final long nullValue;

    PrimitiveType(final int size, final long min, final long max, final long nullValue) {
        this.size = size;
        this.min = min;
        this.max = max;
        this.nullValue = nullValue;
    }

    /**
     * Finds the type by the name the schema uses.
     *
     * @throws IllegalArgumentException for types the schema of signals does not use (float, char, uint64).
     */
    public static PrimitiveType of(final String schemaName) {
        return valueOf(schemaName.toUpperCase(Locale.ROOT));
    }

    /** Bytes it takes. */
    public int size() {
        return size;
    }

    /** Smallest number its bytes can hold, the null value counted. */
    public long min() {
        return min;
    }

    /** Greatest number its bytes can hold, the null value counted. */
    public long max() {
        return max;
    }

    /** What SBE writes for "no value" unless the schema names another number. */
    public long nullValue() {
        return nullValue;
    }

    /**
     * Reads a number.
     *
     * @param at offset of its first byte.
     */
    public long read(final DirectBuffer buffer, final int at) {
        return switch (this) {
            case INT8 -> buffer.getByte(at);
            case INT16 -> buffer.getShort(at, ByteOrder.LITTLE_ENDIAN);
            case INT32 -> buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            case INT64 -> buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
            case UINT8 -> buffer.getByte(at) & max;
            case UINT16 -> buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & max;
            case UINT32 -> buffer.getInt(at, ByteOrder.LITTLE_ENDIAN) & max;
        };
    }

    /**
     * Writes a number.
     *
     * @param at    offset of its first byte.
     * @param value from {@link #min()} to {@link #max()}; higher bits of others are lost.
     */
    public void write(final MutableDirectBuffer buffer, final int at, final long value) {
        switch (this) {
            case INT8, UINT8 -> buffer.putByte(at, (byte)value);
            case INT16, UINT16 -> buffer.putShort(at, (short)value, ByteOrder.LITTLE_ENDIAN);
            case INT32, UINT32 -> buffer.putInt(at, (int)value, ByteOrder.LITTLE_ENDIAN);
            case INT64 -> buffer.putLong(at, value, ByteOrder.LITTLE_ENDIAN);
            default -> throw new IllegalStateException("no such type: " + this);
        }
    }
}
