package io.strowger.codecs.admission;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.TemplateDescriptor;
import io.strowger.codecs.sbe.AnswerDecoder;
import io.strowger.codecs.sbe.ChatDecoder;
import io.strowger.codecs.sbe.FaxDecoder;
import io.strowger.codecs.sbe.ForwardCallDecoder;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.RenameDecoder;
import io.strowger.codecs.sbe.StopRecordingDecoder;
import io.strowger.codecs.sbe.TransferDecoder;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Walks once over the lengths of an untrusted signal, each checked against what is left of its slice, and says whether it may come in.
 *
 * <pre>
 *   offset                                                                          offset + length
 *   |-- header --|------- blockLength -------|- n -|-- n bytes --|- n -|-- n bytes --| ... |
 *     schema,      at least the block of       u16   at most 1024,  the native id: at most   ends exactly here
 *     template,    the signal's own version          within the     160, not empty where
 *     version                                        slice          one must be named
 * </pre>
 *
 * <p>At most 3 + (number of texts) steps, whatever the bytes say. The verdict depends on nothing but the slice. What a field holds (an
 * unknown enum code, malformed UTF-8) is not looked at, for every reader bears it; but what a fact says has happened must be stated, see
 * {@link DecidingCodes}. A version newer than the catalog's is refused.
 *
 * <p>Immutable; any thread. One bounds check a call, then raw reads that the walk itself keeps within the slice; no allocation, no
 * exception for any bytes.
 */
public final class AdmissionWalk {
    /** The verdict on a signal that may come in. */
    public static final int ADMITTED = 0;

    private static final int TOO_SHORT = RejectReason.TOO_SHORT.value();
    private static final int TOO_LONG = RejectReason.TOO_LONG.value();
    private static final int UNKNOWN_SCHEMA = RejectReason.UNKNOWN_SCHEMA.value();
    private static final int UNKNOWN_TEMPLATE = RejectReason.UNKNOWN_TEMPLATE.value();
    private static final int BAD_VERSION = RejectReason.BAD_VERSION.value();
    private static final int BAD_BLOCK_LENGTH = RejectReason.BAD_BLOCK_LENGTH.value();
    private static final int BAD_VAR_DATA = RejectReason.BAD_VAR_DATA.value();
    private static final int TRAILING_BYTES = RejectReason.TRAILING_BYTES.value();
    private static final int NATIVE_ID_TOO_LONG = RejectReason.NATIVE_ID_TOO_LONG.value();
    private static final int NATIVE_ID_MISSING = RejectReason.NATIVE_ID_MISSING.value();
    private static final int NOT_ALLOWED = RejectReason.NOT_ALLOWED.value();
    private static final int BAD_CODE = RejectReason.BAD_CODE.value();

    private static final int MIN_LENGTH = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH;
    private static final int LENGTH_SIZE = 2;
    private static final boolean SWAP = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;

    /** A template the catalog has, but not in this version. */
    private static final int NO_PLAN = -1;

    /** Plan: blockLength in the low 16 bits, above it the number of texts, above that what holds for the native id. */
    private static final int TEXTS_SHIFT = 16;
    private static final int NATIVE_ID_SHIFT = 24;
    private static final int NATIVE_ID_ALLOWED_EMPTY = 1;
    private static final int NATIVE_ID_REQUIRED = 2;

    private static final byte KNOWN = 1;
    private static final byte ALLOWED = 2;

    private final int schemaId;
    private final int newestVersion;
    private final int stride;
    private final byte[] status;
    private final int[] plans;
    private final DecidingCodes codes;

    /**
     * A walk for one kind of peer, by the schema this program was built with.
     *
     * @param allowed what this peer may send.
     */
    public AdmissionWalk(final TemplateSet allowed) {
        this(SignalCatalog.current(), allowed);
    }

    /**
     * A walk by another schema.
     *
     * @param catalog its newest version is the newest that is let in.
     * @param allowed what this peer may send.
     */
    public AdmissionWalk(final SignalCatalog catalog, final TemplateSet allowed) {
        schemaId = catalog.schemaId();
        newestVersion = catalog.version();
        stride = catalog.maxTemplateId() + 1;
        status = new byte[stride];
        plans = new int[stride * (newestVersion + 1)];
        codes = new DecidingCodes(catalog);
        Arrays.fill(plans, NO_PLAN);
        for (final TemplateDescriptor template : catalog.templates()) {
            status[template.id()] = allowed.contains(template.id()) ? ALLOWED : KNOWN;
            for (int version = Math.max(1, template.sinceVersion()); version <= newestVersion; version++) {
                plans[version * stride + template.id()] = plan(template, version);
            }
        }
    }

