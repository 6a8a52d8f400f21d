package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.record.Outcome;
import io.strowger.router.state.KeyedTable;

/**
 * Lists that a source gives of what it has: begin, items, end. Each item is folded at once; what a list does not show is ended behind its
 * end, see {@link Walks}.
 *
 * <pre>
 *   list of         an item says                         its end takes away
 *   LEGS            a leg is there, as shown             sessions not listed: they end, cause not-in-snapshot
 *   STATES          the same                             nothing: such a list may be of one leg
 *   QUEUES          a queue is there; who waits in it;   stays, and members, of the queues listed
 *                   who works for it (MEMBERS)
 *   PARKED          a leg is parked                      stays in parking places
 *   BRIDGES         a bridge is there                    sessions' being in another
 *   REGISTRATIONS   a device is reachable                the others' being so
 * </pre>
 *
 * <p>An item is older than any fact behind the list's begin: what such a fact has shown is left as it is. A leg that is listed though its
 * end is known stays ended, and is counted as disputed.
 */
final class SnapshotFold {
    private static final int BEGIN_KIND = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH;
    private static final int BEGIN_MEDIA = BEGIN_KIND + 1;
    private static final int END_ITEMS = BEGIN_KIND + 1;
    private static final int END_ID = 0;
    private static final int ITEM_KIND = 0;
    private static final int ITEM_AGE = 1;
    private static final int ITEM_PAUSED = 9;
    private static final int ITEM_MEDIA = 10;
    private static final int ITEM_HELD = 12;
    private static final int LIST_ID = Fact.OWN;
    private static final int BRIDGE_ID = Fact.OWN + 1;
    private static final int GROUP = Fact.OWN + 2;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final State state;
    private final Snapshots snapshots;
    private final Legs legs;
    private final StayFold stays;
    private final MediaFold media;
    private final PresenceFold presence;
    private final Session main;

    SnapshotFold(final State state, final Legs legs, final StayFold stays, final MediaFold media, final PresenceFold presence) {
        this.state = state;
        this.snapshots = state.snapshots();
        this.legs = legs;
        this.stays = stays;
        this.media = media;
        this.presence = presence;
        this.main = legs.main();
    }

    Outcome begin(final Fact fact) {
        final int kind = fact.byteAt(BEGIN_KIND);
        if (kind > Snapshots.REGISTRATIONS) {
            return Outcome.IGNORED;
        }
        if (Snapshots.QUEUES == kind) {
            state.listedGroups().forgetOpen(fact.source());
        }
        snapshots.begin(fact.source(), kind, Snapshots.id(fact, END_ID), fact.byteAt(BEGIN_MEDIA));
        return Outcome.APPLIED;
    }

    Outcome end(final Fact fact) {
        final int kind = fact.byteAt(BEGIN_KIND);
        if (kind > Snapshots.REGISTRATIONS || !snapshots.isOpen(fact.source(), kind, Snapshots.id(fact, END_ID))) {
            return Outcome.IGNORED;
        }
        if (Snapshots.LEGS == kind && fact.intAt(END_ITEMS) > snapshots.items(fact.source(), kind)) {
            // some of it is missing, so that what it does not show may be there all the same
            snapshots.forget(fact.source(), kind);
            return Outcome.IGNORED;
        }
        if (Snapshots.QUEUES == kind) {
            state.listedGroups().end(fact.source(), snapshots.began(fact.source(), kind));
        }
        snapshots.end(fact.source(), kind, fact.sourceTimeNs());
        return Outcome.APPLIED;
    }

    Outcome item(final Fact fact) {
        final int kind = fact.ownByte(ITEM_KIND);
        final int list = Snapshots.MEMBERS == kind ? Snapshots.QUEUES : kind;
        if (list > Snapshots.REGISTRATIONS || !snapshots.isOpen(fact.source(), list, Snapshots.id(fact, LIST_ID))) {
            return Outcome.IGNORED;
        }
        snapshots.item(fact.source(), list);
        return switch (kind) {
            case Snapshots.LEGS, Snapshots.STATES -> leg(fact, kind);
            case Snapshots.QUEUES -> waiting(fact);
            case Snapshots.MEMBERS -> member(fact);
            case Snapshots.PARKED -> parked(fact);
            case Snapshots.BRIDGES -> bridge(fact);
            default -> presence.listedDevice(fact);
        };
    }

    private Outcome leg(final Fact fact, final int kind) {
        final int itsMedia = fact.ownByte(ITEM_MEDIA);
        if (Codes.CALL != itsMedia && Codes.NULL != itsMedia) {
            return medium(fact, kind, itsMedia);
        }
        final Outcome missed = legs.find(fact, true);
        if (LegKind.PSEUDO.value() == fact.legKind() || null == missed) {
            inBridge(fact, kind);
        }
        if (null != missed) {
            return missed(fact, missed);
        }
        count(fact, LegLists.LISTED);
        if (!legs.began()) {
            if (!snapshots.isBefore(fact.source(), kind, legs.stampBefore())) {
                return Outcome.NO_CHANGE;
            }
            if (!legs.correct(fact)) {
                return Outcome.REJECTED;
            }
        }
        if (Codes.LEG_RINGING == fact.legState()) {
            legs.deliver(main, fact);
        }
        held(fact);
        final Outcome outcome = legs.finish(fact, legs.began());
        if (Outcome.APPLIED == outcome) {
            count(fact, legs.began() ? LegLists.INFERRED : LegLists.CORRECTED);
        }
        return outcome;
    }

