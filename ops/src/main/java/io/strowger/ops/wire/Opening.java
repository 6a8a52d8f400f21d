package io.strowger.ops.wire;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The first frame of a connection: who comes, and by what right.
 *
 * <pre>
 *   0        4         5      6        8
 *   +--------+---------+------+--------+-------- - -
 *   | "STRW" | version | kind | length | token ...
 *   +--------+---------+------+--------+-------- - -
 *     4 ASCII  u8 = 1    u8     u16 LE   UTF-8, empty when the client's certificate says who it is
 * </pre>
 *
 * <p>Stateless; any thread.
 */
public final class Opening {
    /** The version that is spoken. */
    public static final int VERSION = 1;

    /** Longest token in bytes. */
    public static final int LONGEST_TOKEN = 256;

    /** Longest opening in bytes. */
    public static final int LONGEST = 8 + LONGEST_TOKEN;

    /** "STRW" in little endian. */
    static final int MAGIC = 'S' | ('T' << 8) | ('R' << 16) | ('W' << 24);

    static final int VERSION_OFFSET = 4;

    private static final int KIND_OFFSET = 5;
    private static final int TOKEN_LENGTH_OFFSET = 6;
    private static final int TOKEN_OFFSET = 8;

    private Opening() {
    }

    /**
     * Makes the frame, without its length.
     *
     * @param token null or empty for none.
     * @throws IllegalArgumentException when the token is longer than {@link #LONGEST_TOKEN}.
     */
    public static DirectBuffer frame(final OpeningKind kind, final String token) {
        final byte[] bytes = (null == token ? "" : token).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_TOKEN) {
            throw new IllegalArgumentException("a token is at most " + LONGEST_TOKEN + " bytes long");
        }
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[TOKEN_OFFSET + bytes.length]);
        frame.putInt(0, MAGIC, ByteOrder.LITTLE_ENDIAN);
        frame.putByte(VERSION_OFFSET, (byte)VERSION);
        frame.putByte(KIND_OFFSET, (byte)kind.code());
        frame.putShort(TOKEN_LENGTH_OFFSET, (short)bytes.length, ByteOrder.LITTLE_ENDIAN);
        frame.putBytes(TOKEN_OFFSET, bytes);
        return frame;
    }

    /**
     * Looks at a first frame, whatever it is.
     *
     * @param offset of its first byte.
     * @param wanted who may come here.
     * @return {@link OpeningAnswer#OPENED} when its {@link #token} is to be looked at, or why not.
     */
    public static OpeningAnswer check(final DirectBuffer buffer, final int offset, final int length, final OpeningKind wanted) {
        if (length < TOKEN_OFFSET || MAGIC != buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN)) {
            return OpeningAnswer.NO_OPENING;
        }
        if (VERSION != buffer.getByte(offset + VERSION_OFFSET)) {
            return OpeningAnswer.WRONG_VERSION;
        }
        if (wanted.code() != buffer.getByte(offset + KIND_OFFSET)) {
            return OpeningAnswer.WRONG_KIND;
        }
        final int tokenLength = tokenLength(buffer, offset);
        return tokenLength > LONGEST_TOKEN || TOKEN_OFFSET + tokenLength != length ? OpeningAnswer.NO_OPENING : OpeningAnswer.OPENED;
    }

    /**
     * Reads the token of a frame that was checked.
     *
     * @return null when there is none.
     */
    public static String token(final DirectBuffer buffer, final int offset) {
        final int length = tokenLength(buffer, offset);
        if (0 == length) {
            return null;
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset + TOKEN_OFFSET, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int tokenLength(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + TOKEN_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
