package io.strowger.codecs.http;

import io.strowger.codecs.translate.AsciiText;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * One HTTP request as it came: its bytes, and where in them its parts are.
 *
 * <pre>
 *   POST /pbx/event?a=1 HTTP/1.1 CRLF   Name: value CRLF ...   CRLF   body
 *   |--| |------------|                                               |--|
 *   method    target                                                 chunks put together
 * </pre>
 *
 * <p>Filled by {@link HttpRequestFramer}; one thread.
 */
public final class HttpRequest {
    private static final byte[] VERSION = AsciiText.bytes(" http/1.");
    private static final byte[] CONTENT_LENGTH = AsciiText.bytes("content-length");
    private static final byte[] TRANSFER_ENCODING = AsciiText.bytes("transfer-encoding");
    private static final byte[] CHUNKED = AsciiText.bytes("chunked");
    private static final int VERSION_LENGTH = VERSION.length + 1;
    private static final int MAX_LENGTH_DIGITS = 15;

    private byte[] bytes = new byte[2048];
    private int length;
    private int methodLength;
    private int targetOffset;
    private int targetLength;
    private int bodyOffset;
    private long contentLength;
    private boolean isChunked;
    private boolean isTooLarge;
    private boolean isMalformed;

    /** Only the framer fills one. */
    HttpRequest() {
    }

    /** The bytes that offsets are of; valid until the next request is framed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes of the request there are: head and body. */
    public int length() {
        return length;
    }

    /** Length of the method, which begins at 0. */
    public int methodLength() {
        return methodLength;
    }

    /** Where the target begins. */
    public int targetOffset() {
        return targetOffset;
    }

    /** Length of the target, which may hold spaces: phones do not always encode. */
    public int targetLength() {
        return targetLength;
    }

    /**
     * How much of the request may be kept where it is not understood: method and target, never a header. Headers hold credentials.
     */
    public int shownLength() {
        return isMalformed ? endOfLine(0) : targetOffset + targetLength;
    }

    /** Where the body begins. */
    public int bodyOffset() {
        return bodyOffset;
    }

    /** Length of the body, 0 for none. */
    public int bodyLength() {
        return length - bodyOffset;
    }

    /** Whether the body was longer than the limit: it is cut. */
    public boolean isTooLarge() {
        return isTooLarge;
    }

    /** Whether this is no HTTP request: where the next one begins can't be known, the rest of the connection is skipped. */
    public boolean isMalformed() {
        return isMalformed;
    }

    void clear() {
        length = 0;
        methodLength = 0;
        targetOffset = 0;
        targetLength = 0;
        bodyOffset = 0;
        contentLength = 0;
        isChunked = false;
        isTooLarge = false;
        isMalformed = false;
    }

    void append(final byte value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = value;
    }

    void append(final DirectBuffer from, final int offset, final int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
        from.getBytes(offset, bytes, length, count);
        length += count;
    }

    void tooLarge() {
        isTooLarge = true;
    }

    void malformed() {
        isMalformed = true;
        bodyOffset = length;
    }

    long contentLength() {
        return contentLength;
    }

    boolean isChunked() {
        return isChunked;
    }

    /**
     * Whether the head that has come so far is complete: it ends with an empty line.
     */
    boolean endsHead() {
        final boolean afterLine = length >= 2 && bytes[length - 1] == '\n' && bytes[length - 2] == '\n';
        return afterLine || (length >= 3 && bytes[length - 1] == '\n' && bytes[length - 2] == '\r' && bytes[length - 3] == '\n');
    }

    /**
     * Reads the head.
     *
     * @return false when it is none, or when its body's length is in doubt.
     */
    boolean readHead() {
        bodyOffset = length;
        int line = endOfLine(0);
        if (!readRequestLine(trimmed(0, line))) {
            return false;
        }
        boolean hasLength = false;
        for (int from = line + 1; from < length; from = line + 1) {
            line = endOfLine(from);
            final int colon = colon(from, line);
            if (colon >= 0 && AsciiText.equalsIgnoringCase(bytes, from, colon - from, CONTENT_LENGTH)) {
                final long value = lengthIn(colon + 1, trimmed(from, line));
                if (value < 0 || (hasLength && value != contentLength)) {
                    return false;
                }
                hasLength = true;
                contentLength = value;
            } else if (colon >= 0 && AsciiText.equalsIgnoringCase(bytes, from, colon - from, TRANSFER_ENCODING)) {
                final int value = withoutSpaces(colon + 1, line);
                if (!AsciiText.equalsIgnoringCase(bytes, value, trimmed(from, line) - value, CHUNKED)) {
                    return false;
                }
                isChunked = true;
            }
        }
        return !(hasLength && isChunked);
    }

    /** The target reaches to the last space before the version: a phone may write a name with spaces into it. */
    private boolean readRequestLine(final int end) {
        while (methodLength < end && bytes[methodLength] >= 'A' && bytes[methodLength] <= 'Z') {
            methodLength++;
        }
        targetOffset = methodLength + 1;
        targetLength = end - VERSION_LENGTH - targetOffset;
        return methodLength > 0 && targetLength > 0 && bytes[methodLength] == ' '
            && AsciiText.beginsIgnoringCase(bytes, end - VERSION_LENGTH, VERSION_LENGTH, VERSION);
    }

    private long lengthIn(final int from, final int end) {
        final int digits = withoutSpaces(from, end);
        return end - digits > MAX_LENGTH_DIGITS ? -1 : AsciiText.number(bytes, digits, end - digits, -1);
    }

    private int withoutSpaces(final int from, final int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int colon(final int from, final int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == ':') {
                return i;
            }
        }
        return -1;
    }

    private int endOfLine(final int from) {
        int at = from;
        while (at < length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** End of a line without its line end and the spaces before it. */
    private int trimmed(final int from, final int lineFeed) {
        int end = lineFeed;
        while (end > from && (bytes[end - 1] == '\r' || bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        return end;
    }
}
