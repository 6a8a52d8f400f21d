package io.strowger.router.dispatch;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.router.record.RecordLayout;
import org.agrona.DirectBuffer;

/**
 * What a filter looks at in an event: type, tenant, and its names by {@link Subject} field. A flyweight over the SBE bytes.
 *
 * <p>One thread; allocates nothing. Trusts the bytes, which the core wrote.
 */
final class EventView {
    private static final int TYPE_OFFSET = SignalLayout.HEADER_LENGTH + EventDecoder.eventTypeEncodingOffset();

    private final int[] textOffsets = new int[Subject.FIELDS];
    private DirectBuffer buffer;
    private int type;
    private int tenant;

    /**
     * Looks at the event of a record.
     *
     * @return this.
     */
    EventView wrap(final DirectBuffer newBuffer, final int record) {
        final int event = RecordLayout.eventOffset(newBuffer, record);
        buffer = newBuffer;
        type = newBuffer.getByte(event + TYPE_OFFSET) & 0xFF;
        tenant = SignalLayout.tenant(newBuffer, event);
        int at = SignalLayout.varDataOffset(newBuffer, event);
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

    int tenant() {
        return tenant;
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
