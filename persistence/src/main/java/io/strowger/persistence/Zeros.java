package io.strowger.persistence;

import io.strowger.persistence.cycle.CycleFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks for bytes where only zeros should be.
 */
final class Zeros {
    private static final int SLICE = 256 << 10;

    private Zeros() {
    }

    /**
     * Last byte of a file that is not zero.
     *
     * @param from where to begin.
     * @return its place, or from - 1 when all are zero.
     */
    static long lastNonZero(final CycleFile file, final long from) {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(SLICE);
        final DirectBuffer buffer = new UnsafeBuffer(bytes);
        long last = from - 1;
        final long size = file.size();
        for (long at = from; at < size; at += SLICE) {
            final int found = last(buffer, read(file, bytes, at, size));
            if (found >= 0) {
                last = at + found;
            }
        }
        return last;
    }

    /**
     * First byte of a range that is not zero.
     *
     * @return its place, or -1.
     */
    static long firstNonZero(final CycleFile file, final long from, final long to) {
        final ByteBuffer bytes = ByteBuffer.allocateDirect((int)Math.min(SLICE, to - from));
        final DirectBuffer buffer = new UnsafeBuffer(bytes);
        for (long at = from; at < to; at += SLICE) {
            final int found = first(buffer, read(file, bytes, at, to));
            if (found >= 0) {
                return at + found;
            }
        }
        return -1;
    }

    private static int read(final CycleFile file, final ByteBuffer bytes, final long at, final long end) {
        bytes.position(0).limit((int)Math.min(bytes.capacity(), end - at));
        file.read(bytes, at);
        return bytes.position();
    }

    private static int first(final DirectBuffer buffer, final int length) {
        int i = 0;
        while (i + Long.BYTES <= length && 0 == buffer.getLong(i, ByteOrder.LITTLE_ENDIAN)) {
            i += Long.BYTES;
        }
        for (; i < length; i++) {
            if (0 != buffer.getByte(i)) {
                return i;
            }
        }
        return -1;
    }

    private static int last(final DirectBuffer buffer, final int length) {
        int i = length;
        while (i >= Long.BYTES && 0 == buffer.getLong(i - Long.BYTES, ByteOrder.LITTLE_ENDIAN)) {
            i -= Long.BYTES;
        }
        for (i--; i >= 0; i--) {
            if (0 != buffer.getByte(i)) {
                return i;
            }
        }
        return -1;
    }
}
