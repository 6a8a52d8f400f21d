package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A view of an admitted signal that finds its var-data by their order in the schema.
 *
 * <p>All templates about a leg begin alike, so one view serves them all:
 *
 * <pre>
 *   block:    sourceSequence sourceTime source tenant | legState legKind | of the template
 *   var-data: nativeId callId device user number name remoteParty remoteName | of the template
 * </pre>
 *
 * <p>Var-data is walked as far as asked for, once. Core thread only.
 */
final class Fact {
    static final int NATIVE_ID = 0;
    static final int CALL_ID = 1;
    static final int DEVICE = 2;
    static final int USER = 3;
    static final int NUMBER = 4;
    static final int NAME = 5;
    static final int REMOTE_PARTY = 6;
    static final int REMOTE_NAME = 7;

    /** First var-data behind those of every leg. */
    static final int OWN = 8;

    /** Byte of an enum field that is not stated. */
    static final int NOT_STATED = 255;

    private static final int LEG_STATE_OFFSET = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH;
    private static final int LEG_KIND_OFFSET = LEG_STATE_OFFSET + 1;
    private static final int OWN_BLOCK_OFFSET = LEG_KIND_OFFSET + 1;
    private static final int MAX_TEXTS = 32;

    private final int[] textOffsets = new int[MAX_TEXTS + 1];
    private DirectBuffer buffer;
    private int offset;
    private int end;
    private int blockEnd;
    private int walked;

    /**
     * Looks at another signal.
     *
     * @return this.
     */
    Fact wrap(final DirectBuffer signal, final int signalOffset, final int length) {
        buffer = signal;
        offset = signalOffset;
        end = signalOffset + length;
        blockEnd = SignalLayout.varDataOffset(signal, signalOffset);
        textOffsets[0] = blockEnd;
        walked = 0;
        return this;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int templateId() {
        return SignalLayout.templateId(buffer, offset);
    }

    long sourceSequence() {
        return SignalLayout.sourceSequence(buffer, offset);
    }

    long sourceTimeNs() {
        return SignalLayout.sourceTime(buffer, offset);
    }

    int source() {
        return SignalLayout.source(buffer, offset);
    }

    int tenant() {
        return SignalLayout.tenant(buffer, offset);
    }

    int legState() {
        return buffer.getByte(offset + LEG_STATE_OFFSET) & 0xFF;
    }

    int legKind() {
        return buffer.getByte(offset + LEG_KIND_OFFSET) & 0xFF;
    }

    /** A byte of the template's own part of the block, for templates about a leg. */
    int ownByte(final int index) {
        return byteAt(OWN_BLOCK_OFFSET + index);
    }

    /** An i16 of the template's own part of the block, for templates about a leg. */
    int ownShort(final int index) {
        final int at = OWN_BLOCK_OFFSET + index;
        return fits(at, Short.BYTES) ? buffer.getShort(offset + at, ByteOrder.LITTLE_ENDIAN) : Short.MIN_VALUE;
    }

    /** An i32 of the template's own part of the block, for templates about a leg. */
    int ownInt(final int index) {
        return intAt(OWN_BLOCK_OFFSET + index);
    }

    /** A byte of the block, counted from the signal's start. */
    int byteAt(final int index) {
        return fits(index, Byte.BYTES) ? buffer.getByte(offset + index) & 0xFF : NOT_STATED;
    }

    /** An i32 of the block, counted from the signal's start. */
    int intAt(final int index) {
        return fits(index, Integer.BYTES) ? buffer.getInt(offset + index, ByteOrder.LITTLE_ENDIAN) : Integer.MIN_VALUE;
    }

    /** An i64 of the block, counted from the signal's start. */
    long longAt(final int index) {
        return fits(index, Long.BYTES) ? buffer.getLong(offset + index, ByteOrder.LITTLE_ENDIAN) : Long.MIN_VALUE;
    }

    int textOffset(final int index) {
        walkTo(index);
        return textOffsets[index] + Short.BYTES;
    }

    /** Length of a var-data field, 0 also when the signal is of a version that has none. */
    int textLength(final int index) {
        walkTo(index);
        return textOffsets[index] >= end ? 0 : SignalLayout.textLength(buffer, textOffsets[index]);
    }

    boolean has(final int index) {
        return 0 != textLength(index);
    }

    /** A block of an older version ends before the fields that came later. */
    private boolean fits(final int index, final int length) {
        return offset + index + length <= blockEnd;
    }

    private void walkTo(final int index) {
        while (walked < index) {
            final int at = textOffsets[walked];
            walked++;
            textOffsets[walked] = at >= end ? at : at + Short.BYTES + SignalLayout.textLength(buffer, at);
        }
    }
}
