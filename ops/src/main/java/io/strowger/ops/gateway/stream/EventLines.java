package io.strowger.ops.gateway.stream;

import io.strowger.codecs.json.EventJson;
import io.strowger.ops.access.ReadGrant;
import io.strowger.router.record.RecordLayout;
import org.agrona.DirectBuffer;

/**
 * Events and positions as one tenant's application may see them: a position is a token, the sequence is the stream's own. One thread.
 */
final class EventLines {
    private final Positions positions;
    private final EventJson json = new EventJson();
    private final ItemJson items = new ItemJson();
    private final EventNames names = new EventNames();

    EventLines(final Positions positions) {
        this.positions = positions;
    }

    /** The id of an event: always the same. */
    String id(final long sequence, final int tenant) {
        return positions.id(sequence, tenant);
    }

    /** A position that is no event's: never the same text. */
    String sealed(final long sequence, final int tenant) {
        return positions.sealed(sequence, tenant);
    }

    /** The position that either stands for. */
    long sequence(final String token, final int tenant) {
        return positions.sequence(token, tenant);
    }

    /**
     * Writes an event.
     *
     * @param id     its token.
     * @param number in its stream, from 1.
     * @param folded how many events it stands for beside itself.
     */
    String event(final String id, final long number, final long folded, final DirectBuffer buffer, final int record) {
        final String event = json.write(id, number, RecordLayout.INPUT != RecordLayout.type(buffer, record), buffer,
            RecordLayout.eventOffset(buffer, record), RecordLayout.eventLength(buffer, record));
        return 0 == folded ? event : event.substring(0, event.length() - 1) + ",\"folded\":" + folded + '}';
    }

    /** Writes one thing of a status. */
    String item(final DirectBuffer buffer, final int item) {
        return items.write(buffer, item);
    }

    /** Whether who may read this may see the event of a record. */
    boolean allows(final ReadGrant grant, final DirectBuffer buffer, final int record) {
        return grant.isEverything() || names.allowsEvent(grant, buffer, RecordLayout.eventOffset(buffer, record));
    }

    /** Whether who may read this may see one thing of a status. */
    boolean allowsItem(final ReadGrant grant, final DirectBuffer buffer, final int item) {
        return grant.isEverything() || names.allowsItem(grant, buffer, item);
    }
}
