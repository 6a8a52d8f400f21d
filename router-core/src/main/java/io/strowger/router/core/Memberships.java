package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.Slabs;
import io.strowger.router.state.StateDigest;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;
import org.agrona.ExpandableArrayBuffer;

/**
 * Who works for which group: found by tenant and group name, zero byte, member; those of one group hang together in the order they came.
 *
 * <p>Record: 0 state (i32: bit 0 in, bit 1 paused)   4 source (i32)   8 stamp of its lists (i32)   12 user   16 group   20 next
 * 24 previous (i32, slots plus one)   28 next that is kept out (i32, slot plus one, -1 for none). A membership that ends while its source
 * lists its queues stays, out, until the list's end: an older item of the list must not bring it back.
 */
final class Memberships {
    static final int IN = 1;
    static final int PAUSED = 2;

    /** In a written state: {@link #isKeptOut}. */
    private static final int KEPT_OUT = 1 << 7;

    private static final int LENGTH = 32;
    private static final int STATE = 0;
    private static final int SOURCE = 4;
    private static final int STAMP = 8;
    private static final int USER = 12;
    private static final int GROUP = 16;
    private static final int NEXT = 20;
    private static final int PREVIOUS = 24;
    private static final int NEXT_OUT = 28;

    private final KeyedTable table;
    private final Groups groups;
    private final ExpandableArrayBuffer key = new ExpandableArrayBuffer(4096);
    private final int[] firstOut;
    private int keyLength;

    Memberships(final Slabs slabs, final int capacity, final int sources, final long hashSeed, final Groups groups) {
        firstOut = new int[sources + 1];
        table = new KeyedTable(slabs, capacity, LENGTH, hashSeed);
        this.groups = groups;
    }

    /**
     * Finds a membership.
     *
     * @param group  slot, or {@link Session#NONE} for an agent pool without a name.
     * @param member index of the member's var-data.
     * @return its slot, {@link KeyedTable#MISSING}, or {@link KeyedTable#FULL} when it can't be kept for its length.
     */
    int find(final int tenant, final int group, final Fact fact, final int member) {
        final int groupLength = Session.NONE == group ? 0 : groups.length(group);
        if (groupLength > 0) {
            key.putBytes(0, groups.buffer(group), groups.offset(group), groupLength);
        }
        key.putByte(groupLength, (byte)0);
        key.putBytes(groupLength + 1, fact.buffer(), fact.textOffset(member), fact.textLength(member));
        keyLength = groupLength + 1 + fact.textLength(member);
        return keyLength > SignalLayout.MAX_TEXT_LENGTH ? KeyedTable.FULL : table.find(tenant, key, 0, keyLength);
    }

    /**
     * Makes the membership that was just not found; it is out.
     *
     * @return its slot, or {@link KeyedTable#FULL}.
     */
    int add(final int tenant, final int group, final int source, final int user) {
        final int slot = table.add(tenant, key, 0, keyLength);
        if (slot >= 0) {
            Fields.put(table, slot, SOURCE, source);
            Fields.put(table, slot, USER, user + 1);
            Fields.put(table, slot, GROUP, group + 1);
            if (Session.NONE != group) {
                link(slot, group);
            }
        }
        return slot;
    }

    /** Bits of {@link #IN} and {@link #PAUSED}. */
    int state(final int slot) {
        return Fields.get(table, slot, STATE);
    }

    /** A source says the bits: from now on its lists, now of this generation, are the ones that count. */
    void say(final int slot, final int state, final int source, final int stamp) {
        Fields.put(table, slot, SOURCE, source);
        state(slot, state, stamp);
    }

    /** Sets the bits, and the generation of the source's lists in which they were said. */
    void state(final int slot, final int state, final int stamp) {
        final int before = Fields.get(table, slot, STATE);
        Fields.put(table, slot, STATE, state);
        Fields.put(table, slot, STAMP, stamp);
        if ((before & IN) != (state & IN) && Session.NONE != group(slot)) {
            groups.members(group(slot), 0 == (state & IN) ? -1 : 1);
        }
    }

    int stamp(final int slot) {
        return Fields.get(table, slot, STAMP);
    }

    int source(final int slot) {
        return Fields.get(table, slot, SOURCE);
    }

    int tenant(final int slot) {
        return (int)table.scope(slot);
    }

    /** Slot of the member, or {@link Session#NONE} for one that is no user. */
    int user(final int slot) {
        return Fields.get(table, slot, USER) - 1;
    }

    /** The next one of the same group, or {@link Session#NONE}. */
    int next(final int slot) {
        return Fields.get(table, slot, NEXT) - 1;
    }

    /** The first record behind a slot (-1: of all), or a negative number. */
    int nextSlot(final int slot) {
        return table.next(slot);
    }

