package io.strowger.codecs;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Little-endian reads and writes without a bounds check each: for a slice that was checked once, as a whole.
 *
 * <p>A place is what Agrona's buffers are made of: an array (null off heap) and an address in it. The caller answers for every place; the
 * methods that take buffers check them. Stateless; any thread; allocates nothing.
 */
public final class RawBytes {
    private static final boolean SWAP = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;

    /** Up to here words are copied one by one, cheaper than the call of the general copy. */
    private static final int SHORT = 256;

    private RawBytes() {
    }

    /** Reads an i64. */
    public static long getLong(final byte[] array, final long at) {
        final long value = UnsafeApi.getLong(array, at);
        return SWAP ? Long.reverseBytes(value) : value;
    }

    /** Reads an i32. */
    public static int getInt(final byte[] array, final long at) {
        final int value = UnsafeApi.getInt(array, at);
        return SWAP ? Integer.reverseBytes(value) : value;
    }

    /** Reads an i16. */
    public static short getShort(final byte[] array, final long at) {
        final short value = UnsafeApi.getShort(array, at);
        return SWAP ? Short.reverseBytes(value) : value;
    }

    /** Writes an i64. */
    public static void putLong(final byte[] array, final long at, final long value) {
        UnsafeApi.putLong(array, at, SWAP ? Long.reverseBytes(value) : value);
    }

    /** Writes an i32. */
    public static void putInt(final byte[] array, final long at, final int value) {
        UnsafeApi.putInt(array, at, SWAP ? Integer.reverseBytes(value) : value);
    }

    /** Writes an i16. */
    public static void putShort(final byte[] array, final long at, final short value) {
        UnsafeApi.putShort(array, at, SWAP ? Short.reverseBytes(value) : value);
    }

    /** Copies bytes between two places that do not overlap. */
    public static void copy(final byte[] from, final long fromAt, final byte[] to, final long toAt, final int length) {
        if (length > SHORT) {
            UnsafeApi.copyMemory(from, fromAt, to, toAt, length);
            return;
        }
        if (length < Long.BYTES) {
            copyFew(from, fromAt, to, toAt, length);
            return;
        }
        final int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            UnsafeApi.putLong(to, toAt + i, UnsafeApi.getLong(from, fromAt + i));
        }
        // the last word may overlap the one before it: no loop over single bytes
        UnsafeApi.putLong(to, toAt + last, UnsafeApi.getLong(from, fromAt + last));
    }

    /** Less than a word. */
    private static void copyFew(final byte[] from, final long fromAt, final byte[] to, final long toAt, final int length) {
        if (length >= Integer.BYTES) {
            final int last = length - Integer.BYTES;
            UnsafeApi.putInt(to, toAt, UnsafeApi.getInt(from, fromAt));
            UnsafeApi.putInt(to, toAt + last, UnsafeApi.getInt(from, fromAt + last));
        } else if (length > 0) {
            // first, middle and last byte are all of one, two or three
            final int middle = length / 2;
            UnsafeApi.putByte(to, toAt, UnsafeApi.getByte(from, fromAt));
            UnsafeApi.putByte(to, toAt + middle, UnsafeApi.getByte(from, fromAt + middle));
            UnsafeApi.putByte(to, toAt + length - 1, UnsafeApi.getByte(from, fromAt + length - 1));
        }
    }

    /** Compares bytes at two places. */
    public static boolean equal(final byte[] one, final long oneAt, final byte[] other, final long otherAt, final int length) {
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                if (UnsafeApi.getByte(one, oneAt + i) != UnsafeApi.getByte(other, otherAt + i)) {
                    return false;
                }
            }
            return true;
        }
        final int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (UnsafeApi.getLong(one, oneAt + i) != UnsafeApi.getLong(other, otherAt + i)) {
                return false;
            }
        }
        // the last word may overlap the one before it: no loop over single bytes
        return UnsafeApi.getLong(one, oneAt + last) == UnsafeApi.getLong(other, otherAt + last);
    }

    /**
     * Compares two slices of one length.
     *
     * @throws IndexOutOfBoundsException when a slice is not within its buffer and bounds checks are on.
     */
    public static boolean equal(final DirectBuffer one, final int oneOffset, final DirectBuffer other, final int otherOffset,
                                final int length) {
        if (DirectBuffer.SHOULD_BOUNDS_CHECK) {
            one.boundsCheck(oneOffset, length);
            other.boundsCheck(otherOffset, length);
        }
        return equal(one.byteArray(), one.addressOffset() + oneOffset, other.byteArray(), other.addressOffset() + otherOffset, length);
    }
}
