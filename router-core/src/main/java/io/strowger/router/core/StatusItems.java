package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.Kind;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SnapshotItemEncoder;
import io.strowger.router.state.TextStore;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what a state holds as {@code SnapshotItem} messages: sources, users, groups, members of groups, then sessions, those of each
 * source in the order they began. A session that no event has told of yet is left out: its first event tells it.
 *
 * <p>One thread. Allocates nothing for a session.
 */
final class StatusItems {
    /** Not a tenant: items of every tenant. */
    static final int EVERY_TENANT = Integer.MIN_VALUE;

    private static final UnsafeBuffer NO_TEXT = new UnsafeBuffer(0, 0);
    private static final int NO_COUNT = SnapshotItemEncoder.waitingNullValue();
    private static final int EVERY_USER = -1;
    private static final int IN_STATE = Memberships.IN | Memberships.PAUSED;

    private final State state;
    private final Session session;
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(16 * 1024);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SnapshotItemEncoder item = new SnapshotItemEncoder();
    private SignalSink sink;
    private int tenant;
    private long position;
    private boolean isRefused;

    StatusItems(final State state) {
        this.state = state;
        this.session = state.sessions().view();
    }

    /**
     * Writes everything of a tenant.
     *
     * @param ofTenant   whose, or {@link #EVERY_TENANT}.
     * @param atPosition stated in each item.
     * @param to         takes them; when it refuses one, no more are written.
     * @return whether all were taken.
     */
    boolean write(final int ofTenant, final long atPosition, final SignalSink to) {
        begin(ofTenant, atPosition, to);
        for (int number = 1; number <= state.sources().count() && !isRefused; number++) {
            if (state.sources().isKnown(number) && isAsked(state.sources().tenant(number))) {
                source(number);
            }
        }
        final Directory users = state.directory();
        for (int user = users.next(-1); user >= 0 && !isRefused; user = users.next(user)) {
            if (isAsked(users.tenant(user))) {
                user(user);
            }
        }
        writeGroups();
        for (int number = 1; number <= state.sources().count() && !isRefused; number++) {
            if (isAsked(state.sources().isKnown(number) ? state.sources().tenant(number) : 0)) {
                sessions(state.sources().lists().firstOwed(number));
                sessions(state.sources().lists().first(number));
            }
        }
        return end();
    }

    /**
     * Writes one user, where it is logged in, and its sessions.
     *
     * @param name   of the user.
     * @param byUser the sessions of each user.
     * @return whether all were taken; true when there is no such user.
     */
    boolean writeUser(final int ofTenant, final DirectBuffer name, final UserSessions byUser, final long atPosition, final SignalSink to) {
        begin(ofTenant, atPosition, to);
        final int user = state.directory().find(ofTenant, name, 0, name.capacity());
        if (user >= 0) {
            user(user);
            members(user);
            for (int slot = byUser.first(user); Session.NONE != slot && !isRefused; slot = byUser.next(slot)) {
                session(slot);
            }
        }
        return end();
    }

    private void begin(final int ofTenant, final long atPosition, final SignalSink to) {
        tenant = ofTenant;
        position = atPosition;
        sink = to;
        isRefused = false;
    }

    private boolean end() {
        sink = null;
        return !isRefused;
    }

    private boolean isAsked(final int of) {
        return EVERY_TENANT == tenant || of == tenant;
    }

    private void writeGroups() {
        final Groups groups = state.groups();
        for (int group = groups.next(-1); group >= 0 && !isRefused; group = groups.next(group)) {
            if (isAsked(groups.tenant(group))) {
                group(group);
            }
        }
        members(EVERY_USER);
    }

    private void members(final int onlyUser) {
        final Memberships memberships = state.memberships();
        for (int slot = memberships.nextSlot(-1); slot >= 0 && !isRefused; slot = memberships.nextSlot(slot)) {
            final boolean isWanted = EVERY_USER == onlyUser ? isAsked(memberships.tenant(slot)) : memberships.user(slot) == onlyUser;
            if (isWanted && 0 != (memberships.state(slot) & Memberships.IN)) {
                member(slot);
            }
        }
    }

    private void sessions(final int first) {
        int slot = first;
        while (Session.NONE != slot && !isRefused) {
            session(slot);
            slot = session.at(slot).nextOfSource();
        }
    }

