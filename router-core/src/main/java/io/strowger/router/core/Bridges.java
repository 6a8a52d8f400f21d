package io.strowger.router.core;

import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.Slabs;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;

/**
 * The mixes of media: who is in which, and since when somebody can hear another.
 *
 * <p>The call router says how many are in a bridge, its own pseudo legs among them; only sessions hang in the list. Record: 0 members as
 * stated (i32), 4 first session, slot plus one (i32), 8 stamp of its source's lists (i32), 12 legs listed in it (i32).
 */
final class Bridges {
    static final int LENGTH = 16;

    /** In place of a number of legs listed: a fact has said who is in the bridge since the list began. */
    static final int LIVE = -1;

    /** Bridges are commonly named by a UUID of 36 characters. */
    private static final int ID_ROOM = 40;

    private final KeyedTable table;
    private final Session other;

    Bridges(final Slabs slabs, final int capacity, final long hashSeed, final Sessions sessions) {
        table = new KeyedTable(slabs, capacity, LENGTH, ID_ROOM, hashSeed);
        other = sessions.view();
    }

    /**
     * A session enters; from two members on everybody in it talks.
     *
     * @return false when there is no room for one more bridge.
     */
    boolean enter(final Session session, final long scope, final Fact fact, final int id, final int members) {
        int bridge = find(scope, fact, id);
        if (KeyedTable.MISSING == bridge) {
            bridge = table.add(scope, fact.buffer(), fact.textOffset(id), fact.textLength(id));
            if (bridge < 0) {
                return false;
            }
        }
        if (session.bridge() != bridge) {
            leave(session, fact.sourceTimeNs());
            link(session, bridge);
        }
        members(bridge, members, fact.sourceTimeNs());
        return true;
    }

    /**
     * Finds a bridge.
     *
     * @return its slot, or {@link KeyedTable#MISSING}.
     */
    int find(final long scope, final Fact fact, final int id) {
        return table.find(scope, fact.buffer(), fact.textOffset(id), fact.textLength(id));
    }

    /** For who looks ahead, and for who reads a state. */
    KeyedTable table() {
        return table;
    }

    /** The generation of its source's lists in which it was last seen, see {@link Snapshots}. */
    int seen(final int bridge) {
        return Fields.get(table, bridge, 8);
    }

    /** How many legs, pseudo legs among them, a list has shown in it. */
    int listed(final int bridge) {
        return Fields.get(table, bridge, 12);
    }

    /** It is there, with so many legs listed in it. */
    void stamp(final int bridge, final int generation, final int listed) {
        Fields.put(table, bridge, 8, generation);
        Fields.put(table, bridge, 12, listed);
    }

    int membersOf(final int bridge) {
        return Fields.get(table, bridge, 0);
    }

    /**
     * Somebody without a session has entered or left; only the number counts.
     */
    void count(final long scope, final Fact fact, final int id, final int members) {
        final int bridge = find(scope, fact, id);
        if (bridge >= 0) {
            members(bridge, members, fact.sourceTimeNs());
        }
    }

    /**
     * Whether a session is in the bridge that the fact names: a late leave of another bridge must not end its talk.
     */
    boolean isIn(final Session session, final long scope, final Fact fact, final int id) {
        return Session.NONE != session.bridge() &&
            table.isOf(session.bridge(), scope, fact.buffer(), fact.textOffset(id), fact.textLength(id));
    }

    /**
     * A session leaves its bridge, if it is in one; its talk is over.
     *
     * @return true when it was in one.
     */
    boolean leave(final Session session, final long timeNs) {
        final int bridge = session.bridge();
        if (Session.NONE == bridge) {
            return false;
        }
        stopTalk(session, timeNs);
        unlink(bridge, session);
        session.bridge(Session.NONE);
        session.nextInBridge(Session.NONE);
        if (Session.NONE == first(bridge)) {
            table.remove(bridge);
        } else {
            members(bridge, Math.max(1, Fields.get(table, bridge, 0) - 1), timeNs);
        }
        return true;
    }

    long memoryBytes() {
        return table.memoryBytes();
    }

    /** Content of the bridge of a session, for the digest. */
    long hash(final int bridge, final long seed) {
        final long stamps = Texts.hash(seen(bridge), listed(bridge));
        return Texts.hash(Fields.get(table, bridge, 0), KeyHashes.hash(table, bridge, Texts.hash(stamps, seed)));
    }

    /** So many are in the bridge; from two on everybody in it talks. */
    void members(final int bridge, final int members, final long timeNs) {
        Fields.put(table, bridge, 0, members);
        for (int slot = first(bridge); Session.NONE != slot; slot = other.nextInBridge()) {
            other.at(slot);
            if (members >= 2) {
                if (0 == other.talkSinceNs()) {
                    other.talkSinceNs(timeNs);
                    other.clear(Session.NO_PEER);
                }
            } else {
                stopTalk(other, timeNs);
            }
        }
    }

    private static void stopTalk(final Session session, final long timeNs) {
        if (0 != session.talkSinceNs()) {
            session.talkNs(session.talkNs() + Math.max(0, timeNs - session.talkSinceNs()));
            session.talkSinceNs(0);
        }
    }

    private void unlink(final int bridge, final Session session) {
        if (first(bridge) == session.slot()) {
            first(bridge, session.nextInBridge());
            return;
        }
        for (int slot = first(bridge); Session.NONE != slot; slot = other.nextInBridge()) {
            if (other.at(slot).nextInBridge() == session.slot()) {
                other.nextInBridge(session.nextInBridge());
                return;
            }
        }
    }

    private int first(final int bridge) {
        return Fields.get(table, bridge, 4) - 1;
    }

    private void first(final int bridge, final int slot) {
        Fields.put(table, bridge, 4, slot + 1);
    }

    /** Writes one bridge, without the sessions in it. */
    void write(final StateOutput out, final int bridge) {
        out.putKey(table, bridge);
        out.putInt(membersOf(bridge));
        out.putInt(seen(bridge));
        out.putInt(listed(bridge));
    }

    /**
     * Reads one bridge with nobody in it.
     *
     * @return its slot: the n-th stands in slot n.
     */
    int read(final StateInput in) {
        final int bridge = in.getKey(table);
        Fields.put(table, bridge, 0, in.getInt());
        stamp(bridge, in.getInt(), in.getInt());
        return bridge;
    }

    /** Puts a session into a bridge, whatever is said of who is in it. */
    void link(final Session session, final int bridge) {
        session.bridge(bridge);
        session.nextInBridge(first(bridge));
        first(bridge, session.slot());
    }

    /** One more than the greatest slot in use. */
    int slots() {
        return TableOrder.slots(table);
    }
}
