package io.strowger.codecs.kamailio;

import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.FieldTexts;
import io.strowger.codecs.translate.JsonCursor;

/**
 * The values of known names in one JSON object, as texts. Strings are unescaped, numbers and words stand as they were written; what is
 * nested is checked and passed over. Where one of the known names stands twice, two readers could read two things: that is refused.
 *
 * <p>A server writes a variable without a value as the text {@code <null>}: that is no value. One thread; allocates nothing once the
 * longest object has been met.
 */
final class JsonFields extends FieldTexts {
    private static final int MAX_DEPTH = 16;
    private static final byte[] NULL = AsciiText.bytes("null");
    private static final byte[] NO_VALUE = AsciiText.bytes("<null>");

    private final byte[][] names;
    private final JsonCursor json = new JsonCursor();
    /** A bit for each known name that has stood. */
    private long seen;

    /**
     * Fields of these names.
     *
     * @param names ASCII, numbered from 0, at most 64.
     */
    JsonFields(final String... names) {
        super(names.length);
        this.names = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            this.names[i] = AsciiText.bytes(names[i]);
        }
    }

    /**
     * Reads an object.
     *
     * @return false when the bytes are not exactly one JSON object, or a name stands twice.
     */
    boolean parse(final byte[] bytes, final int offset, final int length) {
        json.begin(bytes, offset, offset + length);
        clear(length);
        seen = 0;
        json.skipSpaces();
        final boolean isObject = json.take('{') && members(bytes);
        json.skipSpaces();
        return isObject && json.isAtEnd();
    }

    private boolean members(final byte[] bytes) {
        json.skipSpaces();
        if (json.take('}')) {
            return true;
        }
        while (true) {
            json.skipSpaces();
            begin();
            if (!json.take('"') || !json.string(this)) {
                return false;
            }
            final int field = find();
            drop();
            json.skipSpaces();
            if (isAgain(field) || !json.take(':') || !member(field, bytes)) {
                return false;
            }
            json.skipSpaces();
            if (json.take('}')) {
                return true;
            }
            if (!json.take(',')) {
                return false;
            }
        }
    }

    private boolean isAgain(final int field) {
        final long bit = field < 0 ? 0 : 1L << field;
        final boolean isAgain = (seen & bit) != 0;
        seen |= bit;
        return isAgain;
    }

    private boolean member(final int field, final byte[] bytes) {
        json.skipSpaces();
        if (!value(0, bytes)) {
            return false;
        }
        if (field < 0 || isWritten(NO_VALUE)) {
            drop();
        }
        if (field >= 0) {
            end(field);
        }
        return true;
    }

    /** Reads a value; only a string, a number, true or false leaves a text behind. */
    private boolean value(final int depth, final byte[] bytes) {
        if (json.isAtEnd() || depth > MAX_DEPTH) {
            return false;
        }
        if (json.take('"')) {
            return json.string(this);
        }
        if (json.take('{')) {
            return nested('}', true, depth, bytes);
        }
        if (json.take('[')) {
            return nested(']', false, depth, bytes);
        }
        return literal(bytes);
    }

    private boolean nested(final char close, final boolean isObject, final int depth, final byte[] bytes) {
        json.skipSpaces();
        boolean isGood = true;
        boolean isOpen = !json.take(close);
        while (isOpen && isGood) {
            json.skipSpaces();
            if (isObject) {
                isGood = json.take('"') && json.string(this);
                json.skipSpaces();
                isGood = isGood && json.take(':');
                json.skipSpaces();
            }
            isGood = isGood && value(depth + 1, bytes);
            json.skipSpaces();
            isOpen = !json.take(close);
            isGood = isGood && (!isOpen || json.take(','));
        }
        drop();
        return isGood;
    }

    private boolean literal(final byte[] bytes) {
        final int from = json.at();
        final boolean isLiteral = json.skipLiteral();
        final int length = json.at() - from;
        if (!AsciiText.equals(bytes, from, length, NULL)) {
            append(bytes, from, length);
        }
        return isLiteral;
    }

    /** Number of the name that has just been read. */
    private int find() {
        for (int i = 0; i < names.length; i++) {
            if (isWritten(names[i])) {
                return i;
            }
        }
        return -1;
    }
}
