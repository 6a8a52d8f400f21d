package io.strowger.router.core;

import io.strowger.router.record.BlockWriter;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks over the sessions of a source that end those a list did not show, those of a source that stays down, and the like: so many steps
 * and events a record that nothing else waits long, and never more than 1,024 records.
 */
final class Walks {
    /** Events behind which no more ends are begun in one record: few enough that an input in the ring waits less than a millisecond. */
    static final int LAST_BEGUN = 200;

    private static final int MOST_STEPS = 2_048;

    private final State state;
    private final Snapshots snapshots;
    private final EventWriter events;
    private final Endings endings;
    private final PresenceFold presence;
    private final BlockWriter out;
    private final Session session;
    private final Session neighbour;
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[128]);
    private int steps;

    Walks(final State state, final EventWriter events, final Endings endings, final PresenceFold presence, final BlockWriter out) {
        this.state = state;
        this.snapshots = state.snapshots();
        this.events = events;
        this.endings = endings;
        this.presence = presence;
        this.out = out;
        this.session = state.sessions().view();
        this.neighbour = state.sessions().view();
    }

    /** Goes on with what the source owes first. */
    void walk(final int source, final Fact fact) {
        steps = 0;
        final int kind = snapshots.current(source);
        if (!snapshots.isWalking(source)) {
            snapshots.walking(source, kind);
            state.sources().lists().cursor(source, state.sources().lists().first(source));
            snapshots.device(source, state.directory().firstDevice(source));
        }
        final boolean isRound = switch (kind) {
            case Snapshots.STATES, Snapshots.MEMBERS -> true;
            case Snapshots.REGISTRATIONS -> overDevices(source, fact);
            case Snapshots.AGED -> overAged(source, fact);
            case Snapshots.QUEUES -> overSessions(source, kind, fact) && overGroups(source, fact);
            default -> overSessions(source, kind, fact);
        };
        if (isRound) {
            if (Snapshots.LEGS == kind && snapshots.legs().isTruth(source)) {
                resynchronised(source, fact);
            }
            snapshots.done(source, kind);
            if (Snapshots.QUEUES == kind && !snapshots.isOpen(source, kind)) {
                state.memberships().dropOut(source);
            }
        }
    }

    /** Whether one more step may be taken in this record. */
    private boolean hasRoom() {
        return steps++ < MOST_STEPS && events.count() < LAST_BEGUN && out.hasRoom();
    }

    private boolean overSessions(final int source, final int kind, final Fact fact) {
        final SessionLists lists = state.sources().lists();
        while (Session.NONE != lists.cursor(source) && hasRoom()) {
            session.at(lists.cursor(source));
            lists.cursor(source, session.nextOfSource());
            visit(source, kind, fact);
        }
        return Session.NONE == lists.cursor(source);
    }

    private void visit(final int source, final int kind, final Fact fact) {
        final long timeNs = fact.sourceTimeNs();
        switch (kind) {
            case Snapshots.LEGS -> visitListed(source, fact);
            case Snapshots.QUEUES -> {
                final int from = Codes.CALL == session.media() && session.is(Session.QUEUED)
                    ? state.listedGroups().walksFrom(source, session.group()) : Snapshots.NONE;
                final int seen = session.staySeen();
                if (Snapshots.NONE != from && snapshots.isStayOlder(source, seen, from)) {
                    endings.leaveQueue(session, Codes.LEFT, timeNs, fact);
                    // concluded here, not said by the source: the next list may say otherwise
                    session.staySeen(seen);
                }
            }
            case Snapshots.PARKED -> {
                final int seen = session.staySeen();
                if (session.is(Session.PARKED) && snapshots.isStayBeforeWalk(source, kind, seen)) {
                    endings.leaveParking(session, Codes.LEFT, timeNs, fact);
                    session.staySeen(seen);
                }
            }
            case Snapshots.BRIDGES -> {
                final int bridge = session.bridge();
                if (Session.NONE != bridge && snapshots.isBeforeWalk(source, kind, state.bridges().seen(bridge))) {
                    state.bridges().leave(session, timeNs);
                }
            }
            case Snapshots.COVERED -> {
                if (Codes.CALL == session.media()) {
                    endings.endLost(session, Codes.CAUSE_COVERED, timeNs, fact);
                }
            }
            default -> endings.endLost(session, Codes.CAUSE_EXPIRED, timeNs, fact);
        }
    }

    private void visitListed(final int source, final Fact fact) {
        if (snapshots.isMissing(source, session.media(), session.seen())) {
            endings.endLost(session, Codes.CAUSE_NOT_IN_SNAPSHOT, fact.sourceTimeNs(), fact);
            snapshots.legs().countEnded(source);
            return;
        }
        final int bridge = session.bridge();
        // a list that has begun since and has shown it already has not counted all of them yet
        if (Session.NONE != bridge && state.bridges().listed(bridge) > 0 && (!snapshots.isOpen(source, Snapshots.LEGS) ||
            snapshots.isBefore(source, Snapshots.LEGS, state.bridges().seen(bridge)))) {
            state.bridges().members(bridge, state.bridges().listed(bridge), fact.sourceTimeNs());
            state.bridges().stamp(bridge, state.bridges().seen(bridge), 0);
        }
    }

    private boolean overGroups(final int source, final Fact fact) {
        for (int group = state.listedGroups().first(source); Session.NONE != group; group = state.listedGroups().first(source)) {
            if (!hasRoom()) {
                return false;
            }
            final int from = state.listedGroups().walksFrom(source, group);
            int member = state.groups().firstMember(group);
            while (Session.NONE != member) {
                final int next = presence.missedMember(member, group, from, fact, events.count() < LAST_BEGUN && out.hasRoom());
                if (next == member) {
                    return false;
                }
                member = next;
            }
            state.listedGroups().walked(source);
        }
        return true;
    }

    private boolean overDevices(final int source, final Fact fact) {
        while (Session.NONE != snapshots.device(source) && hasRoom()) {
            final int device = snapshots.device(source);
            if (presence.isMissing(source, device)) {
                presence.missed(device, fact);
            }
            snapshots.device(source, state.directory().nextDevice(device));
        }
        return Session.NONE == snapshots.device(source);
    }

    /** The sessions whose time is over: those that something has shown since get another time, the others end. */
    private boolean overAged(final int source, final Fact fact) {
        final SessionLists lists = state.sources().lists();
        final long armedBefore = state.snapshots().timeNs(source, Snapshots.AGED);
        for (int slot = lists.first(source); Session.NONE != slot; slot = lists.first(source)) {
            if (session.at(slot).armedNs() > armedBefore) {
                return true;
            }
            if (!hasRoom()) {
                return false;
            }
            if (session.is(Session.ALIVE)) {
                session.clear(Session.ALIVE);
                session.armedNs(fact.journalTimeNs());
                lists.remove(source, false, session, neighbour);
                lists.append(source, session, neighbour);
            } else {
                endings.endLost(session, Codes.CAUSE_EXPIRED, fact.journalTimeNs(), fact);
            }
        }
        return true;
    }

    private void resynchronised(final int source, final Fact fact) {
        state.sources().stale(source, false);
        int length = put(0, snapshots.legs().counted(source, LegLists.LISTED), " listed, ");
        length = put(length, snapshots.legs().counted(source, LegLists.ENDED), " ended, ");
        length = put(length, snapshots.legs().counted(source, LegLists.INFERRED), " inferred, ");
        length = put(length, snapshots.legs().counted(source, LegLists.CORRECTED), " corrected, ");
        length = put(length, snapshots.legs().counted(source, LegLists.DISPUTED), " disputed");
        events.text().wrap(text, 0, length);
        events.source(Codes.SOURCE_RESYNCHRONISED, source, fact);
        state.oweCovered(source, fact.sourceTimeNs());
    }

    private int put(final int at, final int number, final String unit) {
        final int digits = text.putIntAscii(at, number);
        return at + digits + text.putStringWithoutLengthAscii(at + digits, unit);
    }
}
