package io.strowger.codecs.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.GenerateCallDecoder;
import io.strowger.codecs.sbe.HangUpDecoder;
import io.strowger.codecs.sbe.SendSmsDecoder;
import io.strowger.codecs.sbe.TransferCallDecoder;
import io.strowger.codecs.sbe.TransferKind;
import io.strowger.codecs.translate.AsciiText;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * The fields of one admitted action, whatever its template.
 *
 * <pre>
 *   header | sourceSequence sourceTime source tenant | deadline | own field | len text | len text | ...
 *   0      8                                         32         40          8 + blockLength
 * </pre>
 *
 * <p>The texts are copied: the signal is the caller's again behind {@link #wrap}. One thread; allocates nothing.
 */
public final class ActionFields {
    /** Greatest cause of a hang-up by Q.850. */
    public static final int MAX_CAUSE = 127;

    /** Lowest template of an action. */
    public static final int FIRST_TEMPLATE = GenerateCallDecoder.TEMPLATE_ID;

    /** Highest template of an action. */
    public static final int LAST_TEMPLATE = SendSmsDecoder.TEMPLATE_ID;

    private static final int DEADLINE_OFFSET = SignalLayout.HEADER_LENGTH + GenerateCallDecoder.deadlineEncodingOffset();
    private static final int CAUSE_OFFSET = SignalLayout.HEADER_LENGTH + HangUpDecoder.causeCodeEncodingOffset();
    private static final int KIND_OFFSET = SignalLayout.HEADER_LENGTH + TransferCallDecoder.kindEncodingOffset();
    private static final int LENGTH_BYTES = Short.BYTES;
    private static final long MARGIN_MS = 1_000;

    /** The texts of each template in the order of the schema. */
    private static final ActionText[][] TEXTS = {
        {ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER, ActionText.NUMBER, ActionText.NAME},
        {ActionText.NATIVE_ID, ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER},
        {ActionText.NATIVE_ID, ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER},
        {ActionText.NATIVE_ID, ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER, ActionText.NUMBER},
        {ActionText.NATIVE_ID, ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER, ActionText.NUMBER},
        {ActionText.NATIVE_ID, ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER, ActionText.GROUP},
        {ActionText.NATIVE_ID, ActionText.CLIENT_ID, ActionText.KEY, ActionText.REFERENCE},
        {ActionText.NATIVE_ID, ActionText.CLIENT_ID, ActionText.KEY},
        {ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER, ActionText.DEVICE},
        {ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER, ActionText.DEVICE},
        {ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER, ActionText.GROUP},
        {ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER, ActionText.GROUP},
        {ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER, ActionText.NUMBER, ActionText.REFERENCE},
        {ActionText.CLIENT_ID, ActionText.KEY, ActionText.USER, ActionText.NUMBER, ActionText.TEXT}};

    private final byte[] bytes = new byte[SignalLayout.MAX_SIGNAL_LENGTH];
    private final int[] offsets = new int[ActionText.values().length];
    private final int[] lengths = new int[ActionText.values().length];
    private int templateId;
    private long deadlineNs;
    private long nowNs;
    private int causeCode;
    private boolean attended;

