package io.strowger.router.core;

import io.strowger.codecs.RawBytes;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegPartiesDecoder;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.LegStateDecoder;
import io.strowger.codecs.sbe.QueueDecoder;
import io.strowger.codecs.sbe.SourceSnapshotItemDecoder;
import io.strowger.router.record.Outcome;
import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.TextStore;

/**
 * What all facts about a leg have in common: finding its session or beginning it, taking over what the leg shows of itself, and ending it.
 *
 * <p>Rules: an ended leg stays ended. A leg that shows itself up is established, once. A leg that is called is delivered, once, when it
 * rings or is dialled. A change of party, name or call id is told by the next event of the session, or by {@code call.updated} if the fact
 * gives none.
 */
final class Legs {
    private static final int SEEN_DIRECTION = 0;
    private static final int ITEM_AGE = 1;
    private static final int ITEM_DIRECTION = 11;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final State state;
    private final EventWriter events;
    private final Endings endings;
    private final Links links;
    private final Session main;
    private final Session other;
    private boolean changed;
    private boolean began;
    private int stampBefore;
    private boolean isOver;
    private long upSinceNs;

    Legs(final State state, final EventWriter events, final Endings endings) {
        this.state = state;
        this.events = events;
        this.endings = endings;
        this.links = new Links(state);
        this.main = state.sessions().view();
        this.other = state.sessions().view();
    }

    /** The session of the fact's leg, after {@link #touch}. */
    Session main() {
        return main;
    }

    /**
     * Finds the session of the fact's leg, begins it if need be, and takes over what the leg shows.
     *
     * @param mayBegin whether a fact of this kind proves that the leg is alive.
     * @return null when {@link #main()} is an open session, else what became of the fact.
     */
    Outcome touch(final Fact fact, final boolean mayBegin) {
        final Outcome missed = find(fact, mayBegin);
        if (null == missed && !began) {
            if (main.is(Session.LEAVING) && isProgress(fact.templateId())) {
                endings.leaveQueue(main, Codes.LEFT, fact.sourceTimeNs(), fact);
            }
            if (!takeOver(fact)) {
                return Outcome.REJECTED;
            }
            showState(fact);
        }
        return missed;
    }

    /**
     * Finds the session of the fact's leg without taking over what the leg shows: for facts that show it as it was some time before.
     *
     * @param mayBegin whether a fact of this kind proves that the leg is alive.
     * @return null when {@link #main()} is an open session, else what became of the fact.
     */
    Outcome find(final Fact fact, final boolean mayBegin) {
        changed = false;
        began = false;
        isOver = false;
        stampBefore = Snapshots.UNSTAMPED;
        upSinceNs = fact.sourceTimeNs();
        main.at(Session.NONE);
        events.watch(Session.NONE);
        if (LegKind.PSEUDO.value() == fact.legKind()) {
            return Outcome.HIDDEN;
        }
        if (!fact.has(Fact.NATIVE_ID)) {
            return Outcome.IGNORED;
        }
        final int slot = find(fact, Fact.NATIVE_ID);
        if (Session.NONE == slot) {
            endings.endOfDeadEpoch(fact);
            return mayBegin ? begin(fact) : Outcome.IGNORED;
        }
        main.at(slot);
        stampBefore = main.seen();
        if (main.is(Session.ENDED) || Codes.CALL != main.media()) {
            isOver = main.is(Session.ENDED);
            main.at(Session.NONE);
            return Outcome.IGNORED;
        }
        events.watch(slot);
        state.stamp(main, fact.source());
        return null;
    }

    /** Whether the fact has begun the session. */
    boolean began() {
        return began;
    }

    /** Whether the session of the fact has ended before. */
    boolean isOver() {
        return isOver;
    }

    /** The stamp that the session, open or ended, had before this fact. */
    int stampBefore() {
        return stampBefore;
    }

    /** Takes over what an item of a list shows of a leg that was known. Returns false when there is no room for its call. */
    boolean correct(final Fact fact) {
        if (!takeOver(fact)) {
            return false;
        }
        forgetName(fact);
        showState(fact);
        final int direction = fact.ownByte(ITEM_DIRECTION);
        if (Codes.NULL != direction && direction != main.direction()) {
            main.direction(direction);
            change();
        }
        return true;
    }

    /**
     * Finds the open session of another leg that the fact names.
     *
     * @param index of its native id's var-data.
     * @return a view that is valid until the next call; {@link Session#exists()} is false when there is none.
     */
    Session other(final Fact fact, final int index) {
        other.at(fact.has(index) ? find(fact, index) : Session.NONE);
        if (other.exists() && (other.is(Session.ENDED) || Codes.CALL != other.media())) {
            other.at(Session.NONE);
        }
        return other;
    }

