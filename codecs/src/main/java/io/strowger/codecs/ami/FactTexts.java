package io.strowger.codecs.ami;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.LegKind;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the var-data of facts, one text behind the other, from the fields of a block.
 *
 * <pre>
 *   | u16 length | bytes ... | u16 length | bytes ... |
 *                                                     ^ limit
 * </pre>
 *
 * <p>Identities (native ids, call ids) are never cut: one that is too long is left out and said. Other texts are cut at the limit in force,
 * never within a UTF-8 character. The server's words for "nothing" become empty texts.
 */
abstract class FactTexts {
    /** Longest text in bytes, usually. */
    static final int WIDE = 256;

    /** Longest text in bytes in a fact that would be too long with the usual limit: then every fact fits. */
    static final int TIGHT = 56;

    private static final int CAPACITY = 64 * 1024;
    private static final int LENGTH_BYTES = Short.BYTES;
    private static final int LEG_TEXTS = 8;
    private static final int MOST_CONTINUATION_BYTES = 3;
    private static final byte[] UNKNOWN = "<unknown>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONE = "none".getBytes(StandardCharsets.US_ASCII);
    private static final byte[][] PSEUDO = {
        "Local/".getBytes(StandardCharsets.US_ASCII), "Message/".getBytes(StandardCharsets.US_ASCII),
        "Surrogate/".getBytes(StandardCharsets.US_ASCII), "Recorder/".getBytes(StandardCharsets.US_ASCII),
        "CBAnn/".getBytes(StandardCharsets.US_ASCII), "AsyncGoto/".getBytes(StandardCharsets.US_ASCII)};

    /** Where the next byte goes. */
    protected int limit;
    /** The block that texts are taken from. */
    protected AmiBlock block;
    /** Longest text in bytes in force. */
    protected int textLimit;
    /** Whether a fact has no native id where it must have one. */
    protected boolean withoutNativeId;
    /** Whether an identity is longer than it may be. */
    protected boolean identityTooLong;

    private final AmiSettings settings;
    private final byte[] out = new byte[CAPACITY];
    private final UnsafeBuffer buffer = new UnsafeBuffer(out);

    /**
     * Texts of facts of one source.
     */
    FactTexts(final AmiSettings settings) {
        this.settings = settings;
    }

    /** Where the facts are written. */
    final UnsafeBuffer buffer() {
        return buffer;
    }

    /** What is known of the source. */
    final AmiSettings settings() {
        return settings;
    }

    /** The source sequence of the fact that is being written. */
    abstract long sourceSequence();

    /**
     * Kind of a leg by the name of its device.
     *
     * @param field index of the field that holds the name, or -1.
     */
    final LegKind kindOf(final int field) {
        if (field < 0) {
            return LegKind.DEVICE;
        }
        for (final byte[] prefix : PSEUDO) {
            if (startsWith(field, prefix)) {
                return LegKind.PSEUDO;
            }
        }
        return LegKind.DEVICE;
    }

    /** An identity that the fact must have. */
    final void nativeId(final int field) {
        final int before = limit;
        id(field);
        withoutNativeId |= limit == before + LENGTH_BYTES;
    }

    /** Whether the field is there and holds more than the server's word for nothing. */
    final boolean hasValue(final int field) {
        return !isPlaceholder(field) && !isNone(field);
    }

    /** The eight empty texts of a leg that is not known. */
    final void noLeg() {
        none();
        noLegButId();
    }

    /** The seven empty texts of a leg of which only the native id is known. */
    final void noLegButId() {
        for (int i = 1; i < LEG_TEXTS; i++) {
            none();
        }
    }

    /** An identity, empty when absent. */
    final void id(final int field) {
        if (isPlaceholder(field) || isNone(field)) {
            none();
            return;
        }
        final int length = block.valueLength(field);
        if (length > SignalLayout.MAX_NATIVE_ID_LENGTH) {
            identityTooLong = true;
            none();
            return;
        }
        raw(block.valueOffset(field), length);
    }

    /** A text as it stands; empty when absent or a placeholder. */
    final void text(final int field) {
        text(field, textLimit);
    }

    /**
     * A text that may be long.
     *
     * @param longest in bytes.
     */
    final void text(final int field, final int longest) {
        if (isPlaceholder(field) || isNone(field)) {
            none();
            return;
        }
        final int length = block.valueLength(field);
        raw(block.valueOffset(field), length <= longest ? length : cut(block.valueOffset(field), longest));
    }

    /** A caller's or connected name, with the server's escapes undone once. */
    final void name(final int field) {
        if (isPlaceholder(field)) {
            none();
            return;
        }
        final int from = block.valueOffset(field);
        final int length = block.valueLength(field);
        int escape = from;
        while (escape < from + length && block.bytes()[escape] != '\\') {
            escape++;
        }
        if (escape == from + length) {
            raw(from, length <= textLimit ? length : cut(from, textLimit));
        } else {
            unescaped(from, length);
        }
    }

    /** The extension in a device's name when the rule of the source says that it is one; none of a pseudo leg. */
    final void user(final int field) {
        span(isUser(field) ? extension(field) : 0);
    }

    /** Whether the device of that name belongs to a local user. */
    final boolean isUser(final int field) {
        return field >= 0 && kindOf(field) == LegKind.DEVICE && extension(field) != 0;
    }

