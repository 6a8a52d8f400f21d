package io.strowger.codecs.actionurl;

import io.strowger.codecs.translate.AsciiText;

/**
 * Reads the small XML documents that phones post: the first element below the root names the event, attributes and elements without
 * children are values. Of the calls of a line, each in a {@code CallInfo}, only the one that the event names counts. What a phone never
 * sends is refused: a DTD, CDATA, entities but the five, more than eight levels, more than 256 elements. One thread; allocates nothing.
 */
final class XmlReader {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_ELEMENTS = 256;
    private static final byte[] CALL = AsciiText.bytes("CallInfo");
    private static final byte[] COMMENT = AsciiText.bytes("!--");
    private static final byte[] COMMENT_END = AsciiText.bytes("-->");
    private static final byte[] INSTRUCTION_END = AsciiText.bytes("?>");
    private static final byte[][] ENTITIES = {
        AsciiText.bytes("lt;"), AsciiText.bytes("gt;"), AsciiText.bytes("amp;"), AsciiText.bytes("quot;"), AsciiText.bytes("apos;")};
    private static final byte[] CHARACTERS = AsciiText.bytes("<>&\"'");

    private final RequestFields fields;
    private final int[] nameOffsets = new int[MAX_DEPTH];
    private final int[] nameLengths = new int[MAX_DEPTH];
    private byte[] bytes;
    private int at;
    private int end;
    private int depth;
    private int elements;
    private boolean isLeaf;
    private boolean isRootDone;

    XmlReader(final RequestFields fields) {
        this.fields = fields;
    }

    /**
     * Reads a document.
     *
     * @return false when it is none, or one that no phone sends.
     */
    boolean read(final byte[] document, final int offset, final int length) {
        bytes = document;
        at = offset;
        end = offset + length;
        depth = 0;
        elements = 0;
        isLeaf = false;
        isRootDone = false;
        fields.clear(length);
        fields.begin();
        boolean isGood = true;
        while (isGood && at < end) {
            isGood = bytes[at] == '<' ? markup() : text();
        }
        return isGood && isRootDone;
    }

    private boolean markup() {
        at++;
        if (at == end) {
            return false;
        }
        if (bytes[at] == '/') {
            return endTag();
        }
        if (bytes[at] == '?') {
            return elements == 0 && skipBehind(INSTRUCTION_END);
        }
        if (bytes[at] == '!') {
            return starts(COMMENT) && skipBehind(COMMENT_END);
        }
        return startTag();
    }

    private boolean startTag() {
        final int name = at;
        final int length = name();
        if (length == 0 || isRootDone || depth == MAX_DEPTH || ++elements > MAX_ELEMENTS) {
            return false;
        }
        fields.drop();
        if (elements == 2) {
            fields.begin();
            for (int i = name; i < name + length; i++) {
                fields.append(bytes[i]);
            }
            fields.end(RequestField.EVENT);
        }
        nameOffsets[depth] = name;
        nameLengths[depth++] = length;
        if (isCall(name, length)) {
            fields.beginCall();
        }
        isLeaf = true;
        return attributes();
    }

    private boolean attributes() {
        while (at < end) {
            skipSpaces();
            if (take('>')) {
                fields.begin();
                return true;
            }
            if (take('/')) {
                fields.begin();
                return take('>') && close();
            }
            final int name = at;
            final int length = name();
            skipSpaces();
            if (length == 0 || !take('=')) {
                return false;
            }
            skipSpaces();
            if (!attributeValue(name, length)) {
                return false;
            }
        }
        return false;
    }

    private boolean attributeValue(final int name, final int length) {
        if (at == end || (bytes[at] != '"' && bytes[at] != '\'')) {
            return false;
        }
        final byte quote = bytes[at++];
        fields.begin();
        while (at < end && bytes[at] != quote) {
            if (bytes[at] == '<' || !character()) {
                return false;
            }
        }
        fields.end(bytes, name, length);
        return take(quote);
    }

    private boolean endTag() {
        at++;
        final int name = at;
        final int length = name();
        skipSpaces();
        if (depth == 0 || length != nameLengths[depth - 1] || !take('>')) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[name + i] != bytes[nameOffsets[depth - 1] + i]) {
                return false;
            }
        }
        return close();
    }

    private boolean close() {
        depth--;
        if (isLeaf && depth > 0) {
            fields.trim();
            fields.end(bytes, nameOffsets[depth], nameLengths[depth]);
        } else {
            fields.drop();
        }
        if (isCall(nameOffsets[depth], nameLengths[depth])) {
            fields.endCall();
        }
        fields.begin();
        isLeaf = false;
        isRootDone = depth == 0;
        return true;
    }

    private boolean isCall(final int name, final int length) {
        return AsciiText.equals(bytes, name, length, CALL);
    }

    private boolean text() {
        if (depth == 0) {
            final int before = at;
            skipSpaces();
            return at > before;
        }
        if (isSpace(bytes[at]) && fields.textLength() == 0) {
            at++;
            return true;
        }
        return character();
    }

    private boolean character() {
        if (bytes[at] != '&') {
            fields.append(bytes[at++]);
            return true;
        }
        at++;
        for (int i = 0; i < ENTITIES.length; i++) {
            if (starts(ENTITIES[i])) {
                at += ENTITIES[i].length;
                fields.append(CHARACTERS[i]);
                return true;
            }
        }
        return false;
    }

    /** Length of the name that begins here. */
    private int name() {
        final int from = at;
        while (at < end && isOfName(bytes[at])) {
            at++;
        }
        return at - from;
    }

    private static boolean isOfName(final byte value) {
        return AsciiText.isDigit(value) || (AsciiText.lower(value) >= 'a' && AsciiText.lower(value) <= 'z') || value == '_'
            || value == '-' || value == '.' || value == ':';
    }

    private boolean starts(final byte[] word) {
        return end - at >= word.length && AsciiText.equals(bytes, at, word.length, word);
    }

    private boolean skipBehind(final byte[] word) {
        while (at < end) {
            if (starts(word)) {
                at += word.length;
                return true;
            }
            at++;
        }
        return false;
    }

    private boolean take(final int value) {
        if (at < end && bytes[at] == value) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
    }

    private static boolean isSpace(final byte value) {
        return value == ' ' || value == '\t' || value == '\n' || value == '\r';
    }
}
