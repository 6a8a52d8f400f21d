package io.strowger.codecs.translate;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.SourceSequence;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Writes the facts of one block of a source one behind the other and keeps them until the sink has taken them all.
 *
 * <pre>
 *   |-- header, block, texts --|-- header, block, texts --|-- ...
 *   starts[0]                  starts[1]                  starts[2]
 *
 *   texts:  | u16 length | bytes ... | u16 length | bytes ... |
 *                                                             ^ limit
 * </pre>
 *
 * <p>A mapping calls {@link #begin} with the encoder, sets the encoder's own fields, calls one text method for each var-data field in
 * schema order, then {@link #end}. Identities (native ids, call ids) are never cut: one that is too long spoils the block, and is said.
 * Other texts are cut at the limit in force, never within a UTF-8 character; where a fact would still be longer than a signal may be, the
 * whole block is written again with {@link #TIGHT}: then every fact fits.
 */
public abstract class FactBuffer {
    /** Longest text in bytes, usually. */
    public static final int WIDE = 256;

    /** Longest text in bytes in a fact that would be too long with the usual limit. */
    public static final int TIGHT = 56;

    private static final int CAPACITY = 64 * 1024;
    private static final int MAX_FACTS = 16;
    private static final int LENGTH_BYTES = Short.BYTES;
    private static final int MOST_CONTINUATION_BYTES = 3;

    private final int source;
    private final int tenant;
    private final byte[] out = new byte[CAPACITY];
    private final UnsafeBuffer buffer = new UnsafeBuffer(out);
    private final int[] starts = new int[MAX_FACTS + 1];
    private int limit;
    private int textStart;
    private int count;
    private int offered;
    private int connection;
    private long blockEnd;
    private long timeNs;
    private int textLimit;
    private boolean withoutNativeId;
    private boolean identityTooLong;
    private boolean tooLong;

    /**
     * A buffer for the facts of one source.
     *
     * @param source its number, as the router gave it.
     * @param tenant whose it is.
     */
    protected FactBuffer(final int source, final int tenant) {
        this.source = source;
        this.tenant = tenant;
    }

    /**
     * Begins with the facts of a block.
     *
     * @param connectionNumber of the connection.
     * @param blockEndOffset   offset in the connection behind the block's last byte.
     * @param sourceTimeNs     nanoseconds since 1970.
     * @param longestText      {@link #WIDE} or {@link #TIGHT}.
     */
    protected final void startFacts(
        final int connectionNumber, final long blockEndOffset, final long sourceTimeNs, final int longestText) {
        connection = connectionNumber;
        blockEnd = blockEndOffset;
        timeNs = sourceTimeNs;
        textLimit = longestText;
        discard();
    }

    /** Drops the facts of the block. */
    public final void discard() {
        count = 0;
        offered = 0;
        limit = 0;
        withoutNativeId = false;
        identityTooLong = false;
        tooLong = false;
    }

    /** How many facts the sink has not yet taken. */
    public final int pending() {
        return count - offered;
    }

    /** Whether a fact has no native id where it must have one. */
    public final boolean isWithoutNativeId() {
        return withoutNativeId;
    }

    /** Whether an identity is longer than it may be. */
    public final boolean isIdentityTooLong() {
        return identityTooLong;
    }

    /** Whether a fact is longer than a signal may be. */
    public final boolean isTooLong() {
        return tooLong;
    }

    /**
     * Offers the facts that the sink has not yet taken, in order.
     *
     * @return whether it has them all.
     */
    public final boolean offer(final SignalSink sink) {
        while (offered < count) {
            if (!sink.offer(buffer, starts[offered], starts[offered + 1] - starts[offered])) {
                return false;
            }
            offered++;
        }
        return true;
    }

    /** Begins a fact: header and the four fields that all have. */
    public final void begin(final MessageEncoderFlyweight encoder) {
        final int start = starts[count];
        putShort(start + SignalLayout.BLOCK_LENGTH_OFFSET, encoder.sbeBlockLength());
        putShort(start + SignalLayout.TEMPLATE_ID_OFFSET, encoder.sbeTemplateId());
        putShort(start + SignalLayout.SCHEMA_ID_OFFSET, encoder.sbeSchemaId());
        putShort(start + SignalLayout.VERSION_OFFSET, encoder.sbeSchemaVersion());
        encoder.wrap(buffer, start + SignalLayout.HEADER_LENGTH);
        buffer.putLong(start + SignalLayout.SOURCE_SEQUENCE_OFFSET, sourceSequence(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(start + SignalLayout.SOURCE_TIME_OFFSET, timeNs, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(start + SignalLayout.SOURCE_OFFSET, source, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(start + SignalLayout.TENANT_OFFSET, tenant, ByteOrder.LITTLE_ENDIAN);
        limit = start + SignalLayout.HEADER_LENGTH + encoder.sbeBlockLength();
    }

    /** Ends the fact. */
    public final void end() {
        tooLong |= limit - starts[count] > SignalLayout.MAX_SIGNAL_LENGTH;
        count++;
        starts[count] = limit;
    }

    /** The source sequence of the fact that is being written. */
    public final long sourceSequence() {
        return SourceSequence.of(connection, blockEnd, count);
    }

    /** Source time of the facts in nanoseconds since 1970. */
    protected final long timeNs() {
        return timeNs;
    }

    /** Longest text in bytes in force. */
    protected final int textLimit() {
        return textLimit;
    }

    /** An empty text. */
    public final void none() {
        putShort(limit, 0);
        limit += LENGTH_BYTES;
    }

    /**
     * So many empty texts.
     *
     * @param texts how many.
     */
    public final void none(final int texts) {
        for (int i = 0; i < texts; i++) {
            none();
        }
    }

    /** A text of the translator's own. */
    public final void literal(final byte[] text) {
        raw(text, 0, text.length);
    }

    /** Bytes as they are, at most {@link SignalLayout#MAX_TEXT_LENGTH}. */
    public final void raw(final byte[] bytes, final int offset, final int length) {
        putShort(limit, length);
        buffer.putBytes(limit + LENGTH_BYTES, bytes, offset, length);
        limit += LENGTH_BYTES + length;
    }

    /** A text, cut at the limit in force. */
    public final void text(final byte[] bytes, final int offset, final int length) {
        text(bytes, offset, length, textLimit);
    }

    /**
     * A text that may be long.
     *
     * @param longest in bytes.
     */
    public final void text(final byte[] bytes, final int offset, final int length, final int longest) {
        raw(bytes, offset, length <= longest ? length : cut(bytes, offset, longest));
    }

    /** An identity: never cut, {@link #isIdentityTooLong} instead. Nothing is an empty text. */
    public final void identity(final byte[] bytes, final int offset, final int length) {
        beginText();
        appendIdentity(bytes, offset, length);
        endText();
    }

    /** An identity that the fact must have, else {@link #isWithoutNativeId}. */
    public final void nativeIdentity(final byte[] bytes, final int offset, final int length) {
        withoutNativeId |= 0 == length;
        identity(bytes, offset, length);
    }

    /** An identity that was put together of pieces is longer than it may be. */
    protected final void spoilIdentity() {
        identityTooLong = true;
    }

    /** The fact has no native id where it must have one. */
    protected final void missNativeId() {
        withoutNativeId = true;
    }

    /** An identity of a prefix and the source sequence of the fact in hexadecimal, for things that the source gives no id. */
    public final void idOfSequence(final byte[] prefix) {
        beginText();
        append(prefix, 0, prefix.length);
        appendHex(sourceSequence());
        endText();
    }

    /** Begins a text that is put together of pieces: {@link #append} or {@link #appendIdentity}, then {@link #endText}. */
    public final void beginText() {
        textStart = limit;
        limit += LENGTH_BYTES;
    }

    /** One more byte of the text. */
    public final void append(final byte value) {
        out[limit++] = value;
    }

    /** A number in hexadecimal, 16 digits. */
    public final void appendHex(final long value) {
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            final int digit = (int)(value >>> shift) & 0xF;
            append((byte)(digit < 10 ? '0' + digit : 'a' - 10 + digit));
        }
    }

    /** More bytes of the text. */
    public final void append(final byte[] bytes, final int offset, final int length) {
        buffer.putBytes(limit, bytes, offset, length);
        limit += length;
    }

    /** More bytes of an identity: left out when it would be too long, and {@link #isIdentityTooLong}. */
    public final void appendIdentity(final byte[] bytes, final int offset, final int length) {
        if (textLength() + length > SignalLayout.MAX_NATIVE_ID_LENGTH) {
            identityTooLong = true;
        } else {
            append(bytes, offset, length);
        }
    }

    /** Length of the text so far. */
    public final int textLength() {
        return limit - textStart - LENGTH_BYTES;
    }

    /** Takes back the last bytes of the text. */
    protected final void takeBack(final int bytes) {
        limit -= bytes;
    }

    /** Ends the text. */
    public final void endText() {
        putShort(textStart, textLength());
    }

    /** A length of at most the limit that does not end within a UTF-8 character. */
    private static int cut(final byte[] bytes, final int offset, final int longest) {
        int length = longest;
        while (length > longest - MOST_CONTINUATION_BYTES && (bytes[offset + length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    private void putShort(final int index, final int value) {
        buffer.putShort(index, (short)value, ByteOrder.LITTLE_ENDIAN);
    }
}
