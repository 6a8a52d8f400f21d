package io.strowger.router.core;

import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.HoldAction;
import io.strowger.codecs.sbe.RecordingAction;
import io.strowger.codecs.sbe.TransferResult;
import io.strowger.codecs.sbe.BridgeAction;
import io.strowger.codecs.sbe.BridgeKind;
import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.ConferenceAction;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.record.Outcome;

/**
 * Facts about the legs of calls, but for stays in queues and parking places.
 */
final class CallFold {
    private static final int PEER_LEG = Fact.OWN;
    private static final int PEER_NUMBER = Fact.OWN + 3;
    private static final int PEER_NAME = Fact.OWN + 4;
    private static final int FORWARDED_TO = Fact.OWN + 5;
    private static final int BY = Fact.OWN;
    private static final int BY_LEG = Fact.OWN + 1;
    private static final int SECOND_LEG = Fact.OWN + 2;
    private static final int TO = Fact.OWN + 3;
    private static final int TO_LEG = Fact.OWN + 4;

    private final State state;
    private final EventWriter events;
    private final Legs legs;
    private final Endings endings;
    private final Session main;

    CallFold(final State state, final EventWriter events, final Legs legs, final Endings endings) {
        this.state = state;
        this.events = events;
        this.legs = legs;
        this.endings = endings;
        this.main = legs.main();
    }

    /** LegSeen, LegState, LegParties: what the leg shows is all there is to it. */
    Outcome shown(final Fact fact, final boolean mayBegin) {
        final Outcome missed = legs.touch(fact, mayBegin);
        return null == missed ? legs.finish(fact, false) : missed;
    }

    Outcome dial(final Fact fact) {
        final int phase = fact.ownByte(0);
        final int status = fact.ownByte(1);
        final Outcome missed = legs.touch(fact, DialPhase.END.value() != phase);
        boolean applied = false;
        if (null == missed) {
            applied = dialled(fact, phase, status);
        }
        final Session peer = legs.other(fact, PEER_LEG);
        if (peer.exists()) {
            applied |= dialling(fact, peer, phase, status);
        }
        if (null == missed) {
            return legs.finish(fact, applied);
        }
        return applied ? Outcome.APPLIED : missed;
    }

    private boolean dialled(final Fact fact, final int phase, final int status) {
        boolean applied = false;
        if (DialPhase.END.value() != phase) {
            if (fact.has(PEER_LEG) && 0 == main.establishedNs()) {
                legs.called();
                legs.suggestRemote(fact, PEER_NUMBER, PEER_NAME);
            }
            return Codes.INCOMING == main.direction() && legs.deliver(main, fact);
        }
        if (0 == main.establishedNs() && status != main.dialStatus()) {
            main.dialStatus(status);
            applied = true;
        }
        if (fact.has(FORWARDED_TO)) {
            events.to().wrap(fact, FORWARDED_TO);
            events.cause(Codes.CAUSE_REDIRECTED, Codes.NULL_CAUSE_CODE);
            legs.tell(Codes.CALL_DIVERTED, main, fact);
            applied = true;
        }
        return applied;
    }

    private boolean dialling(final Fact fact, final Session peer, final int phase, final int status) {
        if (DialPhase.END.value() == phase) {
            final boolean answersQueue = Codes.DIAL_ANSWER == status && peer.is(Session.QUEUED) && !peer.is(Session.MEMBER_ANSWERED);
            if (answersQueue) {
                peer.set(Session.MEMBER_ANSWERED);
            }
            return forkEnds(peer, status) || answersQueue;
        }
        if (DialPhase.BEGIN.value() == phase && 0 == peer.establishedNs()) {
            if (0 == peer.forks()) {
                // the attempt before this one is over: how it ended says nothing of this one
                peer.dialStatus(Codes.NULL);
            }
            peer.forks(Math.min(Codes.NULL - 1, peer.forks() + 1));
        }
        final boolean rings = Codes.DIAL_RINGING == status || (main.exists() && Codes.LEG_RINGING == main.legState());
        return rings && Codes.OUTGOING == peer.direction() && legs.deliver(peer, fact);
    }

