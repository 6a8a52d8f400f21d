package io.strowger.router.core;

import io.strowger.codecs.Xxh64;
import io.strowger.router.state.Slabs;
import io.strowger.router.state.StateDigest;

/**
 * Everything the core knows, folded from the journal.
 */
final class State {
    private final Slabs slabs = new Slabs();
    private final Sessions sessions;
    private final Recordings recordings;
    private final Calls calls;
    private final Bridges bridges;
    private final Directory directory;
    private final Groups groups;
    private final ListedGroups listedGroups;
    private final Memberships memberships;
    private final Sources sources;
    private final Snapshots snapshots;
    private final Grants grants;
    private final Actions actions;
    private final KeptActions keptActions;
    private final ActionLists actionLists;
    private final ActionTurns actionTurns;
    private final int actionsPerSource;

    State(final CoreSettings settings) {
        sessions = new Sessions(slabs, settings.sessions(), settings.hashSeed());
        recordings = new Recordings(sessions.texts());
        calls = new Calls(slabs, settings.sessions(), settings.hashSeed());
        bridges = new Bridges(slabs, settings.sessions(), settings.hashSeed(), sessions);
        directory = new Directory(slabs, settings.users(), settings.sources(), settings.hashSeed());
        groups = new Groups(slabs, settings.groups(), settings.hashSeed());
        listedGroups = new ListedGroups(slabs, settings.groups(), settings.sources(), settings.hashSeed(), groups);
        memberships = new Memberships(slabs, settings.groups(), settings.sources(), settings.hashSeed(), groups);
        sources = new Sources(slabs, settings.sources(), settings.hashSeed(), sessions.texts());
        snapshots = new Snapshots(settings.sources());
        grants = new Grants(slabs, settings.users(), settings.hashSeed());
        actions = new Actions(slabs, settings.actions(), settings.hashSeed());
        keptActions = new KeptActions(actions, settings.actionsPerTenant());
        actionLists = new ActionLists(actions, keptActions, settings.sources());
        actionTurns = new ActionTurns(actions, actionLists, keptActions);
        actionsPerSource = settings.actionsPerSource();
    }

    /** What all tables take their memory from. */
    Slabs slabs() {
        return slabs;
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

    ListedGroups listedGroups() {
        return listedGroups;
    }

    Memberships memberships() {
        return memberships;
    }

    /** The sessions of all devices that the source covers are owed their end. */
    void oweCovered(final int source, final long timeNs) {
        for (int other = 1; other <= sources.count(); other++) {
            if (source == sources.cover(other)) {
                snapshots.owe(other, Snapshots.COVERED, timeNs);
            }
        }
    }

    /** A fact or an item shows that a session is alive. */
    void stamp(final Session session, final int source) {
        session.seen(snapshots.generation(source));
        if (!session.is(Session.ALIVE)) {
            session.set(Session.ALIVE);
        }
    }

    Sources sources() {
        return sources;
    }

    Snapshots snapshots() {
        return snapshots;
    }

    Grants grants() {
        return grants;
    }

    Actions actions() {
        return actions;
    }

    KeptActions keptActions() {
        return keptActions;
    }

    ActionLists actionLists() {
        return actionLists;
    }

    /** How far deadlines have fired, and kept results were forgotten. */
    ActionTurns actionTurns() {
        return actionTurns;
    }

    /** Most actions pending at one source. */
    int actionsPerSource() {
        return actionsPerSource;
    }

    long memoryBytes() {
        return sessions.memoryBytes() + calls.memoryBytes() + bridges.memoryBytes() + directory.memoryBytes() + groups.memoryBytes() +
            memberships.memoryBytes() + listedGroups.memoryBytes() + grants.memoryBytes() + actions.memoryBytes() +
            actionLists.memoryBytes() + keptActions.memoryBytes();
    }

    /**
     * Hashes all of it in canonical order: by what things are called, never by where they stand.
     */
    long digest(final SessionDigest sessionDigest) {
        final StateDigest digest = new StateDigest();
        long hash = sessionDigest.digest(digest);
        hash = Texts.hash(calls.digest(digest), hash);
        hash = Texts.hash(directory.digest(digest), hash);
        hash = Texts.hash(groups.digest(digest), hash);
        hash = Texts.hash(listedGroups.digest(digest), hash);
        hash = Texts.hash(memberships.digest(digest, directory), hash);
        hash = Texts.hash(sources.digest(digest), hash);
        hash = Texts.hash(grants.digest(digest), Texts.hash(actions.digest(digest), hash));
        hash = actionTurns.hash(actionLists.hash(hash));
        hash = Texts.hash(snapshots.lastPaid(), hash);
        for (int number = 1; number <= sources.count(); number++) {
            final int device = snapshots.device(number);
            hash = Session.NONE == device ? hash : directory.deviceHash(device, hash);
            hash = sources.isKnown(number) ? snapshots.hash(number, hash) : hash;
            final int cursor = sources.lists().cursor(number);
            hash = Session.NONE == cursor ? hash : Xxh64.hash(
                sessions.idBuffer(cursor), sessions.idOffset(cursor), sessions.idLength(cursor), hash);
        }
        return hash;
    }
}
