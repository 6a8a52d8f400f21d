package io.strowger.codecs.esl;

import io.strowger.codecs.translate.AsciiText;

/**
 * Reads the plain form of an event: header lines with percent-encoded values, an empty line, and a raw body of as many bytes as the event's
 * own Content-Length says.
 *
 * <p>Stateless; any thread; allocates nothing.
 */
final class PlainScanner {
    private PlainScanner() {
    }

    /**
     * Reads an event.
     *
     * @param body number of the field that the raw body becomes.
     * @param bodyLength number of the field that tells its length.
     * @return false when there is not one header.
     */
    static boolean parse(
        final EslFields fields, final byte[] bytes, final int offset, final int length, final int body, final int bodyLength) {
        fields.clear(length);
        final int end = offset + length;
        int at = offset;
        boolean hasHeader = false;
        while (at < end) {
            int lineEnd = at;
            while (lineEnd < end && bytes[lineEnd] != '\n') {
                lineEnd++;
            }
            final int textEnd = lineEnd > at && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
            if (textEnd == at) {
                body(fields, bytes, Math.min(end, lineEnd + 1), end, body, bodyLength);
                return hasHeader;
            }
            hasHeader |= line(fields, bytes, at, textEnd);
            at = lineEnd + 1;
        }
        return hasHeader;
    }

    private static boolean line(final EslFields fields, final byte[] bytes, final int offset, final int end) {
        int colon = offset;
        while (colon < end && bytes[colon] != ':') {
            colon++;
        }
        if (colon == end) {
            return false;
        }
        final int field = fields.number(bytes, offset, colon - offset);
        if (field >= 0) {
            decode(fields, bytes, colon + 1 < end && bytes[colon + 1] == ' ' ? colon + 2 : colon + 1, end);
            fields.end(field);
        }
        return true;
    }

    /** Once: a percent sign that is itself encoded stays one. */
    private static void decode(final EslFields fields, final byte[] bytes, final int offset, final int end) {
        fields.begin();
        int at = offset;
        while (at < end) {
            final byte value = bytes[at];
            if (value == '%' && at + 2 < end) {
                final int high = AsciiText.hex(bytes[at + 1]);
                final int low = AsciiText.hex(bytes[at + 2]);
                if (high >= 0 && low >= 0) {
                    fields.append((byte)((high << 4) | low));
                    at += 3;
                    continue;
                }
            }
            fields.append(value);
            at++;
        }
    }

    private static void body(
        final EslFields fields, final byte[] bytes, final int offset, final int end, final int body, final int bodyLength) {
        final long length = fields.number(bodyLength, 0);
        if (length > 0) {
            fields.begin();
            fields.append(bytes, offset, (int)Math.min(length, end - offset));
            fields.end(body);
        }
    }
}
