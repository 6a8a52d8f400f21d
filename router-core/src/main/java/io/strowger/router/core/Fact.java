package io.strowger.router.core;

import io.strowger.codecs.RawBytes;
import io.strowger.codecs.SignalLayout;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

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
 * <p>The slice is checked once, when it is wrapped; var-data is walked once, to the last of those of every leg, or
 * further when asked. Core thread only.
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

    private final int[] textOffsets = new int[MAX_TEXTS];
    private final int[] textLengths = new int[MAX_TEXTS];
    private DirectBuffer buffer;
    private byte[] array;
    private long address;
    private int offset;
    private int end;
    private int blockEnd;
    /** How many texts are found, and where the next begins. */
    private int found;
    private int nextText;
    private long journalTimeNs;
    private int likelySession;

    /**
     * Looks at another signal.
     *
     * @return this.
     */
    Fact wrap(final DirectBuffer signal, final int signalOffset, final int length, final long signalJournalTimeNs) {
        journalTimeNs = signalJournalTimeNs;
        signal.boundsCheck(signalOffset, Math.max(length, LEG_STATE_OFFSET));
        buffer = signal;
        array = signal.byteArray();
        address = signal.addressOffset();
        offset = signalOffset;
        end = signalOffset + length;
        blockEnd = Math.min(end, SignalLayout.varDataOffset(signal, signalOffset));
        nextText = blockEnd;
        found = 0;
        likelySession = Session.NONE;
        return this;
    }

    /**
     * Where the session with its native id most likely stands, if it has one.
     *
     * @param slot or {@link Session#NONE}; whatever it is, it changes nothing of what is found.
     */
    void likelySession(final int slot) {
        likelySession = slot;
    }

    int likelySession() {
        return likelySession;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int templateId() {
        return shortAt(SignalLayout.TEMPLATE_ID_OFFSET) & 0xFFFF;
    }

    long sourceSequence() {
        return RawBytes.getLong(array, at(SignalLayout.SOURCE_SEQUENCE_OFFSET));
    }

    long sourceTimeNs() {
        return RawBytes.getLong(array, at(SignalLayout.SOURCE_TIME_OFFSET));
    }

    /** When the router took the signal, in nanoseconds since 1970. */
    long journalTimeNs() {
        return journalTimeNs;
    }

    int source() {
        return RawBytes.getInt(array, at(SignalLayout.SOURCE_OFFSET));
    }

    int tenant() {
        return RawBytes.getInt(array, at(SignalLayout.TENANT_OFFSET));
    }

    int legState() {
        return byteAt(LEG_STATE_OFFSET);
    }

    int legKind() {
        return byteAt(LEG_KIND_OFFSET);
    }

    /** A byte of the template's own part of the block, for templates about a leg. */
    int ownByte(final int index) {
        return byteAt(OWN_BLOCK_OFFSET + index);
    }

    /** An i16 of the template's own part of the block, for templates about a leg. */
    int ownShort(final int index) {
        final int at = OWN_BLOCK_OFFSET + index;
        return fits(at, Short.BYTES) ? shortAt(at) : Short.MIN_VALUE;
    }

    /** An i64 of the template's own part of the block, for templates about a leg. */
    long ownLong(final int index) {
        return longAt(OWN_BLOCK_OFFSET + index);
    }

    /** An i32 of the template's own part of the block, for templates about a leg. */
    int ownInt(final int index) {
        return intAt(OWN_BLOCK_OFFSET + index);
    }

    /** A byte of the block, counted from the signal's start. */
    int byteAt(final int index) {
        return fits(index, Byte.BYTES) ? UnsafeApi.getByte(array, at(index)) & 0xFF : NOT_STATED;
    }

    /** An i32 of the block, counted from the signal's start. */
    int intAt(final int index) {
        return fits(index, Integer.BYTES) ? RawBytes.getInt(array, at(index)) : Integer.MIN_VALUE;
    }

    /** An i64 of the block, counted from the signal's start. */
    long longAt(final int index) {
        return fits(index, Long.BYTES) ? RawBytes.getLong(array, at(index)) : Long.MIN_VALUE;
    }

    int textOffset(final int index) {
        find(index);
        return textOffsets[index];
    }

    /** Length of a var-data field, 0 also when the signal is of a version that has none. */
    int textLength(final int index) {
        find(index);
        return textLengths[index];
    }

    boolean has(final int index) {
        return 0 != textLength(index);
    }

    /** A block of an older version ends before the fields that came later. */
    private boolean fits(final int index, final int length) {
        return offset + index + length <= blockEnd;
    }

    private void find(final int index) {
        if (index >= found) {
            // those of every leg are asked for one after the other
            findUpTo(Math.max(index, REMOTE_NAME));
        }
    }

    /** Never beyond the signal, whatever its bytes say. */
    private void findUpTo(final int index) {
        int at = nextText;
        for (int i = found; i <= index; i++) {
            final int room = end - at - Short.BYTES;
            final int length = room <= 0 ? 0 : Math.min(room, RawBytes.getShort(array, address + at) & 0xFFFF);
            textOffsets[i] = at + Short.BYTES;
            textLengths[i] = length;
            at = room < 0 ? at : at + Short.BYTES + length;
        }
        nextText = at;
        found = index + 1;
    }

    private short shortAt(final int index) {
        return RawBytes.getShort(array, at(index));
    }

    private long at(final int index) {
        return address + offset + index;
    }
}