    /** One of the legs that ring for a caller is out: of all of them, the strongest word counts. */
    private static boolean forkEnds(final Session caller, final int status) {
        if (0 != caller.establishedNs()) {
            return false;
        }
        caller.forks(Math.max(0, caller.forks() - 1));
        caller.dialStatus(Causes.stronger(caller.dialStatus(), status));
        return true;
    }

    Outcome bridge(final Fact fact) {
        final boolean enters = BridgeAction.ENTER.value() == fact.ownByte(0);
        // of a kind that is not known nobody can say who hears whom
        final boolean mixing = BridgeKind.MIXING.value() == fact.ownByte(1);
        final int members = fact.ownInt(2);
        final long scope = state.sources().scope(fact.source());
        final Outcome missed = legs.touch(fact, enters);
        if (null != missed) {
            if (Outcome.HIDDEN == missed && mixing) {
                state.bridges().count(scope, fact, Fact.OWN, members);
            }
            return missed;
        }
        boolean applied = false;
        if (enters && mixing) {
            if (!state.bridges().enter(main, scope, fact, Fact.OWN, members)) {
                legs.finish(fact, false);
                return Outcome.REJECTED;
            }
            state.bridges().stamp(main.bridge(), state.snapshots().generation(fact.source()), Bridges.LIVE);
            applied = true;
        } else {
            applied = state.bridges().isIn(main, scope, fact, Fact.OWN) && state.bridges().leave(main, fact.sourceTimeNs());
            state.bridges().count(scope, fact, Fact.OWN, members);
        }
        return legs.finish(fact, applied);
    }

    Outcome hold(final Fact fact) {
        final boolean holds = HoldAction.HOLD.value() == fact.ownByte(0);
        final Outcome missed = legs.touch(fact, holds && showsLeg(fact));
        if (null != missed) {
            return missed;
        }
        if (holds && !main.is(Session.HELD)) {
            main.set(Session.HELD);
            legs.tell(Codes.CALL_HELD, main, fact);
        } else if (!holds && main.is(Session.HELD)) {
            main.clear(Session.HELD);
            legs.tell(Codes.CALL_RETRIEVED, main, fact);
        }
        return legs.finish(fact, false);
    }

    /** A source that does not know which of two legs it is names both by their ids alone: the one that is not there must not begin. */
    private static boolean showsLeg(final Fact fact) {
        return fact.has(Fact.CALL_ID) || fact.has(Fact.DEVICE) || fact.has(Fact.USER) || fact.has(Fact.NUMBER);
    }

    /** What a transfer shows of its legs is how they were when it was asked for: older than what their own facts have said since. */
    Outcome transfer(final Fact fact) {
        final Outcome missed = legs.find(fact, false);
        if (TransferResult.SUCCESS.value() != fact.ownByte(1)) {
            return null == missed ? legs.finish(fact, false) : Outcome.NO_CHANGE;
        }
        legs.whom(events.to(), fact, TO, TO_LEG);
        final Session transferee = null == missed ? main : standIn(fact);
        if (!transferee.exists()) {
            events.forget();
            return missed;
        }
        events.by().wrap(fact, BY);
        events.from().wrap(fact, BY);
        legs.tell(Codes.CALL_TRANSFERRED, transferee, fact);
        final Session target = legs.other(fact, TO_LEG);
        if (target.exists() && target.slot() != transferee.slot() && null == missed) {
            legs.meet(target, fact, Fact.NUMBER, Fact.NAME);
        }
        return Outcome.APPLIED;
    }

    /** The transferee is a pseudo leg, or was not named: the transfer is told on the nearest leg that was part of it. */
    private Session standIn(final Fact fact) {
        Session session = legs.other(fact, TO_LEG);
        if (!session.exists()) {
            session = legs.other(fact, SECOND_LEG);
        }
        return session.exists() ? session : legs.other(fact, BY_LEG);
    }

