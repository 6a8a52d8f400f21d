package io.strowger.codecs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RawBytesTest {
    /** More than are copied word by word. */
    private static final int LONGEST = 300;
    private static final int BEFORE = 5;
    private static final int BEHIND = 11;

    @Test
    void shouldCopyJustTheBytesOfEachLength() {
        for (int length = 0; length <= LONGEST; length++) {
            final byte[] from = bytes(length);
            final byte[] expected = new byte[BEFORE + length + BEHIND];
            Arrays.fill(expected, (byte)-1);
            final byte[] to = expected.clone();
            System.arraycopy(from, BEFORE, expected, BEFORE, length);

            final UnsafeBuffer source = new UnsafeBuffer(from);
            final UnsafeBuffer target = new UnsafeBuffer(to);
            RawBytes.copy(from, source.addressOffset() + BEFORE, to, target.addressOffset() + BEFORE, length);

            assertArrayEquals(expected, to, "of length " + length);
        }
    }

    @Test
    void shouldTellEachByteThatDiffers() {
        for (int length = 0; length <= LONGEST; length++) {
            final UnsafeBuffer one = new UnsafeBuffer(bytes(length));
            final UnsafeBuffer other = new UnsafeBuffer(bytes(length));
            assertTrue(RawBytes.equal(one, BEFORE, other, BEFORE, length), "of length " + length);
            for (int i = -1; i <= length; i++) {
                final byte kept = other.getByte(BEFORE + i);
                other.putByte(BEFORE + i, (byte)(kept + 1));
                assertEquals(i < 0 || i == length, RawBytes.equal(one, BEFORE, other, BEFORE, length), "byte " + i + " of " + length);
                other.putByte(BEFORE + i, kept);
            }
        }
    }

    @Test
    void shouldReadAndWriteLittleEndian() {
        final byte[] bytes = new byte[16];
        final long at = new UnsafeBuffer(bytes).addressOffset();
        RawBytes.putLong(bytes, at, 0x0102030405060708L);
        RawBytes.putInt(bytes, at + 8, 0x0A0B0C0D);
        RawBytes.putShort(bytes, at + 12, (short)0x0E0F);

        assertArrayEquals(new byte[] {8, 7, 6, 5, 4, 3, 2, 1, 0x0D, 0x0C, 0x0B, 0x0A, 0x0F, 0x0E, 0, 0}, bytes);
        assertEquals(0x0102030405060708L, RawBytes.getLong(bytes, at));
        assertEquals(0x0A0B0C0D, RawBytes.getInt(bytes, at + 8));
        assertEquals((short)0x0E0F, RawBytes.getShort(bytes, at + 12));
        assertFalse(RawBytes.equal(bytes, at, bytes, at + 1, 2));
    }

    private static byte[] bytes(final int length) {
        final byte[] bytes = new byte[BEFORE + length + BEHIND];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte)(i * 31 + 7);
        }
        return bytes;
    }
}
