package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ChatAction;
import io.strowger.codecs.sbe.ChatDecoder;
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
    private static final int CALL_ID = 1;
    private static final int USER = 2;
    private static final int REMOTE_PARTY = 3;
    private static final int REMOTE_NAME = 4;
    private static final int REFERENCE = 5;
    private static final int FAX_TEXT = 6;
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

    private Outcome start(final int type, final Fact fact) {
        if (session.is(Session.SHOWN)) {
            return forgotten(Outcome.NO_CHANGE);
        }
        session.establishedNs(fact.sourceTimeNs());
        events.session(type, session, Codes.CONNECTED, fact);
        return Outcome.APPLIED;
    }

    Outcome chat(final Fact fact) {
        final Outcome missed = touch(fact, Codes.CHAT, fact.byteAt(FIRST + 1));
        if (null != missed) {
            return missed;
        }
        events.by().wrap(fact, CHAT_BY);
        events.from().wrap(fact, CHAT_FROM);
        events.to().wrap(fact, CHAT_TO);
        events.text().wrap(fact, CHAT_TEXT);
        final int action = fact.byteAt(FIRST);
        if (ChatAction.INITIATED.value() == action) {
            return session.is(Session.SHOWN) ? forgotten(Outcome.NO_CHANGE) : chatEvent(Codes.CHAT_INITIATED, fact);
        }
        if (ChatAction.QUEUED.value() == action) {
            return chatQueued(fact);
        }
        if (ChatAction.DEQUEUED.value() == action) {
            return session.is(Session.QUEUED) ? chatDequeued(fact.byteAt(FIRST + 2), fact) : forgotten(Outcome.NO_CHANGE);
        }
        if (ChatAction.ESTABLISHED.value() == action) {
            return chatEstablished(fact);
        }
        return ChatAction.TRANSFERRED.value() == action ? chatEvent(Codes.CHAT_TRANSFERRED, fact) : chatCleared(fact);
    }

    private Outcome chatQueued(final Fact fact) {
        final int group = state.groups().group(state.sources().tenant(fact.source()), fact, CHAT_GROUP);
        if (group < 0) {
            return forgotten(KeyedTable.FULL == group ? Outcome.REJECTED : Outcome.IGNORED);
        }
        if (session.is(Session.QUEUED)) {
            if (group == session.group()) {
                return forgotten(Outcome.NO_CHANGE);
            }
            chatDequeued(Codes.LEFT, fact);
        }
        session.group(group);
        session.set(Session.QUEUED);
        session.staySinceNs(fact.sourceTimeNs());
        state.groups().waiting(group, 1);
        return chatEvent(Codes.CHAT_QUEUED, fact);
    }

    private Outcome chatDequeued(final int reason, final Fact fact) {
        endings.leaveQueue(session, reason, fact.sourceTimeNs(), fact);
        return Outcome.APPLIED;
    }

    private Outcome chatEstablished(final Fact fact) {
        if (0 != session.establishedNs()) {
            return forgotten(Outcome.NO_CHANGE);
        }
        if (session.is(Session.QUEUED)) {
            chatDequeued(Codes.ANSWERED, fact);
        }
        session.establishedNs(fact.sourceTimeNs());
        return chatEvent(Codes.CHAT_ESTABLISHED, fact);
    }

    private Outcome chatCleared(final Fact fact) {
        if (session.is(Session.QUEUED)) {
            chatDequeued(Codes.ABANDONED, fact);
        }
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

    private Outcome forgotten(final Outcome outcome) {
        events.forget();
        return outcome;
    }

    private int userOf(final Fact fact, final int index) {
        return state.directory().user(state.sources().tenant(fact.source()), fact, index);
    }

    private Outcome touch(final Fact fact, final int media, final int direction) {
        if (!fact.has(Fact.NATIVE_ID)) {
            return Outcome.IGNORED;
        }
        final long scope = state.sources().scope(fact.source());
        final int slot = state.sessions().find(scope, fact, Fact.NATIVE_ID);
        if (Session.NONE == slot) {
            endings.endOfDeadEpoch(fact);
            return begin(fact, media, direction);
        }
        session.at(slot);
        if (session.is(Session.ENDED) || media != session.media()) {
            return Outcome.IGNORED;
        }
        takeOver(fact);
        return null;
    }

    private Outcome begin(final Fact fact, final int media, final int direction) {
        final long scope = state.sources().scope(fact.source());
        final int user = userOf(fact, USER);
        final int slot = KeyedTable.FULL == user ? KeyedTable.FULL :
            state.sessions().open(scope, fact, Fact.NATIVE_ID);
        if (slot < 0) {
            return Outcome.REJECTED;
        }
        session.at(slot);
        session.createdNs(fact.sourceTimeNs());
        session.media(media);
        session.direction(direction);
        session.user(user);
        session.group(Session.NONE);
        session.legState(Codes.NULL);
        session.dialStatus(Codes.NULL);
        session.reason(Codes.NULL);
        if (fact.has(CALL_ID)) {
            session.call(Math.max(Session.NONE,
                state.calls().join(scope, fact, CALL_ID)));
        }
        if (0 != fact.byteAt(FIRST)) {
            session.set(Session.INFERRED);
        }
        state.sources().append(fact.source(), session, neighbour);
        takeOver(fact);
        return null;
    }

    private void takeOver(final Fact fact) {
        if (fact.has(REMOTE_PARTY)) {
            session.remoteParty(state.sessions().keep(session.remoteParty(), fact, REMOTE_PARTY));
        }
        if (fact.has(REMOTE_NAME)) {
            session.remoteName(state.sessions().keep(session.remoteName(), fact, REMOTE_NAME));
        }
        if (ChatDecoder.TEMPLATE_ID == fact.templateId() && fact.has(USER)) {
            final int user = userOf(fact, USER);
            session.user(user < 0 ? session.user() : user);
        }
    }
}
