package io.strowger.router.core;

import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.SourceSnapshotBeginDecoder;
import io.strowger.codecs.sbe.SourceSnapshotEndDecoder;
import io.strowger.codecs.sbe.SourceSnapshotItemDecoder;
import io.strowger.codecs.sbe.YesNo;

/**
 * Lists of what a source has: begin, items, end, each list known by its kind.
 */
final class Listed {
    private static final int TEXTS = 13;
    private static final int KIND = 2;
    private static final int AGE = 3;
    private static final int PAUSED = 11;
    private static final int MEDIA = 12;
    private static final int DIRECTION = 13;
    private static final int HELD = 14;
    private static final int LIST = 8;
    private static final int BRIDGE = 9;
    private static final int GROUP = 10;
    private static final int SPACE = 11;

    private Listed() {
    }

    static Signal begin(final ListKind kind) {
        return begin(kind, kind.name());
    }

    static Signal begin(final ListKind kind, final String list) {
        return new Signal(SourceSnapshotBeginDecoder.TEMPLATE_ID, SourceSnapshotBeginDecoder.BLOCK_LENGTH, 1)
            .put(0, kind.value()).put(1, Media.CALL.value()).text(0, list);
    }

    /** A list of legs that says of sessions of every media what there is. */
    static Signal beginAllMedia() {
        return begin(ListKind.LEGS).put(1, Codes.NULL);
    }

    static Signal end(final ListKind kind) {
        return end(kind, kind.name());
    }

    /** An end that says how many items the list has. */
    static Signal end(final ListKind kind, final int items) {
        return end(kind).putIntAt(1, items);
    }

    static Signal end(final ListKind kind, final String list) {
        return new Signal(SourceSnapshotEndDecoder.TEMPLATE_ID, SourceSnapshotEndDecoder.BLOCK_LENGTH, 1).put(0, kind.value())
            .text(0, list);
    }

    /** A leg as its list shows it; whose user is its own name's. */
    static Signal leg(final String id, final String call, final LegState state) {
        return item(ListKind.LEGS, id).put(0, state.value()).text(1, call);
    }

    static Signal item(final ListKind kind, final String id) {
        final Signal item = new Signal(SourceSnapshotItemDecoder.TEMPLATE_ID, SourceSnapshotItemDecoder.BLOCK_LENGTH, TEXTS)
            .put(0, Codes.NULL).put(KIND, kind.value()).putLongAt(AGE, Codes.NULL_LONG).put(PAUSED, YesNo.NO.value())
            .put(MEDIA, Media.CALL.value()).put(DIRECTION, Codes.NULL).put(HELD, Codes.NULL)
            .text(LIST, ListKind.MEMBERS == kind ? ListKind.QUEUES.name() : kind.name()).text(0, id);
        final String user = null != id && id.startsWith("u") ? id.substring(1, 4) : null;
        return item.text(2, null == user ? "PJSIP/trunk-1" : "PJSIP/" + user + "-1").text(3, user);
    }

    static Signal aged(final Signal item, final long ageMs) {
        return item.putLongAt(AGE, ageMs);
    }

    static Signal held(final Signal item, final boolean held) {
        return item.put(HELD, (held ? YesNo.YES : YesNo.NO).value());
    }

    static Signal direction(final Signal item, final Direction direction) {
        return item.put(DIRECTION, direction.value());
    }

    static Signal media(final Signal item, final Media media) {
        return item.put(MEDIA, media.value());
    }

    static Signal inBridge(final Signal item, final String bridge) {
        return item.text(BRIDGE, bridge);
    }

    static Signal bridge(final String bridge) {
        return item(ListKind.BRIDGES, null).text(BRIDGE, bridge);
    }

    static Signal queue(final String group) {
        return item(ListKind.QUEUES, null).text(GROUP, group);
    }

    static Signal waiting(final String id, final String group) {
        return item(ListKind.QUEUES, id).text(GROUP, group);
    }

    static Signal member(final String user, final String group, final boolean paused) {
        return item(ListKind.MEMBERS, null).put(PAUSED, (paused ? YesNo.YES : YesNo.NO).value()).text(GROUP, group)
            .text(2, "PJSIP/" + user).text(3, user);
    }

    static Signal parked(final String id, final String space) {
        return item(ListKind.PARKED, id).text(GROUP, "default").text(SPACE, space);
    }

    static Signal device(final String user) {
        return item(ListKind.REGISTRATIONS, null).text(2, "PJSIP/" + user).text(3, user);
    }
}
