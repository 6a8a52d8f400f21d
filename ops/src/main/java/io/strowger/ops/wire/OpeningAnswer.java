package io.strowger.ops.wire;

import java.nio.ByteOrder;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the server says to an opening; all but the first are also the last word of a connection that it ends later.
 *
 * <pre>
 *   0        4         5      6
 *   +--------+---------+------+
 *   | "STRW" | version | code |
 *   +--------+---------+------+
 *     4 ASCII  u8 = 1    u8
 * </pre>
 *
 * <p>No SBE message of a router begins with these letters. Immutable; any thread.
 */
public enum OpeningAnswer {
    /** Welcome: go on. */
    OPENED(0),
    /** The first frame is no opening. */
    NO_OPENING(1),
    /** This server speaks no such version. */
    WRONG_VERSION(2),
    /** This port is not for who opens so. */
    WRONG_KIND(3),
    /** Neither the token nor the certificate is good, or no longer. */
    NOT_LET_IN(4),
    /** Too many that failed came from the address: wait. */
    FLOOD(5),
    /** There are too many connections: wait. */
    TOO_MANY(6),
    /** Another connection of the same name has taken the place. */
    REPLACED(7),
    /** The server stops: come again. */
    STOPPING(8),
    /** What was expected did not come in time. */
    TOO_LATE(9),
    /** A frame of a wrong length, or what a peer may not say. */
    BAD_FRAME(10),
    /** More was sent than there was credit. */
    NO_CREDIT(11),
    /** What it was sent was not read for too long. */
    STALLED(12),
    /** A fault of the server: come again. */
    FAULT(13);

    private static final int LENGTH = 6;
    private static final int CODE_OFFSET = 5;
    private static final OpeningAnswer[] ANSWERS = values();

    private final int code;

    OpeningAnswer(final int code) {
        this.code = code;
    }

    /** As it stands in a frame, from 0. */
    public int code() {
        return code;
    }

    /** Makes the frame, without its length. */
    public DirectBuffer frame() {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[LENGTH]);
        frame.putInt(0, Opening.MAGIC, ByteOrder.LITTLE_ENDIAN);
        frame.putByte(Opening.VERSION_OFFSET, (byte)Opening.VERSION);
        frame.putByte(CODE_OFFSET, (byte)code);
        return frame;
    }

    /** For people. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether trying again soon is of no use. */
    public boolean isForLong() {
        return switch (this) {
            case NO_OPENING, WRONG_VERSION, WRONG_KIND, NOT_LET_IN, FLOOD, REPLACED -> true;
            default -> false;
        };
    }

    /**
     * Reads a frame.
     *
     * @param offset of its first byte.
     * @return null when it is no answer; {@link #FAULT} for a code that is not known.
     */
    public static OpeningAnswer read(final DirectBuffer buffer, final int offset, final int length) {
        if (LENGTH != length || Opening.MAGIC != buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN)) {
            return null;
        }
        final int code = buffer.getByte(offset + CODE_OFFSET) & 0xFF;
        return code < ANSWERS.length ? ANSWERS[code] : FAULT;
    }
}
