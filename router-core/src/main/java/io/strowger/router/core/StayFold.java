package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ParkAction;
import io.strowger.codecs.sbe.ParkDecoder;
import io.strowger.codecs.sbe.QueueAction;
import io.strowger.router.record.Outcome;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Stays in queues and parking places: each begins once and ends once, with its reason.
 *
 * <p>A call router says that a caller has left a queue before it says why. Known at that moment: a member has answered (a dial of the
 * caller ended so), or the caller was said to have abandoned (then it hung up itself, or else its time was over). Otherwise the reason
 * stays open until the next fact about the leg: taken by an agent, or just left. A source that states the reason is believed.
 */
final class StayFold {
    private static final int REASON = 17;
    private static final int GROUP = Fact.OWN;
    private static final int STATUS_TEXT = Fact.OWN + 4;
    private static final int LOT = Fact.OWN;
    private static final int SPACE = Fact.OWN + 1;
    private static final int PARKED_BY = Fact.OWN + 2;
    private static final int RETRIEVER_LEG = Fact.OWN + 3;
    private static final byte[] TIMEOUT = {'T', 'I', 'M', 'E', 'O', 'U', 'T'};

    private final State state;
    private final EventWriter events;
    private final Legs legs;
    private final Endings endings;
    private final Session main;
    private final UnsafeBuffer place = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);

    StayFold(final State state, final EventWriter events, final Legs legs, final Endings endings) {
        this.state = state;
        this.events = events;
        this.legs = legs;
        this.endings = endings;
        this.main = legs.main();
    }

    Outcome queue(final Fact fact) {
        final int action = fact.ownByte(0);
        final boolean joins = QueueAction.JOINED.value() == action;
        final Outcome missed = legs.touch(fact, joins);
        if (null != missed) {
            return missed;
        }
        if (joins) {
            return join(fact);
        }
        if (!main.is(Session.QUEUED)) {
            return legs.finish(fact, false);
        }
        return legs.finish(fact, inQueue(fact, action));
    }

    private Outcome join(final Fact fact) {
        final int tenant = state.sources().tenant(fact.source());
        final int group = state.groups().group(tenant, fact, GROUP);
        if (group < 0) {
            legs.finish(fact, false);
            return Session.NONE == group ? Outcome.IGNORED : Outcome.REJECTED;
        }
        if (main.is(Session.QUEUED)) {
            if (group == main.group() && !main.is(Session.LEAVING)) {
                return legs.finish(fact, false);
            }
            endings.leaveQueue(main, Codes.LEFT, fact.sourceTimeNs(), fact);
        }
        waits(group, fact.sourceTimeNs(), fact);
        return legs.finish(fact, true);
    }

    private void waits(final int group, final long sinceNs, final Fact fact) {
        main.group(group);
        main.set(Session.QUEUED);
        main.staySinceNs(sinceNs);
        endings.stampStay(main);
        state.groups().waiting(group, 1);
        legs.tell(Codes.CALL_QUEUED, main, fact);
    }

    /**
     * A list says that a leg waits in a queue.
     *
     * @param group     its slot.
     * @param isNewer   whether the leg's own facts have said since the list began where it waits.
     * @param ageNs     for how long it has waited.
     */
    void listedWaiting(final Fact fact, final int group, final boolean isNewer, final long ageNs) {
        final boolean isHere = main.is(Session.QUEUED) && group == main.group();
        if (isHere && !isNewer) {
            main.clear(Session.LEAVING | Session.MEMBER_ANSWERED);
            main.reason(Codes.NULL);
            main.stayEndedNs(0);
        }
        if (isHere || isNewer) {
            endings.stampStay(main);
            return;
        }
        if (main.is(Session.QUEUED)) {
            endings.leaveQueue(main, Codes.LEFT, fact.sourceTimeNs(), fact);
        }
        waits(group, fact.sourceTimeNs() - ageNs, fact);
    }

    /**
     * A list says that a leg is parked.
     *
     * @param isNewer whether the leg's own facts have said since the list began where it is parked.
     * @param ageNs   for how long it has been parked.
     */
    void listedParked(final Fact fact, final int lot, final boolean isNewer, final long ageNs) {
        if (!isNewer) {
            parkedAt(fact, placeOf(fact, lot, lot + 1), fact.sourceTimeNs() - ageNs);
        }
        endings.stampStay(main);
    }

    /**
     * The call router itself hangs up a leg: one that waits in a queue gives up then, its time is not over.
     *
     * @return whether that is news.
     */
    static boolean cutOff(final Session session) {
        final boolean waits = session.is(Session.QUEUED) && !session.is(Session.LEAVING) && !session.is(Session.MEMBER_ANSWERED);
        if (!waits || Codes.ABANDONED == session.reason()) {
            return false;
        }
        session.reason(Codes.ABANDONED);
        return true;
    }

    private boolean inQueue(final Fact fact, final int action) {
        if (QueueAction.CONNECTED.value() == action) {
            main.set(Session.MEMBER_ANSWERED);
            if (main.is(Session.LEAVING)) {
                endings.leaveQueue(main, Codes.ANSWERED, fact.sourceTimeNs(), fact);
            }
            return true;
        }
        final int stated = fact.ownByte(REASON);
        if (Codes.NULL != stated && (QueueAction.LEFT.value() == action || QueueAction.ABANDONED.value() == action)) {
            endings.leaveQueue(main, stated, fact.sourceTimeNs(), fact);
            return true;
        }
        if (QueueAction.ABANDONED.value() == action) {
            if (Codes.ABANDONED != main.reason()) {
                main.reason(main.is(Session.HANGUP_ASKED) ? Codes.ABANDONED : Codes.TIMED_OUT);
            }
            return true;
        }
        if (QueueAction.LEFT.value() == action) {
            left(fact);
            return true;
        }
        if (QueueAction.STATUS.value() == action && main.is(Session.LEAVING)) {
            endings.leaveQueue(main, isTimeout(fact) ? Codes.TIMED_OUT : Codes.LEFT, fact.sourceTimeNs(), fact);
            return true;
        }
        return false;
    }

    private void left(final Fact fact) {
        main.stayEndedNs(fact.sourceTimeNs());
        if (Codes.NULL != main.reason()) {
            endings.leaveQueue(main, main.reason(), fact.sourceTimeNs(), fact);
        } else if (main.is(Session.MEMBER_ANSWERED)) {
            endings.leaveQueue(main, Codes.ANSWERED, fact.sourceTimeNs(), fact);
        } else {
            main.set(Session.LEAVING);
            endings.stampStay(main);
        }
    }

    private static boolean isTimeout(final Fact fact) {
        if (TIMEOUT.length != fact.textLength(STATUS_TEXT)) {
            return false;
        }
        for (int i = 0; i < TIMEOUT.length; i++) {
            if (TIMEOUT[i] != fact.buffer().getByte(fact.textOffset(STATUS_TEXT) + i)) {
                return false;
            }
        }
        return true;
    }

    Outcome park(final Fact fact) {
        final int action = fact.ownByte(0);
        final boolean parks = ParkAction.PARKED.value() == action || ParkAction.SWAPPED.value() == action;
        final Outcome missed = legs.touch(fact, parks);
        if (null != missed) {
            return missed;
        }
        if (parks) {
            return parked(fact);
        }
        if (!main.is(Session.PARKED)) {
            return legs.finish(fact, false);
        }
        legs.whom(events.by(), fact, PARKED_BY, RETRIEVER_LEG);
        endings.leaveParking(main, reasonOf(action), fact.sourceTimeNs(), fact);
        return legs.finish(fact, true);
    }

    private Outcome parked(final Fact fact) {
        return legs.finish(fact, parkedAt(fact, placeOf(fact, LOT, SPACE), fact.sourceTimeNs()));
    }

    private boolean parkedAt(final Fact fact, final int length, final long sinceNs) {
        if (main.is(Session.PARKED)) {
            if (state.sessions().texts().equals(main.place(), place, 0, length)) {
                return false;
            }
            endings.leaveParking(main, Codes.LEFT, fact.sourceTimeNs(), fact);
        }
        main.place(state.sessions().keep(main.place(), place, 0, length));
        main.set(Session.PARKED);
        main.clear(Session.MET);
        main.staySinceNs(sinceNs);
        endings.stampStay(main);
        events.reference().wrap(place, 0, length);
        if (ParkDecoder.TEMPLATE_ID == fact.templateId()) {
            events.by().wrap(fact, PARKED_BY);
        }
        legs.tell(Codes.CALL_PARKED, main, fact);
        return true;
    }

    /** Lot, slash, space. */
    private int placeOf(final Fact fact, final int lotText, final int spaceText) {
        final int lot = fact.textLength(lotText);
        final int space = fact.textLength(spaceText);
        place.putBytes(0, fact.buffer(), fact.textOffset(lotText), lot);
        place.putByte(lot, (byte)'/');
        place.putBytes(lot + 1, fact.buffer(), fact.textOffset(spaceText), space);
        return Math.min(lot + 1 + space, SignalLayout.MAX_TEXT_LENGTH);
    }

    private static int reasonOf(final int action) {
        if (ParkAction.TIMED_OUT.value() == action) {
            return Codes.TIMED_OUT;
        }
        return ParkAction.GIVEN_UP.value() == action ? Codes.GIVEN_UP : Codes.RETRIEVED;
    }
}
