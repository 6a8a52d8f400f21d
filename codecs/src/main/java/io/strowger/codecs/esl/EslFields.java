package io.strowger.codecs.esl;

import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.FieldTexts;
import io.strowger.codecs.translate.NameTable;
import java.util.Arrays;
import java.util.List;

/**
 * The values of known names of one event or row, decoded. Of a name that stands twice the first counts; names without regard to case.
 *
 * <p>One thread; allocates nothing once the longest event has been met.
 */
final class EslFields extends FieldTexts {
    private final NameTable names;

    /**
     * Fields of these names.
     *
     * @param names ASCII, numbered from 0.
     */
    EslFields(final List<String> names) {
        super(names.size());
        this.names = new NameTable(names);
    }

    /** Whether both names have the same value. */
    boolean areEqual(final int field, final int another) {
        return isSpan(field, span(another));
    }

    /** Whether the value is this span of the values. */
    boolean isSpan(final int field, final long span) {
        final int length = (int)span;
        final int offset = (int)(span >>> Integer.SIZE);
        final int from = offset(field);
        return length(field) == length && Arrays.equals(bytes(), from, from + length, bytes(), offset, offset + length);
    }

    /**
     * Where a word begins in the value.
     *
     * @return offset in {@link #bytes()}, or -1.
     */
    int find(final int field, final byte[] word) {
        final int from = offset(field);
        for (int at = from + length(field) - word.length; at >= from; at--) {
            if (AsciiText.equals(bytes(), at, word.length, word)) {
                return at;
            }
        }
        return -1;
    }

    /** The value as {@code offset << 32 | length}. */
    long span(final int field) {
        return ((long)offset(field) << Integer.SIZE) | length(field);
    }

    /** Number of a name with {@link NameTable#PADDING} bytes behind it, or {@link NameTable#NONE}. */
    int number(final byte[] bytes, final int offset, final int length) {
        return names.find(bytes, offset, length);
    }
}
