package io.strowger.codecs.esl;

import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.Framer;
import io.strowger.codecs.translate.NameTable;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Cuts a stream into frames and puts each together in a buffer of its own.
 *
 * <pre>
 *   Content-Length: 4\n            headers, LF or CRLF ends a line
 *   Content-Type: api/response\n
 *   \n                             an empty line
 *   +OK\n                          exactly so many bytes
 * </pre>
 *
 * <p>Of a header that stands twice the last counts, also where bytes that belong to nothing stand in front of it on its line: so the frame
 * behind such bytes is found again. Of a frame longer than the limit only the first {@link #SHOWN} bytes are kept.
 */
final class EslFramer implements Framer {
    /** Bytes that are kept of a frame that is too long. */
    static final int SHOWN = 256;

    private static final int FIRST_CAPACITY = 16 * 1024;
    /** A length beyond this is no length but damage: such a frame has no body. */
    private static final int MOST_BODY = 1 << 30;
    private static final byte[] LENGTH = AsciiText.bytes("content-length:");
    private static final byte[] TYPE = AsciiText.bytes("content-type:");
    private static final byte[] EVENT_NAME = AsciiText.bytes("event-name:");

    private final int maxLength;
    private byte[] frame;
    private int used;
    private int lineStart;
    private int bodyStart;
    private int bodyLeft;
    private long bodyLength;
    private boolean inBody;
    private boolean ready;
    private boolean tooLong;
    private boolean badLength;
    private boolean event;
    private EslFrameKind kind = EslFrameKind.UNTYPED;

    /**
     * A framer at the start of a connection.
     *
     * @param maxLength longest frame in bytes.
     */
    EslFramer(final int maxLength) {
        this.maxLength = maxLength;
        this.frame = new byte[Math.min(FIRST_CAPACITY, maxLength) + NameTable.PADDING];
    }

    /** Holds the frame that is ready and some bytes behind it. */
    byte[] bytes() {
        return frame;
    }

    /** Where the body begins, behind the empty line. */
    int bodyOffset() {
        return bodyStart;
    }

    /** Bytes of the body that are kept. */
    int bodyLength() {
        return used - bodyStart;
    }

    /** Bytes of the body that have been sent. */
    long sentBodyLength() {
        return bodyLength;
    }

    /** Whether the frame is longer than the limit. */
    boolean isTooLong() {
        return tooLong;
    }

    /** Whether the length of the body could not be read. */
    boolean isMalformed() {
        return badLength;
    }

    /** Whether the headers themselves are those of an event. */
    boolean isEventInHeaders() {
        return event;
    }

    EslFrameKind kind() {
        return kind;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public boolean isUnfinished() {
        return !ready && (used > 0 || inBody);
    }

    @Override
    public void reset() {
        used = 0;
        lineStart = 0;
        bodyStart = 0;
        bodyLeft = 0;
        bodyLength = 0;
        inBody = false;
        ready = false;
        tooLong = false;
        badLength = false;
        event = false;
        kind = EslFrameKind.UNTYPED;
    }

    @Override
    public int frame(final DirectBuffer bytes, final int offset, final int length) {
        if (ready) {
            reset();
        }
        int at = 0;
        while (at < length && !inBody && !ready) {
            header(bytes.getByte(offset + at));
            at++;
        }
        return inBody && at < length ? at + body(bytes, offset + at, length - at) : at;
    }

    private void header(final byte value) {
        if (value == '\n') {
            endLine();
        } else if (used < maxLength) {
            append(value);
        } else {
            tooLong = true;
            used = SHOWN;
            lineStart = SHOWN;
            append(value);
        }
    }

    private void endLine() {
        final int end = used > lineStart && frame[used - 1] == '\r' ? used - 1 : used;
        if (end == lineStart) {
            used = end;
            if (used > 0) {
                endHeaders();
            }
            return;
        }
        line(end);
        if (used < maxLength) {
            append((byte)'\n');
        }
        lineStart = used;
        if (tooLong) {
            used = SHOWN;
            lineStart = SHOWN;
        }
    }

    private void line(final int end) {
        int colon = lineStart;
        while (colon < end && frame[colon] != ':') {
            colon++;
        }
        if (AsciiText.beginsIgnoringCase(frame, lineStart, end - lineStart, EVENT_NAME)) {
            event = true;
        } else if (AsciiText.beginsIgnoringCase(frame, lineStart, end - lineStart, TYPE)) {
            kind = EslFrameKind.of(frame, valueOffset(lineStart + TYPE.length, end), end);
        } else if (colon == lineStart + LENGTH.length - 1 && isLength(lineStart, end)) {
            length(lineStart + LENGTH.length, end);
        } else {
            lengthBehindDamage(colon, end);
        }
    }

    /** Bytes that belong to nothing may stand in front of a header on its line. */
    private void lengthBehindDamage(final int colon, final int end) {
        int digits = end;
        while (digits > lineStart && (AsciiText.isDigit(frame[digits - 1]) || frame[digits - 1] == ' ')) {
            digits--;
        }
        final int start = digits - LENGTH.length;
        final boolean isDamaged = start >= lineStart && isLength(start, end) && (colon == digits - 1 || !isName(colon));
        if (isDamaged) {
            length(digits, end);
        }
    }

    private boolean isName(final int colon) {
        for (int i = lineStart; i < colon; i++) {
            final byte value = AsciiText.lower(frame[i]);
            if (!AsciiText.isDigit(value) && (value < 'a' || value > 'z') && value != '-' && value != '_' && value != '.') {
                return false;
            }
        }
        return colon > lineStart;
    }

    private boolean isLength(final int offset, final int end) {
        return AsciiText.beginsIgnoringCase(frame, offset, end - offset, LENGTH);
    }

    private void length(final int offset, final int end) {
        int to = end;
        while (to > offset && frame[to - 1] == ' ') {
            to--;
        }
        final int from = valueOffset(offset, to);
        final long length = AsciiText.number(frame, from, to - from, -1);
        badLength = length < 0 || length > MOST_BODY;
        bodyLength = badLength ? 0 : length;
    }

    private int valueOffset(final int offset, final int end) {
        int from = offset;
        while (from < end && frame[from] == ' ') {
            from++;
        }
        return from;
    }

    private void endHeaders() {
        tooLong |= used + bodyLength > maxLength;
        if (tooLong) {
            used = Math.min(used, SHOWN);
        }
        bodyStart = used;
        bodyLeft = (int)bodyLength;
        inBody = bodyLeft > 0;
        ready = !inBody;
        if (inBody && !tooLong) {
            grow(used + bodyLeft);
        }
    }

    private int body(final DirectBuffer bytes, final int offset, final int length) {
        final int taken = Math.min(length, bodyLeft);
        final int kept = tooLong ? Math.min(taken, Math.max(0, 2 * SHOWN - used)) : taken;
        grow(used + kept);
        bytes.getBytes(offset, frame, used, kept);
        used += kept;
        bodyLeft -= taken;
        if (bodyLeft == 0) {
            inBody = false;
            ready = true;
        }
        return taken;
    }

    private void append(final byte value) {
        grow(used + 1);
        frame[used++] = value;
    }

    private void grow(final int needed) {
        if (needed + NameTable.PADDING > frame.length) {
            frame = Arrays.copyOf(frame, Math.max(needed + NameTable.PADDING, Math.min(2 * frame.length, maxLength + NameTable.PADDING)));
        }
    }
}