    private void session(final int slot) {
        if (!session.at(slot).isInStatus()) {
            return;
        }
        final Sessions sessions = state.sessions();
        final long scope = sessions.scope(slot);
        final int source = Sources.number(scope);
        final boolean isRestarted = scope != state.sources().scope(source);
        item(Kind.SESSION, source, state.sources().tenant(source));
        item.sourceTime(session.createdNs()).since(session.establishedNs()).epoch(state.sources().epochs().id(scope))
            .media(Media.get((short)session.media())).direction(Direction.get((short)session.direction()))
            .state(ConnectionState.get((short)(isRestarted ? Codes.NULL_STATE : Legs.stateOf(session))))
            .cause(isRestarted ? Cause.SOURCE_RESTARTED : Cause.NULL_VAL);
        item.flags().inferred(session.is(Session.INFERRED)).noPeer(session.is(Session.NO_PEER));
        item.putNativeId(sessions.idBuffer(slot), sessions.idOffset(slot), sessions.idLength(slot));
        putCall();
        putUser(session.user());
        final TextStore texts = sessions.texts();
        item.putRemoteParty(texts.buffer(session.remoteParty()), texts.offset(session.remoteParty()), texts.length(session.remoteParty()));
        item.putRemoteName(texts.buffer(session.remoteName()), texts.offset(session.remoteName()), texts.length(session.remoteName()));
        putGroup(session.group());
        putSource(source);
        item.putCoveredBy(NO_TEXT, 0, 0);
        offer();
    }

    private void user(final int user) {
        final int presence = state.directory().presence(user);
        item(Kind.USER, 0, state.directory().tenant(user));
        item.eventType(Directory.NEVER_SAID == presence ? EventType.NULL_VAL :
            Directory.IN == presence ? EventType.USER_LOGGED_IN : EventType.USER_LOGGED_OUT);
        offerNames(user, Session.NONE, 0, 0);
    }

    private void group(final int group) {
        item(Kind.GROUP, 0, state.groups().tenant(group));
        item.waiting(state.groups().waiting(group)).members(state.groups().members(group));
        offerNames(Session.NONE, group, 0, 0);
    }

    private void member(final int slot) {
        final Memberships memberships = state.memberships();
        final int source = memberships.source(slot);
        item(Kind.GROUP, source, memberships.tenant(slot));
        item.eventType(IN_STATE == (memberships.state(slot) & IN_STATE) ? EventType.GROUP_NOT_READY : EventType.GROUP_LOGGED_IN);
        offerNames(memberships.user(slot), memberships.group(slot), source, 0);
    }

    private void source(final int number) {
        final Sources sources = state.sources();
        item(Kind.SOURCE, number, sources.tenant(number));
        item.epoch(sources.epoch(number)).eventType(sources.isUp(number) ? EventType.SOURCE_UP : EventType.SOURCE_DOWN);
        item.flags().stale(sources.isStale(number));
        offerNames(Session.NONE, Session.NONE, number, sources.cover(number));
    }

    /** Begins an item that says nothing but whose it is. */
    private void item(final Kind kind, final int source, final int ofTenant) {
        item.wrapAndApplyHeader(buffer, 0, header).sourceSequence(0).sourceTime(0).source(source).tenant(ofTenant).subscription(0)
            .position(position).epoch(0).since(0).waiting(NO_COUNT).members(NO_COUNT).kind(kind).eventType(EventType.NULL_VAL)
            .media(Media.NULL_VAL).direction(Direction.NULL_VAL).state(ConnectionState.NULL_VAL).cause(Cause.NULL_VAL);
        item.flags().clear();
    }

    private void offer() {
        isRefused = !sink.offer(buffer, 0, SignalLayout.HEADER_LENGTH + item.encodedLength());
    }

    /** Ends an item that is about no session: a user, a group, a source and one that covers it, by slots and numbers. */
    private void offerNames(final int user, final int group, final int source, final int cover) {
        item.putNativeId(NO_TEXT, 0, 0);
        item.putCallId(NO_TEXT, 0, 0);
        putUser(user);
        item.putRemoteParty(NO_TEXT, 0, 0);
        item.putRemoteName(NO_TEXT, 0, 0);
        putGroup(group);
        putSource(source);
        final Sources sources = state.sources();
        item.putCoveredBy(0 == cover ? NO_TEXT : sources.nameBuffer(cover), 0 == cover ? 0 : sources.nameOffset(cover),
            0 == cover ? 0 : sources.nameLength(cover));
        offer();
    }

    private void putCall() {
        if (Session.NONE == session.call()) {
            item.putCallId(NO_TEXT, 0, 0);
        } else {
            final int call = state.calls().resolve(session.call());
            item.putCallId(state.calls().buffer(call), state.calls().offset(call), state.calls().length(call));
        }
    }

    private void putUser(final int user) {
        if (Session.NONE == user) {
            item.putLocalUser(NO_TEXT, 0, 0);
        } else {
            final Directory users = state.directory();
            item.putLocalUser(users.buffer(user), users.offset(user), users.length(user));
        }
    }

    private void putGroup(final int group) {
        if (Session.NONE == group) {
            item.putGroup(NO_TEXT, 0, 0);
        } else {
            item.putGroup(state.groups().buffer(group), state.groups().offset(group), state.groups().length(group));
        }
    }

    private void putSource(final int number) {
        if (0 == number) {
            item.putSourceName(NO_TEXT, 0, 0);
        } else {
            final Sources sources = state.sources();
            item.putSourceName(sources.nameBuffer(number), sources.nameOffset(number), sources.nameLength(number));
        }
    }
}