    /**
     * Judges the bytes of one signal.
     *
     * @param buffer holds them; what it holds before and behind them is not read.
     * @param offset of the SBE header.
     * @param length of the slice that the signal must fill exactly; any number.
     * @return {@link #ADMITTED}, or the code of a {@link RejectReason}.
     * @throws IndexOutOfBoundsException when the slice itself, of an admissible length, is not within the buffer: the caller's mistake,
     *                                   never one of the bytes. Seen only with bounds checks on.
     */
    public int check(final DirectBuffer buffer, final int offset, final int length) {
        if (length < MIN_LENGTH) {
            return TOO_SHORT;
        }
        if (length > SignalLayout.MAX_SIGNAL_LENGTH) {
            return TOO_LONG;
        }
        if (DirectBuffer.SHOULD_BOUNDS_CHECK) {
            buffer.boundsCheck(offset, length);
        }
        final byte[] array = buffer.byteArray();
        final long start = buffer.addressOffset() + offset;
        final long header = getLong(array, start);
        final int template = (int)(header >>> 16) & 0xFFFF;
        final int version = (int)(header >>> 48);
        if (((int)(header >>> 32) & 0xFFFF) != schemaId) {
            return UNKNOWN_SCHEMA;
        }
        if (template >= stride || 0 == status[template]) {
            return UNKNOWN_TEMPLATE;
        }
        if (ALLOWED != status[template]) {
            return NOT_ALLOWED;
        }
        if (version < 1 || version > newestVersion) {
            return BAD_VERSION;
        }
        final int plan = plans[version * stride + template];
        if (NO_PLAN == plan) {
            return BAD_VERSION;
        }
        final int verdict = walk(array, start, length, (int)header & 0xFFFF, plan);
        return ADMITTED == verdict && !codes.areStated(array, start, version, template) ? BAD_CODE : verdict;
    }

    private static int walk(final byte[] array, final long start, final int length, final int blockLength, final int plan) {
        int at = SignalLayout.HEADER_LENGTH + blockLength;
        if (blockLength < (plan & 0xFFFF) || at > length) {
            return BAD_BLOCK_LENGTH;
        }
        int texts = (plan >>> TEXTS_SHIFT) & 0xFF;
        final int nativeId = plan >>> NATIVE_ID_SHIFT;
        if (0 != nativeId) {
            if (at + LENGTH_SIZE > length) {
                return BAD_VAR_DATA;
            }
            final int size = getShort(array, start + at);
            at += LENGTH_SIZE + size;
            if (at > length) {
                return BAD_VAR_DATA;
            }
            if (size > SignalLayout.MAX_NATIVE_ID_LENGTH) {
                return NATIVE_ID_TOO_LONG;
            }
            if (0 == size && NATIVE_ID_REQUIRED == nativeId) {
                return NATIVE_ID_MISSING;
            }
            texts--;
        }
        return walkTexts(array, start, length, at, texts);
    }

    private static int walkTexts(final byte[] array, final long start, final int length, final int from, final int texts) {
        int at = from;
        for (int i = 0; i < texts; i++) {
            if (at + LENGTH_SIZE > length) {
                return BAD_VAR_DATA;
            }
            final int size = getShort(array, start + at);
            at += LENGTH_SIZE + size;
            if (size > SignalLayout.MAX_TEXT_LENGTH || at > length) {
                return BAD_VAR_DATA;
            }
        }
        return at == length ? ADMITTED : TRAILING_BYTES;
    }

    private static int plan(final TemplateDescriptor template, final int version) {
        final int nativeId;
        if (!template.hasNativeId()) {
            nativeId = 0;
        } else {
            nativeId = namesSession(template.id()) ? NATIVE_ID_REQUIRED : NATIVE_ID_ALLOWED_EMPTY;
        }
        return template.blockLength(version) | (template.textCount(version) << TEXTS_SHIFT) | (nativeId << NATIVE_ID_SHIFT);
    }

    /**
     * Facts about a leg, a chat, a fax, a shared screen and actions on a leg must say which. Not so a transfer, whose transferee the source
     * may not know, and the forwarding of all later calls of a user.
     */
    private static boolean namesSession(final int template) {
        final boolean leg = template >= LegSeenDecoder.TEMPLATE_ID && template <= RenameDecoder.TEMPLATE_ID;
        final boolean medium = template >= FaxDecoder.TEMPLATE_ID && template <= ChatDecoder.TEMPLATE_ID;
        final boolean action = template >= AnswerDecoder.TEMPLATE_ID && template <= StopRecordingDecoder.TEMPLATE_ID;
        return (leg || medium || action) && TransferDecoder.TEMPLATE_ID != template && ForwardCallDecoder.TEMPLATE_ID != template;
    }

    private static long getLong(final byte[] array, final long at) {
        final long value = UnsafeApi.getLong(array, at);
        return SWAP ? Long.reverseBytes(value) : value;
    }

    private static int getShort(final byte[] array, final long at) {
        final short value = UnsafeApi.getShort(array, at);
        return (SWAP ? Short.reverseBytes(value) : value) & 0xFFFF;
    }
}
