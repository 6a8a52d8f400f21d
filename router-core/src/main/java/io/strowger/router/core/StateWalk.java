package io.strowger.router.core;

import io.strowger.router.state.TextStore;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Shows the state to a visitor, as objects: control path.
 */
final class StateWalk {
    private final State state;
    private final Session session;

    StateWalk(final State state) {
        this.state = state;
        this.session = state.sessions().view();
    }

    void walk(final StateVisitor visitor) {
        for (int slot = state.sessions().next(-1); slot >= 0; slot = state.sessions().next(slot)) {
            if (session.at(slot).isInStatus()) {
                visitor.session(status(slot));
            }
        }
        final Directory users = state.directory();
        for (int slot = users.next(-1); slot >= 0; slot = users.next(slot)) {
            final int presence = users.presence(slot);
            visitor.user(users.tenant(slot), userName(slot),
                Directory.NEVER_SAID == presence ? null : Directory.IN == presence ? "in" : "out");
        }
        final Groups groups = state.groups();
        for (int slot = groups.next(-1); slot >= 0; slot = groups.next(slot)) {
            visitor.group(groups.tenant(slot), groupName(slot), groups.waiting(slot), groups.members(slot));
        }
        for (int number = 1; number <= state.sources().count(); number++) {
            final Sources sources = state.sources();
            if (!sources.isKnown(number)) {
                continue;
            }
            final int cover = sources.cover(number);
            visitor.source(new SourceStatus(number, sources.tenant(number), sourceName(number), sources.isUp(number),
                sources.isStale(number), sources.epoch(number), 0 == cover ? null : sourceName(cover)));
        }
    }

    private SessionStatus status(final int slot) {
        final Sessions sessions = state.sessions();
        final int source = Sources.number(sessions.scope(slot));
        final boolean restarted = sessions.scope(slot) != state.sources().scope(source);
        final int user = session.user();
        final int group = session.group();
        return new SessionStatus(sourceName(source), state.sources().epochs().id(sessions.scope(slot)), state.sources().tenant(source),
            text(sessions.idBuffer(slot), sessions.idOffset(slot), sessions.idLength(slot)), callId(),
            Session.NONE == user ? null : userName(user),
            kept(session.remoteParty()), kept(session.remoteName()), session.media(), session.direction(),
            restarted ? Codes.NULL_STATE : Legs.stateOf(session),
            Session.NONE == group ? null : groupName(group),
            session.createdNs(), session.establishedNs(), session.is(Session.INFERRED), restarted);
    }

    private String callId() {
        if (Session.NONE == session.call()) {
            return null;
        }
        final int call = state.calls().resolve(session.call());
        return text(state.calls().buffer(call), state.calls().offset(call), state.calls().length(call));
    }

    private String sourceName(final int number) {
        return text(state.sources().nameBuffer(number), state.sources().nameOffset(number), state.sources().nameLength(number));
    }

    private String userName(final int slot) {
        return text(state.directory().buffer(slot), state.directory().offset(slot), state.directory().length(slot));
    }

    private String groupName(final int slot) {
        return text(state.groups().buffer(slot), state.groups().offset(slot), state.groups().length(slot));
    }

    private String kept(final int handle) {
        final TextStore texts = state.sessions().texts();
        return TextStore.EMPTY == handle ? null : text(texts.buffer(handle), texts.offset(handle), texts.length(handle));
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