    Outcome conference(final Fact fact) {
        final boolean joins = ConferenceAction.JOINED.value() == fact.ownByte(0);
        final Outcome missed = legs.touch(fact, joins);
        if (null != missed) {
            return missed;
        }
        if (joins) {
            main.set(Session.IN_CONFERENCE);
            events.reference().wrap(fact, Fact.OWN);
            legs.tell(Codes.CALL_CONFERENCED, main, fact);
        } else {
            main.clear(Session.IN_CONFERENCE);
        }
        return legs.finish(fact, true);
    }

    Outcome recording(final Fact fact) {
        final boolean starts = RecordingAction.STARTED.value() == fact.ownByte(0);
        final Outcome missed = legs.touch(fact, starts);
        if (null != missed) {
            return missed;
        }
        final Recordings recordings = state.recordings();
        if (starts) {
            if (recordings.isUnderWay(main, fact, Fact.OWN)) {
                return legs.finish(fact, false);
            }
            final boolean started = recordings.start(main, fact, Fact.OWN);
            final Outcome outcome = legs.finish(fact, started);
            return started ? outcome : Outcome.REJECTED;
        }
        final int recording = recordings.find(main, fact, Fact.OWN);
        if (Recordings.NONE == recording) {
            return legs.finish(fact, false);
        }
        events.reference().wrap(fact, Fact.OWN);
        endings.endRecording(main, recording, fact.sourceTimeNs(), fact);
        return legs.finish(fact, true);
    }

    Outcome hangupAsked(final Fact fact) {
        final Outcome missed = legs.touch(fact, false);
        if (null != missed) {
            return missed;
        }
        final boolean byDevice = YesNo.NO.value() == fact.ownByte(2) && !main.is(Session.HANGUP_ASKED);
        if (byDevice) {
            main.set(Session.HANGUP_ASKED);
        }
        final boolean cutsOff = YesNo.YES.value() == fact.ownByte(2) && StayFold.cutOff(main);
        if (cutsOff) {
            endings.stampStay(main);
        }
        return legs.finish(fact, byDevice || cutsOff);
    }

    Outcome hangup(final Fact fact) {
        final Outcome missed = legs.touch(fact, false);
        if (null == missed) {
            final int causeCode = fact.ownShort(0);
            endings.end(main, Causes.of(main, causeCode), causeCode, fact.sourceTimeNs(), fact);
            return Outcome.APPLIED;
        }
        if (Outcome.IGNORED == missed && fact.has(Fact.NATIVE_ID)) {
            rememberUnseen(fact);
        }
        return missed;
    }

    /** The end came before the start, or the start was never seen: what follows must not bring the leg to life. */
    private void rememberUnseen(final Fact fact) {
        final long scope = state.sources().scope(fact.source());
        if (Session.NONE == state.sessions().find(scope, fact, Fact.NATIVE_ID)) {
            state.sessions().endUnseen(scope, fact, Fact.NATIVE_ID, main, state.snapshots().generation(fact.source()));
        }
    }

    Outcome pickup(final Fact fact) {
        final Outcome missed = legs.touch(fact, true);
        final Session target = legs.other(fact, PEER_LEG);
        if (target.exists()) {
            events.to().wrap(fact, fact.has(Fact.USER) ? Fact.USER : Fact.NUMBER);
            events.cause(Cause.PICKED_UP.value(), Codes.NULL_CAUSE_CODE);
            legs.tell(Codes.CALL_DIVERTED, target, fact);
        }
        return null == missed ? legs.finish(fact, target.exists()) : target.exists() ? Outcome.APPLIED : missed;
    }

    Outcome diversion(final Fact fact) {
        final Outcome missed = legs.touch(fact, true);
        if (null != missed) {
            return missed;
        }
        events.to().wrap(fact, Fact.OWN);
        events.text().wrap(fact, Fact.OWN + 1);
        events.cause(Codes.CAUSE_REDIRECTED, Codes.NULL_CAUSE_CODE);
        legs.tell(Codes.CALL_DIVERTED, main, fact);
        return legs.finish(fact, true);
    }

    Outcome rename(final Fact fact) {
        final Outcome missed = legs.touch(fact, false);
        if (null != missed) {
            return missed;
        }
        main.device(state.sessions().keep(main.device(), fact, Fact.DEVICE));
        return legs.finish(fact, true);
    }
}
