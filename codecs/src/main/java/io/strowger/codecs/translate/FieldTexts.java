package io.strowger.codecs.translate;

import java.util.Arrays;

/**
 * The values of numbered fields of one event, decoded, one behind the other. Of a field that is told twice the first value counts.
 *
 * <pre>
 *   |-- value of 3 --|-- value of 0 --|-- value being written --|
 *    offset(3)        offset(0)
 * </pre>
 *
 * <p>A reader clears, then for each value says begin, append, and end or drop. One thread; allocates nothing once the longest event has
 * been met.
 */
public abstract class FieldTexts {
    private static final int FIRST_CAPACITY = 4096;
    private static final int ABSENT = -1;

    private final int[] offsets;
    private final int[] lengths;
    private byte[] texts = new byte[FIRST_CAPACITY];
    private int used;
    private int valueStart;

    /**
     * Fields without a value.
     *
     * @param count how many.
     */
    protected FieldTexts(final int count) {
        offsets = new int[count];
        lengths = new int[count];
        Arrays.fill(lengths, ABSENT);
    }

    /** Holds the values. */
    public final byte[] bytes() {
        return texts;
    }

    /** Where the value begins. */
    public final int offset(final int field) {
        return offsets[field];
    }

    /** Length of the value, 0 for none. */
    public final int length(final int field) {
        return Math.max(0, lengths[field]);
    }

    /** Whether the field has a value that is not empty. */
    public final boolean has(final int field) {
        return lengths[field] > 0;
    }

    /** Whether the field is told, also without a value. */
    public final boolean isTold(final int field) {
        return lengths[field] != ABSENT;
    }

    /** Whether the value is this word. */
    public final boolean is(final int field, final byte[] word) {
        return AsciiText.equals(texts, offsets[field], length(field), word);
    }

    /** The value as a number. */
    public final long number(final int field, final long absent) {
        return AsciiText.number(texts, offsets[field], length(field), absent);
    }

    /**
     * Forgets all values.
     *
     * @param most bytes that all values can have together.
     */
    public final void clear(final int most) {
        Arrays.fill(lengths, ABSENT);
        Arrays.fill(offsets, 0);
        used = 0;
        if (texts.length < most + NameTable.PADDING) {
            texts = new byte[Math.max(most + NameTable.PADDING, 2 * texts.length)];
        }
    }

    /** Begins a value. */
    public final void begin() {
        valueStart = used;
    }

    /** One more byte of the value. */
    public final void append(final byte value) {
        texts[used++] = value;
    }

    /** More bytes of the value. */
    public final void append(final byte[] bytes, final int offset, final int length) {
        System.arraycopy(bytes, offset, texts, used, length);
        used += length;
    }

    /** Whether the value that is being written is this word so far. */
    protected final boolean isWritten(final byte[] word) {
        return AsciiText.equals(texts, valueStart, used - valueStart, word);
    }

    /** Drops what is written of the value. */
    public final void drop() {
        used = valueStart;
    }

    /** Ends the value: it belongs to the field, unless that is told already. */
    public final void end(final int field) {
        if (lengths[field] == ABSENT) {
            offsets[field] = valueStart;
            lengths[field] = used - valueStart;
        } else {
            drop();
        }
    }
}
