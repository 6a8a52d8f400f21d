package io.strowger.router.core;

import io.strowger.router.state.StateDigest;

/**
 * Everything the core knows, folded from the journal.
 */
final class State {
    private final Sessions sessions;
    private final Recordings recordings;
    private final Calls calls;
    private final Bridges bridges;
    private final Directory directory;
    private final Groups groups;
    private final Sources sources;

    State(final CoreSettings settings) {
        sessions = new Sessions(settings.sessions(), settings.hashSeed());
        recordings = new Recordings(sessions.texts());
        calls = new Calls(settings.sessions(), settings.hashSeed());
        bridges = new Bridges(settings.sessions(), settings.hashSeed(), sessions);
        directory = new Directory(settings.users(), settings.hashSeed());
        groups = new Groups(settings.groups(), settings.hashSeed());
        sources = new Sources(settings.sources(), settings.hashSeed());
    }

    Sessions sessions() {
        return sessions;
    }

    Recordings recordings() {
        return recordings;
    }

    Calls calls() {
        return calls;
    }

    Bridges bridges() {
        return bridges;
    }

    Directory directory() {
        return directory;
    }

    Groups groups() {
        return groups;
    }

    Sources sources() {
        return sources;
    }

    long memoryBytes() {
        return sessions.memoryBytes() + calls.memoryBytes() + bridges.memoryBytes() + directory.memoryBytes() + groups.memoryBytes();
    }

    /**
     * Hashes all of it in canonical order: by what things are called, never by where they stand.
     */
    long digest(final SessionDigest sessionDigest) {
        final StateDigest digest = new StateDigest();
        long hash = sessionDigest.digest(digest);
        hash = Texts.hash(directory.digest(digest), hash);
        hash = Texts.hash(groups.digest(digest), hash);
        return Texts.hash(sources.digest(digest), hash);
    }
}
