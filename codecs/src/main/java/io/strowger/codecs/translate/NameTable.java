package io.strowger.codecs.translate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the number of a known name from its bytes, without regard to case and without a {@code String}.
 *
 * <p>A name is held as up to five words of eight bytes with the bit 0x20 set in every byte that belongs to the name (the lower case of a
 * letter) and zeros behind it. Open addressing over a table at most a quarter full; a hit is compared in full.
 *
 * <pre>
 *   words:  | n e w c h a n n | e l 0 0 0 0 0 0 | 0 ... | 0 ... | 0 ... |     number: position in the list of names
 * </pre>
 *
 * <p>Immutable; any thread.
 */
public final class NameTable {
    /** Returned for a name that is not in the table. */
    public static final int NONE = -1;

    /** Longest name in bytes. */
    public static final int MAX_NAME_LENGTH = 40;

    /** Bytes that must be readable behind the last byte of a name. */
    public static final int PADDING = 8;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORDS = MAX_NAME_LENGTH / Long.BYTES;
    private static final long LOWER = 0x2020202020202020L;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final long[] words;
    private final int[] numbers;
    private final int mask;

    /**
     * A table of these names.
     *
     * @param names ASCII, 1 to {@link #MAX_NAME_LENGTH} bytes each, no two the same but for case.
     */
    public NameTable(final List<String> names) {
        final int capacity = Integer.highestOneBit(names.size() * 4) * 2;
        mask = capacity - 1;
        words = new long[capacity * WORDS];
        numbers = new int[capacity];
        Arrays.fill(numbers, NONE);
        for (int i = 0; i < names.size(); i++) {
            add(names.get(i), i);
        }
    }

    /**
     * Finds a name.
     *
     * @param bytes  holds it and at least {@link #PADDING} bytes behind it.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return its number, or {@link #NONE}.
     */
    public int find(final byte[] bytes, final int offset, final int length) {
        if (length <= 0 || length > MAX_NAME_LENGTH) {
            return NONE;
        }
        long hash = 0;
        for (int at = 0; at < length; at += Long.BYTES) {
            hash = mix(hash, word(bytes, offset, length, at));
        }
        int slot = slot(hash);
        while (numbers[slot] != NONE) {
            if (matches(slot, bytes, offset, length)) {
                return numbers[slot];
            }
            slot = (slot + 1) & mask;
        }
        return NONE;
    }

    private void add(final String name, final int number) {
        final byte[] bytes = Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), MAX_NAME_LENGTH + PADDING);
        final int length = name.length();
        if (length == 0 || length > MAX_NAME_LENGTH || find(bytes, 0, length) != NONE) {
            throw new IllegalArgumentException("name is empty, too long or there already: " + name);
        }
        long hash = 0;
        for (int at = 0; at < length; at += Long.BYTES) {
            hash = mix(hash, word(bytes, 0, length, at));
        }
        int slot = slot(hash);
        while (numbers[slot] != NONE) {
            slot = (slot + 1) & mask;
        }
        numbers[slot] = number;
        for (int at = 0; at < length; at += Long.BYTES) {
            words[slot * WORDS + at / Long.BYTES] = word(bytes, 0, length, at);
        }
    }

    private boolean matches(final int slot, final byte[] bytes, final int offset, final int length) {
        final int first = slot * WORDS;
        int i = 0;
        for (int at = 0; at < length; at += Long.BYTES) {
            if (words[first + i] != word(bytes, offset, length, at)) {
                return false;
            }
            i++;
        }
        return i == WORDS || words[first + i] == 0;
    }

    private int slot(final long hash) {
        return (int)(hash >>> 32) & mask;
    }

    private static long mix(final long hash, final long word) {
        return (Long.rotateLeft(hash, 23) ^ word) * MIX;
    }

    /** Eight bytes of the name from {@code at}, lower case, zeros behind the end. */
    private static long word(final byte[] bytes, final int offset, final int length, final int at) {
        final long word = (long)LONG.get(bytes, offset + at) | LOWER;
        final int missing = at + Long.BYTES - length;
        return missing <= 0 ? word : word & (-1L >>> (missing * Byte.SIZE));
    }
}