    /**
     * Whom a fact names: by a text, or else by a leg whose user is known. The view of {@link #other} is used.
     *
     * @param slice takes the name.
     */
    void whom(final Slice slice, final Fact fact, final int text, final int leg) {
        final int user = fact.has(text) || !other(fact, leg).exists() ? Session.NONE : other.user();
        if (Session.NONE == user) {
            slice.wrap(fact, text);
        } else {
            slice.wrap(state.directory().buffer(user), state.directory().offset(user), state.directory().length(user));
        }
    }

    /** Writes an event of a session in its present state. */
    void tell(final int type, final Session session, final Fact fact) {
        events.session(type, session, stateOf(session), fact);
    }

    /**
     * Ends the fold of a fact: a change that no event has told yet is told.
     *
     * @param applied whether the fact has changed anything else.
     */
    Outcome finish(final Fact fact, final boolean applied) {
        if (changed && !events.isWatchedTold() && main.exists() && main.is(Session.SHOWN)) {
            tell(Codes.CALL_UPDATED, main, fact);
        }
        return applied || changed || 0 != events.count() ? Outcome.APPLIED : Outcome.NO_CHANGE;
    }

    /** An incoming leg rings, or a placed call is heard to ring: told once, and not any more once it is up. */
    boolean deliver(final Session session, final Fact fact) {
        if (session.is(Session.DELIVERED) || 0 != session.establishedNs()) {
            return false;
        }
        session.set(Session.DELIVERED);
        tell(Codes.CALL_DELIVERED, session, fact);
        return true;
    }

    /**
     * Another leg is known to talk with this number now: told if that is new. The call router may go on saying the number it talked with
     * before, in facts that it has made ready before the transfer: that one is not taken for new.
     */
    void meet(final Session session, final Fact fact, final int number, final int name) {
        if (Session.NONE != session.user() && fact.has(number) && !state.sessions().isKept(session.remoteParty(), fact, number)) {
            if (!session.is(Session.PARKED)) {
                state.sessions().texts().free(session.place());
                session.place(session.remoteParty());
                session.set(Session.MET);
                session.remoteParty(TextStore.EMPTY);
            }
            session.remoteParty(state.sessions().keep(session.remoteParty(), fact, number));
            session.remoteName(state.sessions().keep(session.remoteName(), fact, name));
            tell(Codes.CALL_UPDATED, session, fact);
        }
    }

    /** Gives a session a remote party if it knows none yet. */
    void suggestRemote(final Fact fact, final int number, final int name) {
        if (TextStore.EMPTY == main.remoteParty() && fact.has(number)) {
            main.remoteParty(state.sessions().keep(main.remoteParty(), fact, number));
            main.remoteName(state.sessions().keep(main.remoteName(), fact, name));
            change();
        }
    }

    /** The leg is one that was called, whatever it was taken for before. */
    void called() {
        if (Codes.INCOMING != main.direction()) {
            main.direction(Codes.INCOMING);
            change();
        }
    }

    static int stateOf(final Session session) {
        if (session.is(Session.HELD)) {
            return Codes.HELD;
        }
        if (session.is(Session.PARKED)) {
            return Codes.PARKED;
        }
        if (session.is(Session.QUEUED)) {
            return Codes.QUEUED;
        }
        if (0 != session.establishedNs()) {
            return Codes.CONNECTED;
        }
        if (session.is(Session.FAILED)) {
            return Codes.FAILED;
        }
        return session.is(Session.DELIVERED) ? Codes.ALERTING : Codes.INITIATED;
    }

    /** Only an event behind the change tells it. */
    private void change() {
        changed = true;
        events.watch(main.slot());
    }

    private int find(final Fact fact, final int index) {
        final long scope = state.sources().scope(fact.source());
        return state.sessions().find(scope, fact, index);
    }

    private Outcome begin(final Fact fact) {
        final int source = fact.source();
        final long scope = state.sources().scope(source);
        final int user = state.directory().shown(state.sources().tenant(source), fact, Fact.USER);
        final int slot = KeyedTable.FULL == user ? KeyedTable.FULL : state.sessions().open(scope, fact, Fact.NATIVE_ID);
        if (slot < 0) {
            return Outcome.REJECTED;
        }
        final int call = links.join(fact);
        if (KeyedTable.FULL == call) {
            state.sessions().takeBack(slot);
            return Outcome.REJECTED;
        }
        began = true;
        main.at(slot);
        events.watch(slot);
        if (SourceSnapshotItemDecoder.TEMPLATE_ID == fact.templateId()) {
            upSinceNs -= Math.max(0, fact.ownLong(ITEM_AGE)) * NANOS_PER_MILLI;
        }
        main.createdNs(upSinceNs);
        main.armedNs(fact.journalTimeNs());
        state.stamp(main, source);
        main.media(Codes.CALL);
        main.user(user);
        main.call(call);
        main.group(Session.NONE);
        main.dialStatus(Codes.NULL);
        main.legState(Codes.NULL);
        main.reason(Codes.NULL);
        main.direction(isCalled(fact) ? Codes.INCOMING : Codes.OUTGOING);
        main.device(state.sessions().keep(TextStore.EMPTY, fact, Fact.DEVICE));
        state.sources().lists().append(source, main, other);
        if (LegSeenDecoder.TEMPLATE_ID != fact.templateId()) {
            main.set(Session.INFERRED);
        }
        takeOver(fact);
        showStart(fact);
        return null;
    }

