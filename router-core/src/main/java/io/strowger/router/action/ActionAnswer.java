package io.strowger.router.action;

import io.strowger.codecs.sbe.ActionStatus;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One answer to one ask: a flyweight over the ring that carries it, good while its handler runs.
 *
 * <pre>
 *   0       8          16       17          18               20           22         24
 *   +-------+----------+--------+-----------+----------------+------------+----------+-----+----------+------+
 *   |  ask  |  action  | status | keyLength | nativeIdLength | textLength | repeated | key | nativeId | text |
 *   +-------+----------+--------+-----------+----------------+------------+----------+-----+----------+------+
 *     i64     i64        u8       u8          u16              u16          u16: 0 or 1
 * </pre>
 */
public final class ActionAnswer {
    /** Longest words of a result, in bytes. */
    static final int MAX_TEXT_LENGTH = 256;

    /** Longest native id, in bytes. */
    static final int MAX_NATIVE_ID_LENGTH = 160;

    static final int FIXED_LENGTH = 24;

    private static final int ACTION_OFFSET = 8;
    private static final int STATUS_OFFSET = 16;
    private static final int KEY_LENGTH_OFFSET = 17;
    private static final int NATIVE_ID_LENGTH_OFFSET = 18;
    private static final int TEXT_LENGTH_OFFSET = 20;
    private static final int REPEATED_OFFSET = 22;

    private DirectBuffer buffer;
    private int offset;

    ActionAnswer() {
    }

    ActionAnswer wrap(final DirectBuffer newBuffer, final int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        return this;
    }

    /** Writes the fixed part, of lengths that are in their ranges. */
    static void put(final MutableDirectBuffer to, final int at, final long ask, final long action, final int status,
                    final boolean isRepeated) {
        to.putLong(at, ask);
        to.putLong(at + ACTION_OFFSET, action);
        to.putByte(at + STATUS_OFFSET, (byte)status);
        to.putShort(at + REPEATED_OFFSET, (short)(isRepeated ? 1 : 0));
    }

    /** Writes the lengths of the texts. */
    static void putLengths(final MutableDirectBuffer to, final int at, final int key, final int nativeId, final int text) {
        to.putByte(at + KEY_LENGTH_OFFSET, (byte)key);
        to.putShort(at + NATIVE_ID_LENGTH_OFFSET, (short)nativeId);
        to.putShort(at + TEXT_LENGTH_OFFSET, (short)text);
    }

    /** The ask that it answers: what {@link ActionClient#ask} and its like have returned. */
    public long ask() {
        return buffer.getLong(offset);
    }

    /** Sequence of the action's record: of the first ask with this key; 0 when the ask was not remembered. */
    public long action() {
        return buffer.getLong(offset + ACTION_OFFSET);
    }

    /** How the action stands. */
    public ActionStatus status() {
        return ActionStatus.get((short)(buffer.getByte(offset + STATUS_OFFSET) & 0xFF));
    }

    /** Whether it is the last answer to its ask: done, failed, timed-out or unknown. */
    public boolean isFinal() {
        return isFinal(buffer.getByte(offset + STATUS_OFFSET) & 0xFF);
    }

    /**
     * Whether the key was known: what is told is of an earlier ask with it, whatever this one has asked for. Of asks with one key that
     * are under way together, any but one.
     */
    public boolean isRepeated() {
        return 0 != buffer.getShort(offset + REPEATED_OFFSET);
    }

    /** Whether a code of {@link ActionStatus} is an end. */
    static boolean isFinal(final int status) {
        return status >= ActionStatus.DONE.value();
    }

    /** Holds key, native id and text. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where the key begins. */
    public int keyOffset() {
        return offset + FIXED_LENGTH;
    }

    /** Length of the key in bytes, 1 to 64. */
    public int keyLength() {
        return buffer.getByte(offset + KEY_LENGTH_OFFSET) & 0xFF;
    }

    /** Where the native id begins. */
    public int nativeIdOffset() {
        return keyOffset() + keyLength();
    }

    /** Length of the native id of the session, of a generated call its leg, in bytes; 0 for none, and while the answer is not final. */
    public int nativeIdLength() {
        return buffer.getShort(offset + NATIVE_ID_LENGTH_OFFSET) & 0xFFFF;
    }

    /** Where the words of the result begin. */
    public int textOffset() {
        return nativeIdOffset() + nativeIdLength();
    }

    /** Length of the words of the result in bytes, 0 to 256. */
    public int textLength() {
        return buffer.getShort(offset + TEXT_LENGTH_OFFSET) & 0xFFFF;
    }

    /** The key as text. Allocates, as the next two do. */
    public String key() {
        return string(keyOffset(), keyLength());
    }

    /** The native id as text, empty for none. */
    public String nativeId() {
        return string(nativeIdOffset(), nativeIdLength());
    }

    /** The words of the result as text, empty for none. */
    public String text() {
        return string(textOffset(), textLength());
    }

    private String string(final int at, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return null == buffer ? "ActionAnswer{}"
            : "ActionAnswer{ask=" + ask() + ", action=" + action() + ", status=" + status() + (isRepeated() ? ", repeated" : "")
            + ", key=" + key() + ", nativeId=" + nativeId() + ", text=" + text() + '}';
    }
}