    /** A span {@code offset << 32 | length} of the block, or 0 for an empty text. */
    final void span(final long span) {
        raw((int)(span >>> Integer.SIZE), (int)span);
    }

    /**
     * Finds the extension in the name of a device or of a queue member.
     *
     * @return {@code offset << 32 | length}, or 0.
     */
    final long extension(final int field) {
        return field < 0 ? 0 : AmiText.extension(
            block.bytes(), block.valueOffset(field), block.valueLength(field),
            settings.minExtensionDigits(), settings.maxExtensionDigits());
    }

    /** An empty text. */
    final void none() {
        putShort(limit, 0);
        limit += LENGTH_BYTES;
    }

    /** A text of the translator's own. */
    final void literal(final byte[] text) {
        append(text, 0, text.length);
    }

    /** An identity of a prefix and a value; empty when the value is. */
    final void idBehind(final byte[] prefix, final int field) {
        if (isPlaceholder(field) || isNone(field)) {
            none();
            return;
        }
        final int length = block.valueLength(field);
        if (prefix.length + length > SignalLayout.MAX_NATIVE_ID_LENGTH) {
            identityTooLong = true;
            none();
            return;
        }
        final int at = limit;
        append(prefix, 0, prefix.length);
        buffer.putBytes(limit, block.bytes(), block.valueOffset(field), length);
        limit += length;
        putShort(at, prefix.length + length);
    }

    /** The same where the fact must have it. */
    final void nativeIdBehind(final byte[] prefix, final int field) {
        final int before = limit;
        idBehind(prefix, field);
        withoutNativeId |= limit == before + LENGTH_BYTES;
    }

    /** An identity of two values with a separator between them. */
    final void idOfTwo(final int field, final byte[] separator, final int other) {
        final int at = limit;
        id(field);
        final int middle = limit;
        idBehind(separator, other);
        final int first = middle - at - LENGTH_BYTES;
        final int second = limit - middle - LENGTH_BYTES;
        if (first + second > SignalLayout.MAX_NATIVE_ID_LENGTH) {
            identityTooLong = true;
        }
        System.arraycopy(out, middle + LENGTH_BYTES, out, middle, second);
        limit -= LENGTH_BYTES;
        putShort(at, first + second);
    }

    /** An identity of a prefix and the source sequence of the fact in hexadecimal, for things that the source gives no id. */
    final void idOfSequence(final byte[] prefix) {
        final int at = limit;
        append(prefix, 0, prefix.length);
        final long sequence = sourceSequence();
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            final int digit = (int)(sequence >>> shift) & 0xF;
            buffer.putByte(limit++, (byte)(digit < 10 ? '0' + digit : 'a' - 10 + digit));
        }
        putShort(at, limit - at - LENGTH_BYTES);
    }

    /**
     * The first bytes of the block.
     *
     * @param longest in bytes.
     */
    final void blockText(final int longest) {
        raw(0, Math.min(block.length(), longest));
    }

    /** Bytes of the block as they are. */
    final void raw(final int offset, final int length) {
        append(block.bytes(), offset, length);
    }

    private void append(final byte[] bytes, final int offset, final int length) {
        putShort(limit, length);
        buffer.putBytes(limit + LENGTH_BYTES, bytes, offset, length);
        limit += LENGTH_BYTES + length;
    }

    private void unescaped(final int from, final int length) {
        final byte[] bytes = block.bytes();
        final int at = limit;
        final int end = from + length;
        limit += LENGTH_BYTES;
        final int last = limit + textLimit;
        int read = from;
        while (read < end && limit < last) {
            byte value = bytes[read++];
            if (value == '\\' && read < end) {
                final byte meant = meant(bytes[read]);
                if (meant != 0) {
                    value = meant;
                    read++;
                }
            }
            out[limit++] = value;
        }
        final int least = limit - MOST_CONTINUATION_BYTES;
        while (read < end && limit > least && (bytes[read] & 0xC0) == 0x80) {
            read--;
            limit--;
        }
        putShort(at, limit - at - LENGTH_BYTES);
    }

    /** What an escape stands for, or 0 when the server writes no such escape. */
    private static byte meant(final byte escaped) {
        return switch (escaped) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case '\\', '\'', '"', '?' -> escaped;
            default -> 0;
        };
    }

    /** A length of at most the limit that does not end within a UTF-8 character. */
    private int cut(final int offset, final int longest) {
        int length = longest;
        while (length > longest - MOST_CONTINUATION_BYTES && (block.bytes()[offset + length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    /** Whether there is no value: absent, empty, or the server's word for that. */
    private boolean isPlaceholder(final int field) {
        return field < 0 || block.valueLength(field) == 0 || equals(field, UNKNOWN);
    }

    private boolean isNone(final int field) {
        return equals(field, NONE);
    }

    private boolean equals(final int field, final byte[] text) {
        return block.valueLength(field) == text.length && startsWith(field, text);
    }

    private boolean startsWith(final int field, final byte[] text) {
        if (block.valueLength(field) < text.length) {
            return false;
        }
        final byte[] bytes = block.bytes();
        final int offset = block.valueOffset(field);
        for (int i = 0; i < text.length; i++) {
            if (bytes[offset + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** A u16, little endian. */
    final void putShort(final int index, final int value) {
        buffer.putShort(index, (short)value, ByteOrder.LITTLE_ENDIAN);
    }
}