    /** Keeps a membership that is out until the list of its source's queues is over; see {@link #dropOut}. */
    void keepOut(final int slot) {
        final int source = source(slot);
        if (0 == Fields.get(table, slot, NEXT_OUT)) {
            Fields.put(table, slot, NEXT_OUT, 0 == firstOut[source] ? -1 : firstOut[source]);
            firstOut[source] = slot + 1;
        }
    }

    boolean isKeptOut(final int slot) {
        return 0 != Fields.get(table, slot, NEXT_OUT);
    }

    /** The list of a source's queues is over, or void: memberships that are out are forgotten. */
    void dropOut(final int source) {
        int next = firstOut[source];
        while (next > 0) {
            final int slot = next - 1;
            next = Fields.get(table, slot, NEXT_OUT);
            Fields.put(table, slot, NEXT_OUT, 0);
            if (0 == (state(slot) & IN)) {
                remove(slot);
            }
        }
        firstOut[source] = 0;
    }

    /** Forgets a membership that is out. */
    void remove(final int slot) {
        final int group = group(slot);
        if (Session.NONE != group) {
            unlink(slot, group);
        }
        table.remove(slot);
    }

    long memoryBytes() {
        return table.memoryBytes();
    }

    long digest(final StateDigest digest, final Directory users) {
        digest.begin();
        for (int slot = table.next(-1); slot >= 0; slot = table.next(slot)) {
            long content = Texts.hash(state(slot), source(slot));
            content = Texts.hash(stamp(slot), content);
            content = Session.NONE == user(slot) ? content : users.userHash(user(slot), content);
            content = Texts.hash(0 == Fields.get(table, slot, NEXT_OUT) ? 0 : 1, content);
            content = Session.NONE == next(slot) ? content : KeyHashes.hash(table, next(slot), content);
            digest.entry(table.scope(slot), table.keyBuffer(slot), table.keyOffset(slot), table.keyLength(slot), content);
        }
        return digest.end();
    }

    /** Slot of its group, or {@link Session#NONE} for an agent pool without a name. */
    int group(final int slot) {
        return Fields.get(table, slot, GROUP) - 1;
    }

    private void link(final int slot, final int group) {
        final int last = groups.lastMember(group);
        Fields.put(table, slot, PREVIOUS, last + 1);
        if (Session.NONE == last) {
            groups.firstMember(group, slot);
        } else {
            Fields.put(table, last, NEXT, slot + 1);
        }
        groups.lastMember(group, slot);
    }

    private void unlink(final int slot, final int group) {
        final int previous = Fields.get(table, slot, PREVIOUS) - 1;
        final int next = next(slot);
        if (Session.NONE == previous) {
            groups.firstMember(group, next);
        } else {
            Fields.put(table, previous, NEXT, next + 1);
        }
        if (Session.NONE == next) {
            groups.lastMember(group, previous);
        } else {
            Fields.put(table, next, PREVIOUS, previous + 1);
        }
    }

    /**
     * Writes the memberships: those of each group in the order they came, then those of no group.
     *
     * @param sortedGroups in the order of {@link Groups#write}.
     * @param userNumbers  of the users by their slots.
     */
    void write(final StateOutput out, final int[] sortedGroups, final int[] userNumbers) {
        out.putInt(table.size());
        for (int number = 0; number < sortedGroups.length; number++) {
            for (int slot = groups.firstMember(sortedGroups[number]); Session.NONE != slot; slot = next(slot)) {
                write(out, slot, number, userNumbers);
            }
        }
        for (final int slot : TableOrder.sorted(table)) {
            if (Session.NONE == group(slot)) {
                write(out, slot, Session.NONE, userNumbers);
            }
        }
    }

    private void write(final StateOutput out, final int slot, final int group, final int[] userNumbers) {
        out.putKey(table, slot);
        out.putInt(source(slot));
        out.putInt(Session.NONE == user(slot) ? Session.NONE : userNumbers[user(slot)]);
        out.putInt(group);
        out.putByte(state(slot) | (isKeptOut(slot) ? KEPT_OUT : 0));
        out.putInt(stamp(slot));
    }

    /**
     * Reads the memberships; the groups are there already.
     *
     * @param users that there are, too.
     */
    void read(final StateInput in, final int users) {
        final int count = in.getInt(0, table.capacity());
        for (int i = 0; i < count; i++) {
            final int slot = in.getKey(table);
            Fields.put(table, slot, SOURCE, in.getInt(1, firstOut.length - 1));
            Fields.put(table, slot, USER, in.getInt(Session.NONE, users - 1) + 1);
            final int group = in.getInt(Session.NONE, groups.count() - 1);
            Fields.put(table, slot, GROUP, group + 1);
            if (Session.NONE != group) {
                link(slot, group);
            }
            final int state = in.getByte();
            state(slot, state & ~KEPT_OUT, in.getInt());
            if (0 != (state & KEPT_OUT)) {
                keepOut(slot);
            }
        }
    }
}