    private Outcome medium(final Fact fact, final int kind, final int itsMedia) {
        final Outcome missed = media.findListed(fact, itsMedia);
        if (null != missed) {
            if (media.isOver() && snapshots.isBefore(fact.source(), kind, media.stampBefore())) {
                count(fact, LegLists.DISPUTED);
            }
            return missed;
        }
        count(fact, LegLists.LISTED);
        if (!media.began() && !snapshots.isBefore(fact.source(), kind, media.stampBefore())) {
            return Outcome.NO_CHANGE;
        }
        final int group = Codes.CHAT == itsMedia ? groupOf(fact) : Session.NONE;
        if (KeyedTable.FULL == group) {
            return Outcome.REJECTED;
        }
        final Outcome outcome = media.listed(fact, group, Math.max(0, fact.ownLong(ITEM_AGE)) * NANOS_PER_MILLI);
        if (media.began() || Outcome.APPLIED == outcome) {
            count(fact, media.began() ? LegLists.INFERRED : LegLists.CORRECTED);
        }
        return outcome;
    }

    private Outcome missed(final Fact fact, final Outcome missed) {
        if (legs.isOver() && snapshots.isBefore(fact.source(), fact.ownByte(ITEM_KIND), legs.stampBefore())) {
            count(fact, LegLists.DISPUTED);
        }
        return missed;
    }

    private void held(final Fact fact) {
        final int held = fact.ownByte(ITEM_HELD);
        if (YesNo.YES.value() == held && !main.is(Session.HELD)) {
            main.set(Session.HELD);
            legs.tell(Codes.CALL_HELD, main, fact);
        } else if (YesNo.NO.value() == held && main.is(Session.HELD)) {
            main.clear(Session.HELD);
            legs.tell(Codes.CALL_RETRIEVED, main, fact);
        }
    }

    /** Where the list says which bridge a leg is in, it is in that one; how many are in it is known when all are listed. */
    private void inBridge(final Fact fact, final int kind) {
        if (Snapshots.LEGS != kind || !fact.has(BRIDGE_ID)) {
            return;
        }
        final Bridges bridges = state.bridges();
        final long scope = state.sources().scope(fact.source());
        int bridge = bridges.find(scope, fact, BRIDGE_ID);
        if (main.exists() && (legs.began() || snapshots.isBefore(fact.source(), kind, legs.stampBefore())) &&
            bridges.enter(main, scope, fact, BRIDGE_ID, bridge < 0 ? 1 : bridges.membersOf(bridge))) {
            bridge = main.bridge();
        }
        if (bridge >= 0) {
            final boolean isFirst = snapshots.isBefore(fact.source(), kind, bridges.seen(bridge));
            if (isFirst || Bridges.LIVE != bridges.listed(bridge)) {
                bridges.stamp(bridge, snapshots.generation(fact.source()), isFirst ? 1 : bridges.listed(bridge) + 1);
            }
        }
    }

    private Outcome waiting(final Fact fact) {
        final int group = groupOf(fact);
        if (group < 0) {
            return KeyedTable.FULL == group ? Outcome.REJECTED : Outcome.IGNORED;
        }
        state.listedGroups().list(fact.source(), group);
        if (!fact.has(Fact.NATIVE_ID)) {
            return Outcome.NO_CHANGE;
        }
        final Outcome missed = legs.find(fact, true);
        if (null != missed) {
            return missed;
        }
        final boolean isNewer = !snapshots.isStayBefore(fact.source(), Snapshots.QUEUES, main.staySeen());
        stays.listedWaiting(fact, group, isNewer && !legs.began(), Math.max(0, fact.ownLong(ITEM_AGE)) * NANOS_PER_MILLI);
        return legs.finish(fact, false);
    }

    private Outcome member(final Fact fact) {
        final int group = groupOf(fact);
        if (group < 0) {
            return KeyedTable.FULL == group ? Outcome.REJECTED : Outcome.IGNORED;
        }
        state.listedGroups().list(fact.source(), group);
        return presence.listedMember(group, fact, YesNo.YES.value() == fact.ownByte(ITEM_PAUSED));
    }

    private Outcome parked(final Fact fact) {
        final Outcome missed = legs.find(fact, true);
        if (null != missed) {
            return missed;
        }
        final boolean isNewer = !snapshots.isStayBefore(fact.source(), Snapshots.PARKED, main.staySeen());
        stays.listedParked(fact, GROUP, isNewer && !legs.began(), Math.max(0, fact.ownLong(ITEM_AGE)) * NANOS_PER_MILLI);
        return legs.finish(fact, false);
    }

    private Outcome bridge(final Fact fact) {
        final Bridges bridges = state.bridges();
        final int bridge = bridges.find(state.sources().scope(fact.source()), fact, BRIDGE_ID);
        if (bridge < 0) {
            return Outcome.NO_CHANGE;
        }
        final boolean isFirst = snapshots.isBefore(fact.source(), Snapshots.LEGS, bridges.seen(bridge));
        bridges.stamp(bridge, snapshots.generation(fact.source()), isFirst ? 0 : bridges.listed(bridge));
        return Outcome.APPLIED;
    }

    private int groupOf(final Fact fact) {
        return state.groups().group(state.sources().tenant(fact.source()), fact, GROUP);
    }

    private void count(final Fact fact, final int what) {
        if (Snapshots.LEGS == fact.ownByte(ITEM_KIND)) {
            snapshots.legs().count(fact.source(), what);
        }
    }
}
