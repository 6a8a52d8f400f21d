package io.strowger.codecs.actionurl;

import io.strowger.codecs.http.HttpRequest;
import io.strowger.codecs.translate.AsciiText;

/**
 * Reads the query of a request, or the form in its body.
 *
 * <pre>
 *   /phone/incoming-call?call_id=7&amp;remote=sip:102@host;user=phone&amp;display_remote=Smith &amp; Sons
 *          |-----------| |-------| |---------------------------| |--------------------------|
 *          event, where no parameter tells it
 * </pre>
 *
 * <p>Phones do not always encode what they fill in. So an ampersand begins a parameter only when a name and an equals sign follow, nothing
 * else separates, a plus is a plus, and a percent sign without two hexadecimal digits stands for itself.
 */
final class QueryReader {
    private final RequestFields fields;
    private byte[] bytes;

    QueryReader(final RequestFields fields) {
        this.fields = fields;
    }

    /** Reads the target and, where there is one, the body. */
    void read(final HttpRequest request) {
        bytes = request.bytes();
        fields.clear(request.targetLength() + request.bodyLength());
        final int target = request.targetOffset();
        final int targetEnd = target + request.targetLength();
        int query = target;
        while (query < targetEnd && bytes[query] != '?') {
            query++;
        }
        parameters(query + 1, targetEnd);
        parameters(request.bodyOffset(), request.bodyOffset() + request.bodyLength());
        int segment = query;
        while (segment > target && bytes[segment - 1] != '/') {
            segment--;
        }
        if (segment < query) {
            fields.begin();
            decode(segment, query);
            fields.end(RequestField.EVENT);
        }
    }

    private void parameters(final int from, final int end) {
        int at = from;
        while (at < end) {
            final int name = at;
            final int nameEnd = name(name, end);
            if (nameEnd < 0) {
                at = next(at, end);
                continue;
            }
            final int valueEnd = next(nameEnd + 1, end) - 1;
            fields.begin();
            decode(nameEnd + 1, Math.max(nameEnd + 1, valueEnd));
            fields.end(bytes, name, nameEnd - name);
            at = valueEnd + 1;
        }
    }

    /** Behind the next ampersand that begins a parameter, or one behind the end. */
    private int next(final int from, final int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '&' && name(i + 1, end) >= 0) {
                return i + 1;
            }
        }
        return end + 1;
    }

    /** Where the equals sign behind a name is, or -1 when this is no name. */
    private int name(final int from, final int end) {
        int at = from;
        while (at < end && isOfName(bytes[at])) {
            at++;
        }
        return at > from && at < end && bytes[at] == '=' ? at : -1;
    }

    private static boolean isOfName(final byte value) {
        return AsciiText.isDigit(value) || (AsciiText.lower(value) >= 'a' && AsciiText.lower(value) <= 'z') || value == '_'
            || value == '-' || value == '.';
    }

    private void decode(final int from, final int end) {
        int at = from;
        while (at < end) {
            final int high = bytes[at] == '%' && at + 2 < end ? AsciiText.hex(bytes[at + 1]) : -1;
            final int low = high < 0 ? -1 : AsciiText.hex(bytes[at + 2]);
            if (low < 0) {
                fields.append(bytes[at++]);
            } else {
                fields.append((byte)((high << 4) | low));
                at += 3;
            }
        }
    }
}
