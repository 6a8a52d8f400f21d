package io.strowger.persistence.cycle;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Reads the few shapes of Chronicle's binary wire that stand in a cycle file, and takes no other: each byte is either a value that is
 * handed out or exactly what Chronicle would have written there.
 *
 * <p>The first deviation is remembered with its place and ends the scan: all later reads give 0. One thread at a time.
 */
final class WireScanner {
    private static final int EVENT_NAME = 0xB9;
    private static final int TYPE_PREFIX = 0xB6;
    private static final int FIELD_NAME = 0xC0;
    private static final int NESTED = 0x82;
    private static final int PADDING = 0x8F;
    private static final int LONG_PADDING = 0x8E;
    private static final int LONG_PADDING_HEAD = 5;
    private static final int ARRAY = 0x8D;
    private static final int INT64 = 0xA7;
    private static final int UINT8 = 0xA1;
    private static final int UINT16 = 0xA2;
    private static final int UINT32 = 0xA3;

    private final DirectBuffer buffer;
    private final long base;
    private final int limit;
    private int offset;
    private int faultOffset = -1;

    /**
     * A scan of a slice.
     *
     * @param base  place in the file of the buffer's first byte: padding depends on it.
     * @param limit the slice ends before this offset.
     */
    WireScanner(final DirectBuffer buffer, final long base, final int offset, final int limit) {
        this.buffer = buffer;
        this.base = base;
        this.offset = offset;
        this.limit = Math.min(limit, buffer.capacity());
    }

    int offset() {
        return offset;
    }

    /**
     * Offset of the first byte that is not as Chronicle writes it, or -1.
     */
    int faultOffset() {
        return faultOffset;
    }

    void eventName(final String name) {
        expect(EVENT_NAME);
        expect(name.length());
        text(name);
    }

    void type(final String name) {
        expect(TYPE_PREFIX);
        expect(name.length());
        text(name);
    }

    void field(final String name) {
        expect(FIELD_NAME + name.length());
        text(name);
    }

    void text(final String text) {
        final byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
        for (final byte b : expected) {
            expect(b & 0xFF);
        }
    }

    /**
     * Begins a nested object.
     *
     * @return the offset behind its last byte.
     */
    int nested() {
        expect(NESTED);
        final int length = take(Integer.BYTES) ? buffer.getInt(offset - Integer.BYTES, ByteOrder.LITTLE_ENDIAN) : 0;
        return offset + length;
    }

    /**
     * Begins an array of longs, aligned so that its capacity stands at a multiple of 8; capacity, used and the elements follow.
     */
    void array() {
        align();
        expect(ARRAY);
    }

    /**
     * A bound long, aligned to a multiple of 8.
     *
     * @return the offset of its value.
     */
    int boundLong() {
        align();
        expect(INT64);
        return take(Long.BYTES) ? offset - Long.BYTES : 0;
    }

    long rawLong() {
        return take(Long.BYTES) ? buffer.getLong(offset - Long.BYTES, ByteOrder.LITTLE_ENDIAN) : 0;
    }

    /**
     * An unsigned number in its shortest form.
     */
    long number() {
        final int code = take(1) ? buffer.getByte(offset - 1) & 0xFF : 0;
        return switch (code) {
            case UINT8 -> take(1) ? buffer.getByte(offset - 1) & 0xFF : 0;
            case UINT16 -> take(Short.BYTES) ? buffer.getShort(offset - Short.BYTES, ByteOrder.LITTLE_ENDIAN) & 0xFFFF : 0;
            case UINT32 -> take(Integer.BYTES) ? buffer.getInt(offset - Integer.BYTES, ByteOrder.LITTLE_ENDIAN) & 0xFFFFFFFFL : 0;
            default -> {
                fault(offset - 1);
                yield 0;
            }
        };
    }

    /**
     * Names a fault at a place that was read well but says the wrong thing.
     */
    void fault(final int at) {
        if (faultOffset < 0) {
            faultOffset = at;
        }
    }

    private void align() {
        int pads = (int)(7 - ((base + offset) & 7));
        if (pads >= LONG_PADDING_HEAD) {
            pads -= LONG_PADDING_HEAD;
            expect(LONG_PADDING);
            expect(pads);
            expect(0);
            expect(0);
            expect(0);
            for (int i = 0; i < pads; i++) {
                expect(0);
            }
        } else {
            for (int i = 0; i < pads; i++) {
                expect(PADDING);
            }
        }
    }

    private void expect(final int value) {
        if (take(1) && value != (buffer.getByte(offset - 1) & 0xFF)) {
            fault(offset - 1);
        }
    }

    private boolean take(final int length) {
        if (faultOffset >= 0) {
            return false;
        }
        if (offset + length > limit) {
            fault(Math.min(offset, limit));
            return false;
        }
        offset += length;
        return true;
    }
}
