package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ChatAction;
import io.strowger.codecs.sbe.FaxAction;
import io.strowger.codecs.sbe.ShareAction;
import io.strowger.router.record.Outcome;
import io.strowger.router.state.KeyedTable;

/**
 * Facts about chats, faxes, screen sharing, messages, and what is stored of them.
 *
 * <p>A chat, a fax and a shared screen are sessions: each ends once, an ended one stays ended, and one whose start was not seen begins
 * inferred with the first fact that proves it alive.
 */
final class MediaFold {
    private static final int FIRST = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH;
    private static final int REFERENCE = 5;
    private static final int FAX_TEXT = 6;
    private static final int ITEM_DIRECTION = 11;
    private static final int CHAT_GROUP = 5;
    private static final int CHAT_BY = 6;
    private static final int CHAT_FROM = 7;
    private static final int CHAT_TO = 8;
    private static final int CHAT_TEXT = 9;

    private final State state;
    private final EventWriter events;
    private final Endings endings;
    private final Session session;
    private final Session neighbour;
    private boolean changed;
    private boolean began;
    private boolean isOver;
    private int stampBefore;

    MediaFold(final State state, final EventWriter events, final Endings endings) {
        this.state = state;
        this.events = events;
        this.endings = endings;
        this.session = state.sessions().view();
        this.neighbour = state.sessions().view();
    }

    /** The event that ends a session of this media. */
    static int endOf(final int media) {
        if (Codes.CHAT == media) {
            return Codes.CHAT_CLEARED;
        }
        return Codes.FAX == media ? Codes.FAX_FAILED : Codes.SCREEN_SHARING_ENDED;
    }

    Outcome message(final Fact fact) {
        final int media = fact.byteAt(FIRST);
        final int direction = fact.byteAt(FIRST + 1);
        final boolean incoming = Codes.OUTGOING != direction;
        final int user = userOf(fact, ItemTexts.MESSAGE.user());
        if (KeyedTable.FULL == user) {
            return Outcome.REJECTED;
        }
        events.text().wrap(fact, 4);
        events.reference().wrap(fact, 5);
        final int received = Codes.SMS == media ? Codes.SMS_RECEIVED : Codes.MESSAGE_RECEIVED;
        final int sent = Codes.SMS == media ? Codes.SMS_SENT : Codes.MESSAGE_SENT;
        events.item(incoming ? received : sent, media, direction, user, fact, ItemTexts.MESSAGE);
        return Outcome.APPLIED;
    }

    Outcome history(final Fact fact) {
        final int kind = fact.byteAt(FIRST);
        final int user = userOf(fact, ItemTexts.HISTORY.user());
        if (KeyedTable.FULL == user) {
            return Outcome.REJECTED;
        }
        if (kind > 4) {
            return Outcome.IGNORED;
        }
        final long durationMs = fact.longAt(FIRST + 2);
        if (Codes.NULL_LONG != durationMs) {
            events.durationNs(durationMs * 1_000_000);
        }
        events.reference().wrap(fact, REFERENCE);
        events.text().wrap(fact, FAX_TEXT);
        events.item(Codes.HISTORY_FIRST + kind, Codes.NULL, fact.byteAt(FIRST + 1), user, fact, ItemTexts.HISTORY);
        return Outcome.APPLIED;
    }

    Outcome fax(final Fact fact) {
        final int action = fact.byteAt(FIRST);
        final boolean starts = FaxAction.STARTED.value() == action;
        final Outcome missed = touch(fact, Codes.FAX, fact.byteAt(FIRST + 1));
        if (null != missed) {
            return missed;
        }
        events.reference().wrap(fact, REFERENCE);
        events.text().wrap(fact, FAX_TEXT);
        if (starts) {
            return start(Codes.FAX_STARTED, fact);
        }
        final boolean completed = FaxAction.COMPLETED.value() == action;
        events.durationNs(fact.sourceTimeNs() - session.createdNs());
        events.session(completed ? Codes.FAX_COMPLETED : Codes.FAX_FAILED, session, Codes.NULL_STATE, fact);
        if (completed && Codes.OUTGOING == session.direction() && fact.has(REFERENCE)) {
            events.reference().wrap(fact, REFERENCE);
            events.session(Codes.HISTORY_FAX_TRANSMITTED, session, Codes.NULL_STATE, fact);
        }
        endings.bury(session);
        return Outcome.APPLIED;
    }

    Outcome screenSharing(final Fact fact) {
        final boolean starts = ShareAction.STARTED.value() == fact.byteAt(FIRST);
        final Outcome missed = touch(fact, Codes.SCREEN_SHARING, fact.byteAt(FIRST + 1));
        if (null != missed) {
            return missed;
        }
        events.reference().wrap(fact, REFERENCE);
        if (starts) {
            return start(Codes.SCREEN_SHARING_STARTED, fact);
        }
        events.durationNs(fact.sourceTimeNs() - session.createdNs());
        events.session(Codes.SCREEN_SHARING_ENDED, session, Codes.NULL_STATE, fact);
        endings.bury(session);
        return Outcome.APPLIED;
    }

