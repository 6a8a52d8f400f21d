package io.strowger.router.dispatch;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.router.record.RecordLayout;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * What a filter looks at in an event, or in an item of a snapshot: type or kind, tenant, and the names by {@link Subject} field. A
 * flyweight over the SBE bytes.
 *
 * <p>One thread; allocates nothing. Trusts the bytes, which the core wrote.
 */
final class EventView {
    private static final int TYPE_OFFSET = SignalLayout.HEADER_LENGTH + EventDecoder.eventTypeEncodingOffset();

    private static final int EPOCH_OFFSET = SignalLayout.HEADER_LENGTH + EventDecoder.epochEncodingOffset();
    private static final int KIND_OFFSET = SignalLayout.HEADER_LENGTH + SnapshotItemDecoder.kindEncodingOffset();

    private final int[] textOffsets = new int[Subject.FIELDS];
    private DirectBuffer buffer;
    private int type;
    private int kind;
    private int tenant;
    private int message;

    /**
     * Looks at the event of a record.
     *
     * @return this.
     */
    EventView wrap(final DirectBuffer newBuffer, final int record) {
        final int event = RecordLayout.eventOffset(newBuffer, record);
        type = newBuffer.getByte(event + TYPE_OFFSET) & 0xFF;
        return names(newBuffer, event);
    }

    /**
     * Looks at an item of a snapshot, whose texts stand as an event's.
     *
     * @return this.
     */
    EventView wrapItem(final DirectBuffer newBuffer, final int item) {
        kind = newBuffer.getByte(item + KIND_OFFSET);
        return names(newBuffer, item);
    }

    private EventView names(final DirectBuffer newBuffer, final int newMessage) {
        buffer = newBuffer;
        message = newMessage;
        tenant = SignalLayout.tenant(newBuffer, newMessage);
        int at = SignalLayout.varDataOffset(newBuffer, newMessage);
        textOffsets[Subject.SESSION] = at;
        at = behind(at);
        textOffsets[Subject.CALL] = at;
        at = behind(at);
        textOffsets[Subject.USER] = at;
        at = behind(behind(behind(at)));
        textOffsets[Subject.GROUP] = at;
        at = behind(at);
        textOffsets[Subject.SOURCE] = at;
        return this;
    }

    /** Code of the {@code EventType}, from 0 to 255. */
    int type() {
        return type;
    }

    /** Code of the {@code Kind} of an item. */
    int kind() {
        return kind;
    }

    int tenant() {
        return tenant;
    }

    int source() {
        return SignalLayout.source(buffer, message);
    }

    /** Epoch of the source, as in the event. */
    long epoch() {
        return buffer.getLong(message + EPOCH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** A name as text. Allocates. */
    String text(final int field) {
        return buffer.getStringWithoutLengthUtf8(textOffset(field), textLength(field));
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Offset of the first byte of a name. */
    int textOffset(final int field) {
        return textOffsets[field] + 2;
    }

    /** Length of a name in bytes, 0 for none. */
    int textLength(final int field) {
        return SignalLayout.textLength(buffer, textOffsets[field]);
    }

    private int behind(final int lengthOffset) {
        return lengthOffset + 2 + SignalLayout.textLength(buffer, lengthOffset);
    }
}
