package io.strowger.codecs.esl;

import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.NameTable;
import java.util.Arrays;
import java.util.List;

/**
 * The values of known names of one event or row, decoded. Of a name that stands twice the first counts; names without regard to case.
 *
 * <p>One thread; allocates nothing once the longest event has been met.
 */
final class EslFields {
    private static final int ABSENT = -1;

    private final NameTable names;
    private final int[] offsets;
    private final int[] lengths;
    private byte[] texts = new byte[4096];
    private int used;
    private int valueStart;

    /**
     * Fields of these names.
     *
     * @param names ASCII, numbered from 0.
     */
    EslFields(final List<String> names) {
        this.names = new NameTable(names);
        offsets = new int[names.size()];
        lengths = new int[names.size()];
        clear(0);
    }

    /** Holds the values. */
    byte[] bytes() {
        return texts;
    }

    /** Where the value begins. */
    int offset(final int field) {
        return offsets[field];
    }

    /** Length of the value, 0 for none. */
    int length(final int field) {
        return Math.max(0, lengths[field]);
    }

    /** Whether the name has a value that is not empty. */
    boolean has(final int field) {
        return lengths[field] > 0;
    }

    /** Whether the name is there, also without a value. */
    boolean isTold(final int field) {
        return lengths[field] != ABSENT;
    }

    /** Whether the value is this word. */
    boolean is(final int field, final byte[] word) {
        return AsciiText.equals(texts, offsets[field], length(field), word);
    }

    /** Whether both names have the same value. */
    boolean areEqual(final int field, final int another) {
        return isSpan(field, span(another));
    }

    /** Whether the value is this span of the values. */
    boolean isSpan(final int field, final long span) {
        final int length = (int)span;
        final int offset = (int)(span >>> Integer.SIZE);
        return length(field) == length && Arrays.equals(texts, offsets[field], offsets[field] + length, texts, offset, offset + length);
    }

    /** The value as a number. */
    long number(final int field, final long absent) {
        return AsciiText.number(texts, offsets[field], length(field), absent);
    }

    /**
     * Where a word begins in the value.
     *
     * @return offset in {@link #bytes()}, or -1.
     */
    int find(final int field, final byte[] word) {
        final int last = offsets[field] + length(field) - word.length;
        for (int at = last; at >= offsets[field]; at--) {
            if (AsciiText.equals(texts, at, word.length, word)) {
                return at;
            }
        }
        return -1;
    }

    /** The value as {@code offset << 32 | length}. */
    long span(final int field) {
        return ((long)offsets[field] << Integer.SIZE) | length(field);
    }

    /**
     * Forgets all values.
     *
     * @param most bytes that all values can have together.
     */
    void clear(final int most) {
        Arrays.fill(lengths, ABSENT);
        Arrays.fill(offsets, 0);
        used = 0;
        if (texts.length < most + NameTable.PADDING) {
            texts = new byte[Math.max(most + NameTable.PADDING, 2 * texts.length)];
        }
    }

    /** Number of a name with {@link NameTable#PADDING} bytes behind it, or {@link NameTable#NONE}. */
    int number(final byte[] bytes, final int offset, final int length) {
        return names.find(bytes, offset, length);
    }

    /** Begins a value. */
    void begin() {
        valueStart = used;
    }

    /** One more byte of the value. */
    void append(final byte value) {
        texts[used++] = value;
    }

    /** More bytes of the value. */
    void append(final byte[] bytes, final int offset, final int length) {
        System.arraycopy(bytes, offset, texts, used, length);
        used += length;
    }

    /** Ends the value: it belongs to the field, unless that has one. */
    void end(final int field) {
        if (lengths[field] == ABSENT) {
            offsets[field] = valueStart;
            lengths[field] = used - valueStart;
        } else {
            used = valueStart;
        }
    }
}
