package io.strowger.codecs.translate;

/**
 * Steps over JSON text and decodes its strings; which value may stand where is up to the reader.
 *
 * <p>One thread; allocates nothing.
 */
public final class JsonCursor {
    private static final int UNICODE_DIGITS = 4;

    private byte[] json;
    private int at;
    private int end;

    /**
     * Begins with a text.
     *
     * @param bytes  hold it; they must stay until it is read.
     * @param offset of its first byte.
     * @param to     offset behind its last.
     */
    public void begin(final byte[] bytes, final int offset, final int to) {
        json = bytes;
        at = offset;
        end = to;
    }

    /** Offset of the byte that comes next. */
    public int at() {
        return at;
    }

    /** Whether no byte comes. */
    public boolean isAtEnd() {
        return at >= end;
    }

    /** The byte that comes next; there must be one. */
    public byte next() {
        return json[at];
    }

    /** Steps over the byte that comes next if it is this one. */
    public boolean take(final int value) {
        if (at < end && json[at] == value) {
            at++;
            return true;
        }
        return false;
    }

    /** Steps over white space. */
    public void skipSpaces() {
        while (at < end && (json[at] == ' ' || json[at] == '\t' || json[at] == '\n' || json[at] == '\r')) {
            at++;
        }
    }

    /**
     * Steps over a number or one of the three words: which, is of no matter here.
     *
     * @return false when there is none.
     */
    public boolean skipLiteral() {
        final int from = at;
        while (at < end && isLiteral(json[at])) {
            at++;
        }
        return at > from;
    }

    private static boolean isLiteral(final byte value) {
        return AsciiText.isDigit(value) || (AsciiText.lower(value) >= 'a' && AsciiText.lower(value) <= 'z')
            || value == '-' || value == '+' || value == '.';
    }

    /**
     * Steps over a string, unread, behind its first quotation mark.
     *
     * @return false when it does not end.
     */
    public boolean skipString() {
        int next = at;
        boolean isOpen = true;
        while (isOpen && next < end) {
            final byte value = json[next++];
            if (value == '\\') {
                next++;
            }
            isOpen = value != '"';
        }
        at = next;
        return !isOpen;
    }

    /**
     * Reads a string behind its first quotation mark. A control character in it is taken as it is: not everybody escapes all.
     *
     * @param texts take what it says in UTF-8, never longer than the string is written; of half a surrogate pair U+FFFD.
     * @return false when it does not end, or has an escape that is none.
     */
    public boolean string(final FieldTexts texts) {
        while (true) {
            final int from = at;
            final int stop = plainEnd();
            texts.append(json, from, stop - from);
            if (stop == end) {
                at = end;
                return false;
            }
            at = stop + 1;
            if (json[stop] == '"') {
                return true;
            }
            if (at == end || !escape(texts, json[at++])) {
                return false;
            }
        }
    }

    /** Offset of the next quotation mark or backslash, or behind the last byte. */
    private int plainEnd() {
        int next = at;
        while (next < end && json[next] != '"' && json[next] != '\\') {
            next++;
        }
        return next;
    }

    private boolean escape(final FieldTexts texts, final byte escaped) {
        switch (escaped) {
            case '"', '\\', '/' -> texts.append(escaped);
            case 'b' -> texts.append((byte)'\b');
            case 'f' -> texts.append((byte)'\f');
            case 'n' -> texts.append((byte)'\n');
            case 'r' -> texts.append((byte)'\r');
            case 't' -> texts.append((byte)'\t');
            case 'u' -> {
                return unicode(texts);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean unicode(final FieldTexts texts) {
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
        utf8(texts, point);
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

    private static void utf8(final FieldTexts texts, final int point) {
        if (point < 0x80) {
            texts.append((byte)point);
        } else if (point < 0x800) {
            texts.append((byte)(0xC0 | (point >> 6)));
            texts.append((byte)(0x80 | (point & 0x3F)));
        } else if (point < 0x10000) {
            texts.append((byte)(0xE0 | (point >> 12)));
            texts.append((byte)(0x80 | ((point >> 6) & 0x3F)));
            texts.append((byte)(0x80 | (point & 0x3F)));
        } else {
            texts.append((byte)(0xF0 | (point >> 18)));
            texts.append((byte)(0x80 | ((point >> 12) & 0x3F)));
            texts.append((byte)(0x80 | ((point >> 6) & 0x3F)));
            texts.append((byte)(0x80 | (point & 0x3F)));
        }
    }
}
