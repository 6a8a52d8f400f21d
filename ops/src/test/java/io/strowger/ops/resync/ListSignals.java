package io.strowger.ops.resync;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceSnapshotBeginEncoder;
import io.strowger.codecs.sbe.SourceSnapshotEndEncoder;
import io.strowger.codecs.sbe.SourceSnapshotItemEncoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.core.SessionStatus;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes begins, items and ends of a source's lists.
 */
final class ListSignals {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long timeNs;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);

    ListSignals(final long timeNs) {
        this.timeNs = timeNs;
    }

    UnsafeBuffer begin(final ListKind kind) {
        final SourceSnapshotBeginEncoder begin = new SourceSnapshotBeginEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin.sourceSequence(0).sourceTime(timeNs).source(1).tenant(1).listKind(kind).media(Media.CALL).listId("truth " + kind);
        return copy(begin.encodedLength());
    }

    UnsafeBuffer end(final ListKind kind) {
        final SourceSnapshotEndEncoder end = new SourceSnapshotEndEncoder().wrapAndApplyHeader(buffer, 0, header);
        end.sourceSequence(0).sourceTime(timeNs).source(1).tenant(1).listKind(kind).items(0).listId("truth " + kind);
        return copy(end.encodedLength());
    }

    Item item(final ListKind kind) {
        return new Item(kind);
    }

    private UnsafeBuffer copy(final int encodedLength) {
        final UnsafeBuffer signal = new UnsafeBuffer(new byte[SignalLayout.HEADER_LENGTH + encodedLength]);
        signal.putBytes(0, buffer, 0, signal.capacity());
        return signal;
    }

    /** One item under construction. */
    final class Item {
        private final ListKind kind;
        private SessionStatus leg;
        private LegState state = LegState.NULL_VAL;
        private Direction direction = Direction.NULL_VAL;
        private YesNo held = YesNo.NULL_VAL;
        private YesNo paused = YesNo.NO;
        private String device = "";
        private String user = "";
        private String name = "";
        private String bridge = "";
        private String group = "";
        private String space = "";

        private Item(final ListKind kind) {
            this.kind = kind;
        }

        Item leg(final SessionStatus value) {
            leg = value;
            return this;
        }

        Item state(final LegState value) {
            state = value;
            return this;
        }

        Item direction(final Direction value) {
            direction = value;
            return this;
        }

        Item held(final boolean value) {
            held = value ? YesNo.YES : YesNo.NO;
            return this;
        }

        Item paused(final boolean value) {
            paused = value ? YesNo.YES : YesNo.NO;
            return this;
        }

        Item device(final String value) {
            device = value;
            return this;
        }

        Item user(final String value) {
            user = value;
            return this;
        }

        Item name(final String value) {
            name = value;
            return this;
        }

        Item bridge(final String value) {
            bridge = value;
            return this;
        }

        Item group(final String value) {
            group = value;
            return this;
        }

        Item space(final String value) {
            space = value;
            return this;
        }

        UnsafeBuffer encode() {
            final boolean isUser = null != leg && null != leg.localUser();
            final String party = null == leg ? "" : orEmpty(leg.remoteParty());
            final String partyName = null == leg ? "" : orEmpty(leg.remoteName());
            final SourceSnapshotItemEncoder item = new SourceSnapshotItemEncoder().wrapAndApplyHeader(buffer, 0, header);
            item.sourceSequence(0).sourceTime(timeNs).source(1).tenant(1).legState(state).legKind(LegKind.DEVICE).listKind(kind)
                .ageMs(null == leg ? 0 : (timeNs - leg.createdNs()) / NANOS_PER_MILLI).paused(paused).media(Media.CALL)
                .direction(direction).held(held);
            item.nativeId(null == leg ? "" : leg.nativeId()).callId(null == leg ? "" : orEmpty(leg.callId())).device(device)
                .user(isUser ? leg.localUser() : user)
                .number(null == leg || isUser ? "" : party).name(null == leg ? name : isUser ? "" : partyName)
                .remoteParty(isUser ? party : "").remoteName(isUser ? partyName : "")
                .listId("truth " + (ListKind.MEMBERS == kind ? ListKind.QUEUES : kind))
                .bridgeId(bridge).group(group).space(space).member(device);
            return copy(item.encodedLength());
        }

        private static String orEmpty(final String text) {
            return null == text ? "" : text;
        }
    }
}