    /**
     * Takes over the fields of a signal that has been admitted.
     *
     * @param signal   holds it.
     * @param offset   of its header.
     * @param length   of the whole signal in bytes.
     * @param newNowNs in nanoseconds since 1970.
     * @return false when it is no action.
     */
    public boolean wrap(final DirectBuffer signal, final int offset, final int length, final long newNowNs) {
        nowNs = newNowNs;
        templateId = SignalLayout.templateId(signal, offset);
        if (templateId < FIRST_TEMPLATE || templateId > LAST_TEMPLATE || length > bytes.length) {
            return false;
        }
        deadlineNs = signal.getLong(offset + DEADLINE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        causeCode = HangUpDecoder.TEMPLATE_ID == templateId ?
            signal.getShort(offset + CAUSE_OFFSET, ByteOrder.LITTLE_ENDIAN) : HangUpDecoder.causeCodeNullValue();
        attended = TransferCallDecoder.TEMPLATE_ID == templateId &&
            signal.getByte(offset + KIND_OFFSET) == (byte)TransferKind.ATTENDED.value();
        Arrays.fill(lengths, 0);
        signal.getBytes(offset, bytes, 0, length);
        int at = SignalLayout.varDataOffset(signal, offset) - offset;
        for (final ActionText text : TEXTS[templateId - FIRST_TEMPLATE]) {
            final int textLength = SignalLayout.textLength(signal, offset + at);
            offsets[text.index()] = at + LENGTH_BYTES;
            lengths[text.index()] = textLength;
            at += LENGTH_BYTES + textLength;
        }
        return true;
    }

    /** Template of the action. */
    public int templateId() {
        return templateId;
    }

    /**
     * Whether a deadline is stated: 0 and the null value of SBE say that there is none. Any other is a time, one before 1970 too: it has
     * passed.
     */
    public static boolean isStated(final long deadlineNs) {
        return 0 != deadlineNs && GenerateCallDecoder.deadlineNullValue() != deadlineNs;
    }

    /** Whether the action has a deadline. */
    public boolean hasDeadline() {
        return isStated(deadlineNs);
    }

    /** When the action must have been done, in nanoseconds since 1970; of no meaning where it {@link #hasDeadline() has} no such time. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /**
     * How long a call attempt for the action may go on. It is over before the deadline, so that nobody is called whose answer comes too
     * late to count, and that its outcome is told in time.
     *
     * @param longestMs that the settings allow, in milliseconds, from 1.
     * @return at least 1: that, or up to a second before the deadline; where less than two seconds are left, half of them.
     */
    public long attemptMs(final long longestMs) {
        if (!hasDeadline()) {
            return longestMs;
        }
        final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - nowNs);
        return Math.max(1, Math.min(longestMs, leftMs - Math.min(MARGIN_MS, leftMs / 2)));
    }

    /** Whether the cause of a hang-up is stated: a negative one is none. */
    public boolean hasCause() {
        return causeCode >= 0;
    }

    /** Cause of a hang-up, as it is stated; of no meaning where none {@link #hasCause() is}. */
    int causeCode() {
        return causeCode;
    }

    /** Whether a transfer is an attended one. */
    public boolean isAttended() {
        return attended;
    }

    /** Whether the text is there and not empty. */
    public boolean has(final ActionText text) {
        return lengths[text.index()] > 0;
    }

    /** Holds the texts. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the text begins in {@link #bytes()}. */
    public int offset(final ActionText text) {
        return offsets[text.index()];
    }

    /** Length of the text in bytes, 0 when the action has none. */
    public int length(final ActionText text) {
        return lengths[text.index()];
    }

    /** Whether the text is this word. */
    public boolean is(final ActionText text, final byte[] word) {
        final int from = offset(text);
        return Arrays.equals(bytes, from, from + length(text), word, 0, word.length);
    }

    /** Whether the text is this word, given in lower case, without regard to the case of ASCII letters. */
    public boolean isIgnoringCase(final ActionText text, final byte[] word) {
        return AsciiText.equalsIgnoringCase(bytes, offset(text), length(text), word);
    }

    /** Whether the sign of ASCII stands in the text. */
    public boolean contains(final ActionText text, final char sign) {
        final int from = offset(text);
        for (int i = from; i < from + length(text); i++) {
            if (bytes[i] == (byte)sign) {
                return true;
            }
        }
        return false;
    }

    /** Whether the last word of the path has a point. */
    public boolean hasEnding(final ActionText path) {
        final int from = offset(path);
        for (int i = from + length(path) - 1; i >= from && bytes[i] != '/'; i--) {
            if ('.' == bytes[i]) {
                return true;
            }
        }
        return false;
    }
}