    /** Whatever its source says; else a leg whose first call is another leg's was called by it. */
    private static boolean isCalled(final Fact fact) {
        final boolean isSeen = LegSeenDecoder.TEMPLATE_ID == fact.templateId();
        final int direction = isSeen ? fact.ownByte(SEEN_DIRECTION) :
            SourceSnapshotItemDecoder.TEMPLATE_ID == fact.templateId() ? fact.ownByte(ITEM_DIRECTION) : Codes.NULL;
        if (Codes.NULL != direction) {
            return Codes.INCOMING == direction;
        }
        if (Links.isLinked(fact)) {
            return true;
        }
        final int length = fact.textLength(Fact.CALL_ID);
        return 0 != length && (length != fact.textLength(Fact.NATIVE_ID) || !RawBytes.equal(fact.buffer(), fact.textOffset(Fact.CALL_ID),
            fact.buffer(), fact.textOffset(Fact.NATIVE_ID), length));
    }

    /** Returns false, and takes nothing, when there is no room for the call. */
    private boolean takeOver(final Fact fact) {
        if (!began && links.isNews(fact, main.call())) {
            final int before = state.calls().shorten(main.call());
            final int call = links.follow(fact, main.call());
            if (call < 0) {
                return false;
            }
            main.call(call);
            if (before != state.calls().shorten(call)) {
                change();
            }
        }
        if (Session.NONE == main.user() && main.is(Session.INFERRED) && fact.has(Fact.USER)) {
            learnUser(fact);
        }
        final boolean hasUser = Session.NONE != main.user();
        takeOverRemote(fact, hasUser ? Fact.REMOTE_PARTY : Fact.NUMBER, hasUser ? Fact.REMOTE_NAME : Fact.NAME);
        return true;
    }

    /** A list that shows a number and no name beside it means that there is none; a single fact may just not say it. */
    private void forgetName(final Fact fact) {
        final boolean hasUser = Session.NONE != main.user();
        if (fact.has(hasUser ? Fact.REMOTE_PARTY : Fact.NUMBER) && !fact.has(hasUser ? Fact.REMOTE_NAME : Fact.NAME) &&
            TextStore.EMPTY != main.remoteName()) {
            state.sessions().texts().free(main.remoteName());
            main.remoteName(TextStore.EMPTY);
            change();
        }
    }

    /** The fact that has begun the session did not say whose it is. */
    private void learnUser(final Fact fact) {
        final int user = state.directory().shown(state.sources().tenant(fact.source()), fact, Fact.USER);
        if (user >= 0) {
            main.user(user);
            change();
        }
    }

    private void takeOverRemote(final Fact fact, final int number, final int name) {
        if (main.is(Session.MET) && fact.has(number) && state.sessions().isKept(main.place(), fact, number)) {
            return;
        }
        if (fact.has(number) && !state.sessions().isKept(main.remoteParty(), fact, number)) {
            main.remoteParty(state.sessions().keep(main.remoteParty(), fact, number));
            main.remoteName(state.sessions().keep(main.remoteName(), fact, name));
            change();
        } else if (fact.has(name) && !state.sessions().isKept(main.remoteName(), fact, name)) {
            main.remoteName(state.sessions().keep(main.remoteName(), fact, name));
            change();
        }
    }

    private void showStart(final Fact fact) {
        if (Codes.OUTGOING == main.direction() && !(main.is(Session.INFERRED) && Codes.LEG_UP == fact.legState())) {
            tell(Codes.CALL_INITIATED, main, fact);
        }
        showState(fact);
    }

    private void showState(final Fact fact) {
        final int legState = fact.legState();
        if (Codes.NULL == legState || legState == main.legState()) {
            return;
        }
        main.legState(legState);
        if (Codes.LEG_UP == legState && 0 == main.establishedNs()) {
            main.establishedNs(upSinceNs);
            if (Codes.INCOMING == main.direction() && !main.is(Session.INFERRED) && state.calls().isAlone(main.call())) {
                main.set(Session.NO_PEER);
            }
            tell(Codes.CALL_ESTABLISHED, main, fact);
        } else if (Codes.LEG_RINGING == legState && Codes.INCOMING == main.direction()) {
            deliver(main, fact);
        }
    }

    /** Facts that show what a leg did behind a queue; mere changes of its looks do not. */
    private static boolean isProgress(final int templateId) {
        return QueueDecoder.TEMPLATE_ID != templateId && LegStateDecoder.TEMPLATE_ID != templateId &&
            LegPartiesDecoder.TEMPLATE_ID != templateId;
    }
}
