package io.strowger.codecs.kamailio;

import io.strowger.codecs.translate.AsciiText;
import java.util.Arrays;

/**
 * The values of known names in one JSON object, as texts. Strings are unescaped, numbers and words stand as they were written; what is
 * nested is checked and passed over. Of a name that stands twice the first counts.
 *
 * <p>A server writes a variable without a value as the text {@code <null>}: that is no value. One thread; allocates nothing once the
 * longest object has been met.
 */
final class JsonFields {
    private static final int MAX_DEPTH = 16;
    private static final int ABSENT = -1;
    private static final byte[] NULL = AsciiText.bytes("null");
    private static final byte[] NO_VALUE = AsciiText.bytes("<null>");
    private static final int UNICODE_DIGITS = 4;

    private final byte[][] names;
    private final int[] offsets;
    private final int[] lengths;
    private byte[] texts = new byte[1024];
    private int used;
    private byte[] json = texts;
    private int at;
    private int end;

    /**
     * Fields of these names.
     *
     * @param names ASCII, numbered from 0.
     */
    JsonFields(final String... names) {
        this.names = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            this.names[i] = AsciiText.bytes(names[i]);
        }
        offsets = new int[names.length];
        lengths = new int[names.length];
    }

    /** Holds the texts. */
    byte[] bytes() {
        return texts;
    }

    /** Where the text of a field begins. */
    int offset(final int field) {
        return offsets[field];
    }

    /** Length of the text, 0 for none. */
    int length(final int field) {
        return Math.max(0, lengths[field]);
    }

    /** Whether the name is there at all, also without a value. */
    boolean isTold(final int field) {
        return lengths[field] != ABSENT;
    }

    /** Whether the name has a value. */
    boolean has(final int field) {
        return lengths[field] > 0;
    }

    /** Whether the value is this word. */
    boolean is(final int field, final byte[] word) {
        return AsciiText.equals(texts, offsets[field], length(field), word);
    }

    /** The value as a number. */
    long number(final int field, final long absent) {
        return AsciiText.number(texts, offsets[field], length(field), absent);
    }

    /**
     * Reads an object.
     *
     * @return false when the bytes are not exactly one JSON object.
     */
    boolean parse(final byte[] bytes, final int offset, final int length) {
        json = bytes;
        at = offset;
        end = offset + length;
        used = 0;
        if (texts.length < length) {
            texts = new byte[Math.max(length, 2 * texts.length)];
        }
        Arrays.fill(lengths, ABSENT);
        skipSpaces();
        final boolean isObject = take('{') && members();
        skipSpaces();
        return isObject && at == end;
    }

    private boolean members() {
        skipSpaces();
        if (take('}')) {
            return true;
        }
        while (true) {
            skipSpaces();
            final int nameAt = used;
            if (!take('"') || !string()) {
                return false;
            }
            final int field = find(nameAt, used - nameAt);
            used = nameAt;
            skipSpaces();
            if (!take(':') || !member(field)) {
                return false;
            }
            skipSpaces();
            if (take('}')) {
                return true;
            }
            if (!take(',')) {
                return false;
            }
        }
    }

    private boolean member(final int field) {
        skipSpaces();
        final int valueAt = used;
        if (!value(0)) {
            return false;
        }
        if (field >= 0 && lengths[field] == ABSENT) {
            final int length = used - valueAt;
            final boolean isNone = AsciiText.equals(texts, valueAt, length, NO_VALUE);
            offsets[field] = valueAt;
            lengths[field] = isNone ? 0 : length;
        } else {
            used = valueAt;
        }
        return true;
    }

    /** Reads a value; only a string, a number, true or false leaves a text behind. */
    private boolean value(final int depth) {
        if (at == end || depth > MAX_DEPTH) {
            return false;
        }
        if (take('"')) {
            return string();
        }
        if (take('{')) {
            return nested('}', true, depth);
        }
        if (take('[')) {
            return nested(']', false, depth);
        }
        return literal();
    }

    private boolean nested(final char close, final boolean isObject, final int depth) {
        final int before = used;
        skipSpaces();
        boolean isGood = true;
        boolean isOpen = !take(close);
        while (isOpen && isGood) {
            skipSpaces();
            if (isObject) {
                isGood = take('"') && string();
                skipSpaces();
                isGood = isGood && take(':');
                skipSpaces();
            }
            isGood = isGood && value(depth + 1);
            skipSpaces();
            isOpen = !take(close);
            isGood = isGood && (!isOpen || take(','));
        }
        used = before;
        return isGood;
    }

    private boolean literal() {
        final int from = at;
        while (at < end && isLiteral(json[at])) {
            at++;
        }
        final int length = at - from;
        if (!AsciiText.equals(json, from, length, NULL)) {
            System.arraycopy(json, from, texts, used, length);
            used += length;
        }
        return length > 0;
    }

    /** A number or one of the three words: which, is of no matter here. */
    private static boolean isLiteral(final byte value) {
        return AsciiText.isDigit(value) || (AsciiText.lower(value) >= 'a' && AsciiText.lower(value) <= 'z')
            || value == '-' || value == '+' || value == '.';
    }

    /** Reads a string behind its first quotation mark. A control character in it is taken as it is: a script does not escape all. */
    private boolean string() {
        while (at < end) {
            final byte value = json[at++];
            if (value == '"') {
                return true;
            }
            if (value != '\\') {
                texts[used++] = value;
            } else if (at == end || !escape(json[at++])) {
                return false;
            }
        }
        return false;
    }

    private boolean escape(final byte escaped) {
        switch (escaped) {
            case '"', '\\', '/' -> texts[used++] = escaped;
            case 'b' -> texts[used++] = '\b';
            case 'f' -> texts[used++] = '\f';
            case 'n' -> texts[used++] = '\n';
            case 'r' -> texts[used++] = '\r';
            case 't' -> texts[used++] = '\t';
            case 'u' -> {
                return unicode();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean unicode() {
        final int unit = unit();
        if (unit < 0) {
            return false;
        }
        int point = unit;
        if (Character.isSurrogate((char)unit)) {
            point = '\uFFFD';
            if (Character.isHighSurrogate((char)unit) && at + 1 < end && json[at] == '\\' && json[at + 1] == 'u') {
                at += 2;
                final int low = unit();
                if (low < 0) {
                    return false;
                }
                point = Character.isLowSurrogate((char)low) ? Character.toCodePoint((char)unit, (char)low) : point;
            }
        }
        utf8(point);
        return true;
    }

    private int unit() {
        if (end - at < UNICODE_DIGITS) {
            return -1;
        }
        int unit = 0;
        for (int i = 0; i < UNICODE_DIGITS; i++) {
            final int digit = AsciiText.hex(json[at++]);
            if (digit < 0) {
                return -1;
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }

    private void utf8(final int point) {
        if (point < 0x80) {
            texts[used++] = (byte)point;
        } else if (point < 0x800) {
            texts[used++] = (byte)(0xC0 | (point >> 6));
            texts[used++] = (byte)(0x80 | (point & 0x3F));
        } else if (point < 0x10000) {
            texts[used++] = (byte)(0xE0 | (point >> 12));
            texts[used++] = (byte)(0x80 | ((point >> 6) & 0x3F));
            texts[used++] = (byte)(0x80 | (point & 0x3F));
        } else {
            texts[used++] = (byte)(0xF0 | (point >> 18));
            texts[used++] = (byte)(0x80 | ((point >> 12) & 0x3F));
            texts[used++] = (byte)(0x80 | ((point >> 6) & 0x3F));
            texts[used++] = (byte)(0x80 | (point & 0x3F));
        }
    }

    private int find(final int offset, final int length) {
        for (int i = 0; i < names.length; i++) {
            if (AsciiText.equals(texts, offset, length, names[i])) {
                return i;
            }
        }
        return -1;
    }

    private boolean take(final int value) {
        if (at < end && json[at] == value) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (at < end && (json[at] == ' ' || json[at] == '\t' || json[at] == '\n' || json[at] == '\r')) {
            at++;
        }
    }
}
