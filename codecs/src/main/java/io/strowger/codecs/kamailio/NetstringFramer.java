package io.strowger.codecs.kamailio;

import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.Framer;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Finds the netstrings in the bytes of an evapi connection.
 *
 * <pre>
 *   247:{"event":"register", ...},245:{"event":"register", ...},
 *   |-| |-----------------------|
 *   length      payload
 * </pre>
 *
 * <p>Where a length or the comma behind a payload is missing, what was read is shown as one malformed block, and the stream goes on at the
 * next comma that a length, a colon and an opening brace follow. One thread.
 */
final class NetstringFramer implements Framer {
    private static final int MAX_DIGITS = 9;
    /** Bytes of an unreadable or oversized block that are kept. */
    private static final int SHOWN = 256;

    /** What the next byte is. */
    private enum State {
        /** The first digit of a length. */
        START,
        /** A digit or the colon. */
        LENGTH, PAYLOAD, COMMA,
        /** Anything; a comma may be followed by a length. */
        LOST,
        /** A digit or the colon of what may be a length. */
        LOST_LENGTH,
        /** The brace that proves it. */
        LOST_BRACE
    }

    private final int maxLength;
    private byte[] payload = new byte[1024];
    private int kept;
    private State state = State.START;
    private int length;
    private int digits;
    private int left;
    private boolean isReady;
    private boolean isMalformed;

    /**
     * A framer at the start of a connection.
     *
     * @param maxLength longest payload in bytes that is kept whole.
     */
    NetstringFramer(final int maxLength) {
        this.maxLength = maxLength;
    }

    /** Holds the payload, from 0. */
    byte[] payload() {
        return payload;
    }

    /** How much of the payload is kept: all, or its first bytes. */
    int length() {
        return kept;
    }

    /** Whether the payload was longer than the limit. */
    boolean isTooLarge() {
        return !isMalformed && length > maxLength;
    }

    /** Whether this is no netstring. */
    boolean isMalformed() {
        return isMalformed;
    }

    @Override
    public boolean isReady() {
        return isReady;
    }

    @Override
    public boolean isUnfinished() {
        return !isReady && (state == State.LENGTH || state == State.PAYLOAD || state == State.COMMA);
    }

    @Override
    public void reset() {
        state = State.START;
        kept = 0;
        isReady = false;
        isMalformed = false;
    }

    @Override
    public int frame(final DirectBuffer bytes, final int offset, final int count) {
        if (isReady) {
            isReady = false;
            isMalformed = false;
            kept = 0;
        }
        final int end = offset + count;
        int at = offset;
        while (at < end && !isReady) {
            if (state == State.PAYLOAD) {
                at += payload(bytes, at, end - at);
            } else {
                next(bytes.getByte(at++));
            }
        }
        return at - offset;
    }

    private void next(final byte value) {
        switch (state) {
            case START -> start(value);
            case LENGTH -> {
                if (value == ':') {
                    begin();
                } else if (AsciiText.isDigit(value) && digits < MAX_DIGITS) {
                    digit(value);
                    keep(value);
                } else {
                    lose(value);
                }
            }
            case COMMA -> {
                if (value == ',') {
                    isReady = true;
                    state = State.START;
                } else {
                    lose(value);
                }
            }
            default -> lost(value);
        }
    }

    /** Line ends between netstrings are what relays put there. */
    private void start(final byte value) {
        if (AsciiText.isDigit(value)) {
            state = State.LENGTH;
            length = 0;
            digits = 0;
            digit(value);
            keep(value);
        } else if (value != '\n' && value != '\r') {
            lose(value);
        }
    }

    private void digit(final byte value) {
        length = length * 10 + (value - '0');
        digits++;
    }

    private void begin() {
        kept = 0;
        left = length;
        state = left == 0 ? State.COMMA : State.PAYLOAD;
    }

    private int payload(final DirectBuffer bytes, final int offset, final int count) {
        final int moved = Math.min(left, count);
        final int wanted = Math.min(moved, (length > maxLength ? SHOWN : length) - kept);
        if (wanted > 0) {
            ensure(kept + wanted);
            bytes.getBytes(offset, payload, kept, wanted);
            kept += wanted;
        }
        left -= moved;
        if (left == 0) {
            state = State.COMMA;
        }
        return moved;
    }

    private void lose(final byte value) {
        if (kept < SHOWN) {
            keep(value);
        }
        isReady = true;
        isMalformed = true;
        state = value == ',' ? State.LOST_LENGTH : State.LOST;
        length = 0;
        digits = 0;
    }

    private void lost(final byte value) {
        if (state == State.LOST_BRACE && value == '{') {
            begin();
            keep(value);
            left--;
            state = left == 0 ? State.COMMA : State.PAYLOAD;
        } else if (value == ',') {
            state = State.LOST_LENGTH;
            length = 0;
            digits = 0;
        } else if (state == State.LOST_LENGTH && AsciiText.isDigit(value) && digits < MAX_DIGITS) {
            digit(value);
        } else if (state == State.LOST_LENGTH && value == ':' && length > 0) {
            state = State.LOST_BRACE;
        } else {
            state = State.LOST;
        }
    }

    private void keep(final byte value) {
        ensure(kept + 1);
        payload[kept++] = value;
    }

    private void ensure(final int wanted) {
        if (wanted > payload.length) {
            payload = Arrays.copyOf(payload, Math.max(wanted, 2 * payload.length));
        }
    }
}
