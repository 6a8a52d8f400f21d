package io.strowger.persistence;

import io.strowger.persistence.cycle.CycleFile;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Looks for bytes where only zeros should be.
 */
final class Zeros {
    private static final int SLICE = 1 << 20;

    private Zeros() {
    }

    /**
     * Last byte of a file that is not zero.
     *
     * @param from where to begin.
     * @return its place, or from - 1 when all are zero.
     */
    static long lastNonZero(final CycleFile file, final long from) {
        long last = from - 1;
        final long size = file.size();
        for (long at = from; at < size; at += SLICE) {
            final int length = (int)Math.min(SLICE, size - at);
            final int found = file.covers(at, length) ? last(file.buffer(), file.offset(at), length) : -1;
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
        for (long at = from; at < to; at += SLICE) {
            final int length = (int)Math.min(SLICE, to - at);
            if (file.covers(at, length)) {
                final int found = first(file.buffer(), file.offset(at), length);
                if (found >= 0) {
                    return at + found;
                }
            }
        }
        return -1;
    }

    private static int first(final DirectBuffer buffer, final int offset, final int length) {
        int i = 0;
        while (i + Long.BYTES <= length && 0 == buffer.getLong(offset + i, ByteOrder.LITTLE_ENDIAN)) {
            i += Long.BYTES;
        }
        for (; i < length; i++) {
            if (0 != buffer.getByte(offset + i)) {
                return i;
            }
        }
        return -1;
    }

    private static int last(final DirectBuffer buffer, final int offset, final int length) {
        int i = length;
        while (i >= Long.BYTES && 0 == buffer.getLong(offset + i - Long.BYTES, ByteOrder.LITTLE_ENDIAN)) {
            i -= Long.BYTES;
        }
        for (i--; i >= 0; i--) {
            if (0 != buffer.getByte(offset + i)) {
                return i;
            }
        }
        return -1;
    }
}
