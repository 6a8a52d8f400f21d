package io.strowger.router.core;

/**
 * Ends of sessions and of what they are in: each session ends once, and its end ends its stay in a queue or parking place and its
 * recordings.
 *
 * <p>The events of one end come in this order: {@code call.dequeued}, {@code call.unparked}, {@code history.call-recorded} for each
 * recording, {@code call.failed}, {@code call.cleared}.
 */
final class Endings {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final State state;
    private final EventWriter events;
    private final Session neighbour;
    private final Session dead;

    Endings(final State state, final EventWriter events) {
        this.state = state;
        this.events = events;
        this.neighbour = state.sessions().view();
        this.dead = state.sessions().view();
    }

    /**
     * Ends a call's session.
     *
     * @param causeCode Q.850 number as the source gave it, or {@link Codes#NULL_CAUSE_CODE}.
     * @param timeNs    source time of the end.
     */
    void end(final Session session, final int cause, final int causeCode, final long timeNs, final Fact fact) {
        final boolean lost = Causes.isOfRouter(cause);
        if (session.is(Session.QUEUED)) {
            final int known = session.reason();
            leaveQueue(session, Codes.NULL != known ? known : reasonAtEnd(session, lost), timeNs, fact);
        }
        if (session.is(Session.PARKED)) {
            leaveParking(session, Codes.LEFT, timeNs, fact);
        }
        while (Recordings.NONE != session.recording()) {
            endRecording(session, session.recording(), timeNs, fact);
        }
        if (0 == session.establishedNs() && Codes.OUTGOING == session.direction() && !lost && Causes.isFailure(cause)) {
            session.set(Session.FAILED);
            events.cause(cause, causeCode).at(timeNs);
            events.session(Codes.CALL_FAILED, session, Codes.FAILED, fact);
        }
        state.bridges().leave(session, timeNs);
        // what was up at all was up for a millisecond, since none says that it was never answered
        final long upNs = 0 == session.establishedNs() ? 0 : Math.max(NANOS_PER_MILLI, timeNs - session.establishedNs());
        events.cause(cause, causeCode).durationNs(upNs).talkNs(session.talkNs()).at(timeNs);
        session.group(Session.NONE);
        events.session(Codes.CALL_CLEARED, session, Codes.NULL_STATE, fact);
        bury(session);
    }

    /** Takes an ended session, whatever its media, out of everything it hangs in. */
    void bury(final Session session) {
        final long scope = state.sessions().scope(session.slot());
        final int source = Sources.number(scope);
        state.sources().lists().remove(source, scope != state.sources().scope(source), session, neighbour);
        if (Session.NONE != session.call()) {
            state.calls().leave(session.call());
        }
        state.sessions().end(session);
    }

    /**
     * A stay in a queue is over.
     */
    void leaveQueue(final Session session, final int reason, final long timeNs, final Fact fact) {
        final long endNs = 0 == session.stayEndedNs() ? timeNs : session.stayEndedNs();
        session.clear(Session.QUEUED | Session.LEAVING | Session.MEMBER_ANSWERED);
        stampStay(session);
        state.groups().waiting(session.group(), -1);
        events.reason(reason).waitNs(endNs - session.staySinceNs()).at(endNs);
        events.session(Codes.CHAT == session.media() ? Codes.CHAT_DEQUEUED : Codes.CALL_DEQUEUED, session, Legs.stateOf(session), fact);
        session.group(Session.NONE);
        session.reason(Codes.NULL);
        session.staySinceNs(0);
        session.stayEndedNs(0);
    }

    /**
     * A stay in a parking place is over.
     */
    void leaveParking(final Session session, final int reason, final long timeNs, final Fact fact) {
        session.clear(Session.PARKED);
        stampStay(session);
        events.reference().wrap(state.sessions().texts(), session.place());
        events.reason(reason).waitNs(timeNs - session.staySinceNs()).at(timeNs);
        events.session(Codes.CALL_UNPARKED, session, Legs.stateOf(session), fact);
        session.staySinceNs(0);
    }

    /**
     * One recording of a session is over.
     *
     * @param recording of {@link Recordings}; its name is told unless another was laid out.
     */
    void endRecording(final Session session, final int recording, final long timeNs, final Fact fact) {
        final Recordings recordings = state.recordings();
        if (events.reference().isEmpty()) {
            events.reference().wrap(state.sessions().texts(), recordings.reference(recording));
        }
        events.durationNs(timeNs - recordings.sinceNs(recording)).at(timeNs);
        events.session(Codes.HISTORY_CALL_RECORDED, session, Legs.stateOf(session), fact);
        recordings.remove(session, recording);
    }

    /**
     * A native id comes up again after a restart: the session it had before ends first.
     */
    void endOfDeadEpoch(final Fact fact) {
        final Sources sources = state.sources();
        final int source = fact.source();
        for (int ordinal = sources.epochs().oldest(source); ordinal < sources.epochs().ordinal(source); ordinal++) {
            final int slot = state.sessions().find(Sources.scope(source, ordinal), fact, Fact.NATIVE_ID);
            if (Session.NONE != slot && !dead.at(slot).is(Session.ENDED)) {
                endOwed(dead, fact);
            }
        }
    }

    /**
     * Ends a session of a dead epoch.
     */
    void endOwed(final Session session, final Fact fact) {
        endLost(session, Codes.CAUSE_SOURCE_RESTARTED, state.sources().epochs().endNs(state.sessions().scope(session.slot())), fact);
    }

    /**
     * Ends a session, whatever its media, whose end no source has told.
     *
     * @param cause one that the router concludes itself.
     */
    void endLost(final Session session, final int cause, final long timeNs, final Fact fact) {
        if (Codes.CALL == session.media()) {
            end(session, cause, Codes.NULL_CAUSE_CODE, timeNs, fact);
        } else {
            if (session.is(Session.QUEUED)) {
                leaveQueue(session, Codes.LEFT, timeNs, fact);
            }
            events.cause(cause, Codes.NULL_CAUSE_CODE).at(timeNs);
            events.session(MediaFold.endOf(session.media()), session, Codes.NULL_STATE, fact);
            bury(session);
        }
    }

    /** A stay of the session has begun, ended or was listed. */
    void stampStay(final Session session) {
        session.staySeen(state.snapshots().generation(Sources.number(state.sessions().scope(session.slot()))));
    }

    private static int reasonAtEnd(final Session session, final boolean lost) {
        if (lost || session.is(Session.LEAVING)) {
            return Codes.LEFT;
        }
        return session.is(Session.MEMBER_ANSWERED) ? Codes.ANSWERED : Codes.ABANDONED;
    }
}