    /**
     * Finds the session of an item of a list, or begins it.
     *
     * @return null when there is one, else what became of the item.
     */
    Outcome findListed(final Fact fact, final int media) {
        final Outcome missed = find(fact, media, fact.ownByte(ITEM_DIRECTION), ItemTexts.LISTED, true);
        if (null == missed && began) {
            session.set(Session.INFERRED);
        }
        return missed;
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

    /**
     * A list says how a session is.
     *
     * @param group where a chat waits, or {@link Session#NONE}.
     * @param ageNs since when it is.
     */
    Outcome listed(final Fact fact, final int group, final long ageNs) {
        takeOver(fact, ItemTexts.LISTED);
        if (began) {
            session.createdNs(fact.sourceTimeNs() - ageNs);
        }
        if (Codes.CHAT != session.media()) {
            return start(Codes.FAX == session.media() ? Codes.FAX_STARTED : Codes.SCREEN_SHARING_STARTED, fact);
        }
        if (Session.NONE != group && !session.is(Session.QUEUED) && 0 == session.establishedNs()) {
            return chatQueued(group, fact);
        }
        if (Codes.LEG_UP == fact.legState()) {
            if (session.is(Session.QUEUED)) {
                endings.leaveQueue(session, Codes.ANSWERED, fact.sourceTimeNs(), fact);
            }
            return chatEstablished(fact);
        }
        return session.is(Session.SHOWN) ? silent() : chatEvent(Codes.CHAT_INITIATED, fact);
    }

    private Outcome start(final int type, final Fact fact) {
        if (session.is(Session.SHOWN)) {
            return silent();
        }
        session.establishedNs(fact.sourceTimeNs());
        events.session(type, session, Codes.CONNECTED, fact);
        return Outcome.APPLIED;
    }

    /**
     * What a fact says of a chat is told by the fact's own event: a stay that ends first ends with what was known before. A change that no
     * event fits is told by the next one.
     */
    Outcome chat(final Fact fact) {
        final int action = fact.byteAt(FIRST);
        if (isOver(fact)) {
            return Outcome.IGNORED;
        }
        final int group = ChatAction.QUEUED.value() == action ? groupOf(fact) : Session.NONE;
        if (KeyedTable.FULL == group) {
            return Outcome.REJECTED;
        }
        final Outcome missed = find(fact, Codes.CHAT, fact.byteAt(FIRST + 1), ItemTexts.SESSION, ChatAction.DEQUEUED.value() != action);
        if (null != missed) {
            return missed;
        }
        if (session.is(Session.QUEUED) && endsStay(action, group)) {
            endings.leaveQueue(session, reasonOf(action), fact.sourceTimeNs(), fact);
        }
        takeOver(fact, ItemTexts.SESSION);
        events.by().wrap(fact, CHAT_BY);
        events.from().wrap(fact, CHAT_FROM);
        events.to().wrap(fact, CHAT_TO);
        events.text().wrap(fact, CHAT_TEXT);
        return chatSays(action, group, fact);
    }

    /** What comes too late for its session must not make a group. */
    private boolean isOver(final Fact fact) {
        final int slot = state.sessions().find(state.sources().scope(fact.source()), fact, Fact.NATIVE_ID);
        return Session.NONE != slot && session.at(slot).is(Session.ENDED);
    }

    private Outcome chatSays(final int action, final int group, final Fact fact) {
        if (ChatAction.INITIATED.value() == action) {
            return session.is(Session.SHOWN) ? silent() : chatEvent(Codes.CHAT_INITIATED, fact);
        }
        if (ChatAction.QUEUED.value() == action) {
            return chatQueued(group, fact);
        }
        if (ChatAction.DEQUEUED.value() == action) {
            return session.is(Session.QUEUED) ? chatDequeued(fact) : silent();
        }
        if (ChatAction.ESTABLISHED.value() == action) {
            return chatEstablished(fact);
        }
        return ChatAction.TRANSFERRED.value() == action ? chatEvent(Codes.CHAT_TRANSFERRED, fact) : chatCleared(fact);
    }

    /** Whether a stay ends before what the action says is told. */
    private boolean endsStay(final int action, final int group) {
        if (ChatAction.QUEUED.value() == action) {
            return Session.NONE != group && group != session.group();
        }
        return ChatAction.CLEARED.value() == action || (ChatAction.ESTABLISHED.value() == action && 0 == session.establishedNs());
    }

    private static int reasonOf(final int action) {
        if (ChatAction.ESTABLISHED.value() == action) {
            return Codes.ANSWERED;
        }
        return ChatAction.CLEARED.value() == action ? Codes.ABANDONED : Codes.LEFT;
    }

    private int groupOf(final Fact fact) {
        return state.groups().group(state.sources().tenant(fact.source()), fact, CHAT_GROUP);
    }

    private Outcome chatQueued(final int group, final Fact fact) {
        if (Session.NONE == group) {
            final Outcome outcome = silent();
            return Outcome.APPLIED == outcome ? outcome : Outcome.IGNORED;
        }
        if (session.is(Session.QUEUED)) {
            return silent();
        }
        session.group(group);
        session.set(Session.QUEUED);
        session.staySinceNs(fact.sourceTimeNs());
        state.groups().waiting(group, 1);
        return chatEvent(Codes.CHAT_QUEUED, fact);
    }

    private Outcome chatDequeued(final Fact fact) {
        endings.leaveQueue(session, fact.byteAt(FIRST + 2), fact.sourceTimeNs(), fact);
        return Outcome.APPLIED;
    }

    private Outcome chatEstablished(final Fact fact) {
        if (0 != session.establishedNs()) {
            return silent();
        }
        session.establishedNs(fact.sourceTimeNs());
        return chatEvent(Codes.CHAT_ESTABLISHED, fact);
    }

    private Outcome chatCleared(final Fact fact) {
        final int cause = fact.byteAt(FIRST + 3);
        events.cause(Codes.NULL == cause ? Codes.CAUSE_NORMAL : cause, Codes.NULL_CAUSE_CODE);
        events.durationNs(0 == session.establishedNs() ? 0 : fact.sourceTimeNs() - session.establishedNs());
        events.session(Codes.CHAT_CLEARED, session, Codes.NULL_STATE, fact);
        endings.bury(session);
        return Outcome.APPLIED;
    }

    private Outcome chatEvent(final int type, final Fact fact) {
        events.session(type, session, session.is(Session.QUEUED) ? Codes.QUEUED : Legs.stateOf(session), fact);
        return Outcome.APPLIED;
    }

    /** No event fits: what has changed is told by the next one. */
    private Outcome silent() {
        return forgotten(changed ? Outcome.APPLIED : Outcome.NO_CHANGE);
    }

    private Outcome forgotten(final Outcome outcome) {
        events.forget();
        return outcome;
    }

    private int userOf(final Fact fact, final int index) {
        return state.directory().user(state.sources().tenant(fact.source()), fact, index);
    }

    private Outcome touch(final Fact fact, final int media, final int direction) {
        final Outcome missed = find(fact, media, direction, ItemTexts.SESSION, true);
        if (null == missed) {
            takeOver(fact, ItemTexts.SESSION);
        }
        return missed;
    }

    /** Finds the session of the fact, or begins it; returns null when there is one, else what became of the fact. */
    private Outcome find(final Fact fact, final int media, final int direction, final ItemTexts texts, final boolean mayBegin) {
        changed = false;
        began = false;
        isOver = false;
        stampBefore = Snapshots.UNSTAMPED;
        if (!fact.has(Fact.NATIVE_ID)) {
            return Outcome.IGNORED;
        }
        final long scope = state.sources().scope(fact.source());
        final int slot = state.sessions().find(scope, fact, Fact.NATIVE_ID);
        if (Session.NONE == slot) {
            endings.endOfDeadEpoch(fact);
            return mayBegin ? begin(fact, media, direction, texts) : Outcome.IGNORED;
        }
        session.at(slot);
        stampBefore = session.seen();
        isOver = session.is(Session.ENDED);
        if (isOver || media != session.media()) {
            return Outcome.IGNORED;
        }
        state.stamp(session, fact.source());
        return null;
    }

    private Outcome begin(final Fact fact, final int media, final int direction, final ItemTexts texts) {
        final long scope = state.sources().scope(fact.source());
        final int user = userOf(fact, texts.user());
        final int slot = KeyedTable.FULL == user ? KeyedTable.FULL :
            state.sessions().open(scope, fact, Fact.NATIVE_ID);
        if (slot < 0) {
            return Outcome.REJECTED;
        }
        began = true;
        session.at(slot);
        session.createdNs(fact.sourceTimeNs());
        session.media(media);
        session.direction(direction);
        session.user(user);
        session.group(Session.NONE);
        session.legState(Codes.NULL);
        session.dialStatus(Codes.NULL);
        session.reason(Codes.NULL);
        if (fact.has(texts.callId())) {
            session.call(Math.max(Session.NONE,
                state.calls().join(scope, fact, texts.callId())));
        }
        if (0 != fact.byteAt(FIRST)) {
            session.set(Session.INFERRED);
        }
        session.armedNs(fact.journalTimeNs());
        state.stamp(session, fact.source());
        state.sources().lists().append(fact.source(), session, neighbour);
        changed = true;
        return null;
    }

    private void takeOver(final Fact fact, final ItemTexts texts) {
        final Sessions sessions = state.sessions();
        final int party = texts.remoteParty();
        final int name = texts.remoteName();
        if (fact.has(party) && !sessions.isKept(session.remoteParty(), fact, party)) {
            session.remoteParty(sessions.keep(session.remoteParty(), fact, party));
            changed = true;
        }
        if (fact.has(name) && !sessions.isKept(session.remoteName(), fact, name)) {
            session.remoteName(sessions.keep(session.remoteName(), fact, name));
            changed = true;
        }
        if (Codes.CHAT == session.media() && fact.has(texts.user())) {
            final int user = userOf(fact, texts.user());
            changed |= user >= 0 && user != session.user();
            session.user(user < 0 ? session.user() : user);
        }
    }
}
