package io.strowger.ops.gateway.stream;

import io.strowger.codecs.json.EventJson;
import io.strowger.ops.access.ReadGrant;
import io.strowger.router.record.RecordLayout;
import org.agrona.DirectBuffer;

/**
 * Events and positions as one tenant's application may see them: a position is a token, the sequence is the stream's own.
 *
 * <p>Many streams show the same event at nearly the same time, and differ in its number alone: it is written once, and kept as the text
 * before and behind the number, until another takes its place.
 *
 * <pre>
 *   {"specversion":"1.0","id":TOKEN, ... "data":{"sequence":  NUMBER  ,"tenant":1, ... }}
 *   └────────────────── head ─────────────────────────────┘          └────── tail ──────┘
 * </pre>
 *
 * <p>One thread.
 */
final class EventLines {
    /** A power of two; a round of the pump shows no more than a few dozen to each stream. */
    private static final int WRITTEN = 256;
    /** Not within a text, where each quotation mark has a backslash before it. */
    private static final String BEFORE_NUMBER = "\"data\":{\"sequence\":";

    private final Positions positions;
    private final EventJson json = new EventJson();
    private final ItemJson items = new ItemJson();
    private final EventNames names = new EventNames();
    private final Written[] written = new Written[WRITTEN];

    EventLines(final Positions positions) {
        this.positions = positions;
    }

    /** The id of an event: always the same. */
    String id(final long sequence, final int tenant) {
        final int place = (int)sequence & (WRITTEN - 1);
        if (null == written[place] || sequence != written[place].sequence || tenant != written[place].tenant) {
            written[place] = new Written(sequence, tenant, positions.id(sequence, tenant));
        }
        return written[place].id;
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
        final Written kept = written[(int)RecordLayout.sequence(buffer, record) & (WRITTEN - 1)];
        final Written line = null != kept && kept.id.equals(id) ? kept : new Written(RecordLayout.sequence(buffer, record), 0, id);
        if (null == line.head) {
            line.split(json.write(id, 0, RecordLayout.INPUT != RecordLayout.type(buffer, record), buffer,
                RecordLayout.eventOffset(buffer, record), RecordLayout.eventLength(buffer, record)));
        }
        return 0 == folded ? line.head + number + line.tail + '}' : line.head + number + line.tail + ",\"folded\":" + folded + '}';
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

    /** An event that was shown. */
    private static final class Written {
        private final long sequence;
        private final int tenant;
        private final String id;
        /** Null until it is written. */
        private String head;
        /** But for the last bracket. */
        private String tail;

        Written(final long sequence, final int tenant, final String id) {
            this.sequence = sequence;
            this.tenant = tenant;
            this.id = id;
        }

        /** Takes it apart, written with the number 0. */
        void split(final String event) {
            final int number = event.indexOf(BEFORE_NUMBER) + BEFORE_NUMBER.length();
            head = event.substring(0, number);
            tail = event.substring(number + 1, event.length() - 1);
        }
    }
}
