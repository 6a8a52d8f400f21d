package io.strowger.codecs.ami;

import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.FactBuffer;

/**
 * Writes the var-data of facts from the fields of a block. The server's words for "nothing" become empty texts.
 */
abstract class FactTexts extends FactBuffer {
    private static final int LEG_TEXTS = 8;
    private static final int MOST_CONTINUATION_BYTES = 3;
    private static final byte[] UNKNOWN = AsciiText.bytes("<unknown>");
    private static final byte[] NONE = AsciiText.bytes("none");
    private static final byte[][] PSEUDO = {
        AsciiText.bytes("Local/"), AsciiText.bytes("Message/"), AsciiText.bytes("Surrogate/"), AsciiText.bytes("Recorder/"),
        AsciiText.bytes("CBAnn/"), AsciiText.bytes("AsyncGoto/")};

    /** The block that texts are taken from. */
    protected AmiBlock block;

    private final AmiSettings settings;

    /**
     * Texts of facts of one source.
     */
    FactTexts(final AmiSettings settings) {
        super(settings.source(), settings.tenant());
        this.settings = settings;
    }

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
        if (!hasValue(field)) {
            missNativeId();
        }
        id(field);
    }

    /** Whether the field is there and holds more than the server's word for nothing. */
    final boolean hasValue(final int field) {
        return !isPlaceholder(field) && !isNone(field);
    }

    /** The eight empty texts of a leg that is not known. */
    final void noLeg() {
        none(LEG_TEXTS);
    }

    /** The seven empty texts of a leg of which only the native id is known. */
    final void noLegButId() {
        none(LEG_TEXTS - 1);
    }

    /** An identity, empty when absent. */
    final void id(final int field) {
        if (hasValue(field)) {
            identity(block.bytes(), block.valueOffset(field), block.valueLength(field));
        } else {
            none();
        }
    }

    /** A text as it stands; empty when absent or a placeholder. */
    final void text(final int field) {
        text(field, textLimit());
    }

    /**
     * A text that may be long.
     *
     * @param longest in bytes.
     */
    final void text(final int field, final int longest) {
        if (hasValue(field)) {
            text(block.bytes(), block.valueOffset(field), block.valueLength(field), longest);
        } else {
            none();
        }
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
            text(block.bytes(), from, length);
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

    /** An identity of a prefix and a value; empty when the value is. */
    final void idBehind(final byte[] prefix, final int field) {
        if (!hasValue(field)) {
            none();
            return;
        }
        beginText();
        append(prefix, 0, prefix.length);
        appendValue(field);
        endText();
    }

    /** The same where the fact must have it. */
    final void nativeIdBehind(final byte[] prefix, final int field) {
        if (!hasValue(field)) {
            missNativeId();
        }
        idBehind(prefix, field);
    }

    /** An identity of two values with a separator between them, when there is a second. */
    final void idOfTwo(final int field, final byte[] separator, final int other) {
        beginText();
        appendValue(field);
        if (hasValue(other)) {
            appendIdentity(separator, 0, separator.length);
            appendValue(other);
        }
        endText();
    }

    private void appendValue(final int field) {
        if (hasValue(field)) {
            appendIdentity(block.bytes(), block.valueOffset(field), block.valueLength(field));
        }
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
        raw(block.bytes(), offset, length);
    }

    private void unescaped(final int from, final int length) {
        final byte[] bytes = block.bytes();
        final int end = from + length;
        beginText();
        int read = from;
        while (read < end && textLength() < textLimit()) {
            byte value = bytes[read++];
            if (value == '\\' && read < end) {
                final byte meant = meant(bytes[read]);
                if (meant != 0) {
                    value = meant;
                    read++;
                }
            }
            append(value);
        }
        final int least = textLength() - MOST_CONTINUATION_BYTES;
        while (read < end && textLength() > least && (bytes[read] & 0xC0) == 0x80) {
            read--;
            takeBack(1);
        }
        endText();
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
}
