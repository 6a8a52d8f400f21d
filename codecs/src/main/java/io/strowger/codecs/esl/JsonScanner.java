package io.strowger.codecs.esl;

import io.strowger.codecs.translate.AsciiText;

/**
 * Reads flat JSON objects: the strings, numbers and words of known names; what is nested is passed over.
 *
 * <p>One thread; allocates nothing.
 */
final class JsonScanner {
    private static final int MAX_DEPTH = 64;
    private static final int UNICODE_DIGITS = 4;

    private byte[] json;
    private int at;
    private int end;

    /**
     * Reads one object.
     *
     * @param fields take the values.
     * @return offset behind the object, or -1 when there is none.
     */
    int parse(final EslFields fields, final byte[] bytes, final int offset, final int to) {
        json = bytes;
        at = offset;
        end = to;
        fields.clear(to - offset);
        skipSpaces();
        if (!take('{')) {
            return -1;
        }
        skipSpaces();
        if (take('}')) {
            return at;
        }
        boolean isGood = true;
        boolean isOpen = true;
        while (isOpen && isGood) {
            isGood = member(fields);
            skipSpaces();
            isOpen = !take('}');
            isGood = isGood && (!isOpen || take(','));
        }
        return isGood ? at : -1;
    }

    private boolean member(final EslFields fields) {
        skipSpaces();
        if (!take('"')) {
            return false;
        }
        final int nameAt = at;
        if (!skipString()) {
            return false;
        }
        final int field = fields.number(json, nameAt, at - 1 - nameAt);
        skipSpaces();
        if (!take(':')) {
            return false;
        }
        skipSpaces();
        return field < 0 ? skipValue() : value(fields, field);
    }

    private boolean value(final EslFields fields, final int field) {
        if (at == end || json[at] == '{' || json[at] == '[') {
            return skipValue();
        }
        fields.begin();
        final boolean isGood;
        if (take('"')) {
            isGood = string(fields);
        } else {
            final int from = at;
            isGood = skipLiteral();
            if (json[from] != 'n') {
                fields.append(json, from, at - from);
            }
        }
        fields.end(field);
        return isGood;
    }

    private boolean skipValue() {
        int depth = 0;
        do {
            skipSpaces();
            if (at == end || depth > MAX_DEPTH) {
                return false;
            }
            final byte value = json[at];
            if (value == '"') {
                at++;
                if (!skipString()) {
                    return false;
                }
            } else if (value == '{' || value == '[') {
                at++;
                depth++;
            } else if (value == '}' || value == ']') {
                if (depth == 0) {
                    return false;
                }
                at++;
                depth--;
            } else if (depth > 0 && (value == ',' || value == ':')) {
                at++;
            } else if (!skipLiteral()) {
                return false;
            }
        } while (depth > 0);
        return true;
    }

    private boolean skipLiteral() {
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

    private boolean skipString() {
        while (at < end) {
            final byte value = json[at++];
            if (value == '"') {
                return true;
            }
            if (value == '\\') {
                at++;
            }
        }
        return false;
    }

    private boolean string(final EslFields fields) {
        while (at < end) {
            final byte value = json[at++];
            if (value == '"') {
                return true;
            }
            if (value != '\\') {
                fields.append(value);
            } else if (at == end || !escape(fields, json[at++])) {
                return false;
            }
        }
        return false;
    }

    private boolean escape(final EslFields fields, final byte escaped) {
        switch (escaped) {
            case '"', '\\', '/' -> fields.append(escaped);
            case 'b' -> fields.append((byte)'\b');
            case 'f' -> fields.append((byte)'\f');
            case 'n' -> fields.append((byte)'\n');
            case 'r' -> fields.append((byte)'\r');
            case 't' -> fields.append((byte)'\t');
            case 'u' -> {
                return unicode(fields);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean unicode(final EslFields fields) {
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
        utf8(fields, point);
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

    private static void utf8(final EslFields fields, final int point) {
        if (point < 0x80) {
            fields.append((byte)point);
        } else if (point < 0x800) {
            fields.append((byte)(0xC0 | (point >> 6)));
            fields.append((byte)(0x80 | (point & 0x3F)));
        } else if (point < 0x10000) {
            fields.append((byte)(0xE0 | (point >> 12)));
            fields.append((byte)(0x80 | ((point >> 6) & 0x3F)));
            fields.append((byte)(0x80 | (point & 0x3F)));
        } else {
            fields.append((byte)(0xF0 | (point >> 18)));
            fields.append((byte)(0x80 | ((point >> 12) & 0x3F)));
            fields.append((byte)(0x80 | ((point >> 6) & 0x3F)));
            fields.append((byte)(0x80 | (point & 0x3F)));
        }
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
