package io.strowger.codecs.esl;

import io.strowger.codecs.translate.JsonCursor;

/**
 * Reads flat JSON objects: the strings, numbers and words of known names; what is nested is passed over.
 *
 * <p>One thread; allocates nothing.
 */
final class JsonScanner {
    private static final int MAX_DEPTH = 64;

    private final JsonCursor json = new JsonCursor();

    /**
     * Reads one object.
     *
     * @param fields take the values.
     * @return offset behind the object, or -1 when there is none.
     */
    int parse(final EslFields fields, final byte[] bytes, final int offset, final int to) {
        json.begin(bytes, offset, to);
        fields.clear(to - offset);
        json.skipSpaces();
        if (!json.take('{')) {
            return -1;
        }
        json.skipSpaces();
        if (json.take('}')) {
            return json.at();
        }
        boolean isGood = true;
        boolean isOpen = true;
        while (isOpen && isGood) {
            isGood = member(fields, bytes);
            json.skipSpaces();
            isOpen = !json.take('}');
            isGood = isGood && (!isOpen || json.take(','));
        }
        return isGood ? json.at() : -1;
    }

    private boolean member(final EslFields fields, final byte[] bytes) {
        json.skipSpaces();
        if (!json.take('"')) {
            return false;
        }
        final int nameAt = json.at();
        if (!json.skipString()) {
            return false;
        }
        final int field = fields.number(bytes, nameAt, json.at() - 1 - nameAt);
        json.skipSpaces();
        if (!json.take(':')) {
            return false;
        }
        json.skipSpaces();
        return field < 0 ? skipValue() : value(fields, field, bytes);
    }

    private boolean value(final EslFields fields, final int field, final byte[] bytes) {
        if (json.isAtEnd() || json.next() == '{' || json.next() == '[') {
            return skipValue();
        }
        fields.begin();
        final boolean isGood;
        if (json.take('"')) {
            isGood = json.string(fields);
        } else {
            final int from = json.at();
            isGood = json.skipLiteral();
            if (bytes[from] != 'n') {
                fields.append(bytes, from, json.at() - from);
            }
        }
        fields.end(field);
        return isGood;
    }

    private boolean skipValue() {
        int depth = 0;
        do {
            json.skipSpaces();
            if (json.isAtEnd() || depth > MAX_DEPTH) {
                return false;
            }
            if (json.take('"')) {
                if (!json.skipString()) {
                    return false;
                }
            } else if (json.take('{') || json.take('[')) {
                depth++;
            } else if (depth > 0 && (json.take('}') || json.take(']'))) {
                depth--;
            } else if (!(depth > 0 && (json.take(',') || json.take(':'))) && !json.skipLiteral()) {
                return false;
            }
        } while (depth > 0);
        return true;
    }
}
