package io.strowger.router.core;

import io.strowger.codecs.Xxh64;
import io.strowger.router.state.StateDigest;

/**
 * The sessions' part of the state digest: every field that later events depend on, by content.
 */
final class SessionDigest {
    private final State state;
    private final Session session;

    SessionDigest(final State state) {
        this.state = state;
        this.session = state.sessions().view();
    }

    long digest(final StateDigest digest) {
        final Sessions sessions = state.sessions();
        digest.begin();
        for (int slot = sessions.next(-1); slot >= 0; slot = sessions.next(slot)) {
            session.at(slot);
            digest.entry(sessions.scope(slot), sessions.idBuffer(slot), sessions.idOffset(slot), sessions.idLength(slot), content());
        }
        return Texts.hash(sessions.hashTombstones(this::tombstone), digest.end());
    }

    private long tombstone(final long digest, final int slot) {
        return Texts.hash(sessionName(slot), digest);
    }

    private long sessionName(final int slot) {
        final Sessions sessions = state.sessions();
        return Xxh64.hash(sessions.idBuffer(slot), sessions.idOffset(slot), sessions.idLength(slot), sessions.scope(slot));
    }

    private long content() {
        long hash = Texts.hash(session.flags(), 0);
        hash = Texts.hash(session.seen(), hash);
        if (session.is(Session.ENDED)) {
            return hash;
        }
        hash = Texts.hash(session.armedNs(), hash);
        hash = Texts.hash(session.createdNs(), hash);
        hash = Texts.hash(session.establishedNs(), hash);
        hash = Texts.hash(session.talkSinceNs(), hash);
        hash = Texts.hash(session.talkNs(), hash);
        hash = Texts.hash(session.staySinceNs(), hash);
        hash = Texts.hash(session.stayEndedNs(), hash);
        hash = state.recordings().hash(session, hash);
        hash = Texts.hash(session.media() | session.direction() << 8 | session.legState() << 16 | (long)session.dialStatus() << 24, hash);
        hash = Texts.hash(session.recordings() | session.reason() << 8 | session.staySeen() << 16 | (long)session.forks() << 32, hash);
        hash = links(hash);
        hash = Texts.hash(state.sessions().texts(), session.remoteParty(), hash);
        hash = Texts.hash(state.sessions().texts(), session.remoteName(), hash);
        hash = Texts.hash(state.sessions().texts(), session.device(), hash);
        return Texts.hash(state.sessions().texts(), session.place(), hash);
    }

    /** What the session points to, by name; its neighbours in the source's list, because ends come in that order. */
    private long links(final long seed) {
        long hash = seed;
        if (Session.NONE != session.call()) {
            final int call = session.call();
            hash = Xxh64.hash(state.calls().buffer(call), state.calls().offset(call), state.calls().length(call), hash);
        }
        if (Session.NONE != session.user()) {
            hash = Texts.hash(state.directory().key(session.user()), hash);
        }
        if (Session.NONE != session.group()) {
            hash = Texts.hash(state.groups().key(session.group()), hash);
        }
        if (Session.NONE != session.bridge()) {
            hash = state.bridges().hash(session.bridge(), hash);
        }
        return Session.NONE == session.nextOfSource() ? hash : Texts.hash(sessionName(session.nextOfSource()), hash);
    }
}
