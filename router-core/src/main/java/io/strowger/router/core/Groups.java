package io.strowger.router.core;

import io.strowger.router.record.EventKeys;
import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.Slabs;
import io.strowger.router.state.StateDigest;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;
import org.agrona.DirectBuffer;

/**
 * Help desk groups and queues: how many wait in them, and who works for them.
 *
 * <p>Record: 0 key (i64)   8 waiting (i32)   12 members (i32)   16 first member   20 last member (i32, slots plus one)
 * 24 source that spoke of it last (i32)   28 not used. Groups are found by tenant and name.
 */
final class Groups {
    private static final int LENGTH = 32;
    private static final int WAITING = 8;
    private static final int MEMBERS = 12;
    private static final int FIRST_MEMBER = 16;
    private static final int LAST_MEMBER = 20;
    private static final int SOURCE = 24;

    private final KeyedTable groups;

    Groups(final Slabs slabs, final int capacity, final long hashSeed) {
        groups = new KeyedTable(slabs, capacity, LENGTH, hashSeed);
    }

    /**
     * Finds or makes the group that a source speaks of.
     *
     * @return the slot, {@link Session#NONE} for an empty name, or {@link KeyedTable#FULL}.
     */
    int group(final int tenant, final Fact fact, final int name) {
        final DirectBuffer buffer = fact.buffer();
        final int offset = fact.textOffset(name);
        final int length = fact.textLength(name);
        if (0 == length) {
            return Session.NONE;
        }
        int slot = groups.find(tenant, buffer, offset, length);
        if (KeyedTable.MISSING == slot) {
            slot = groups.add(tenant, buffer, offset, length);
            if (slot >= 0) {
                Fields.putLong(groups, slot, 0, EventKeys.group(tenant, buffer, offset, length));
            }
        }
        if (slot >= 0) {
            Fields.put(groups, slot, SOURCE, fact.source());
        }
        return slot;
    }

    /**
     * Finds a group.
     *
     * @return its slot, or {@link KeyedTable#MISSING}.
     */
    int find(final int tenant, final DirectBuffer name, final int offset, final int length) {
        return groups.find(tenant, name, offset, length);
    }

    /** Number of the source that spoke of the group last. */
    int source(final int group) {
        return Fields.get(groups, group, SOURCE);
    }

    void name(final Slice into, final int group) {
        into.wrap(buffer(group), offset(group), length(group));
    }

    /**
     * One more waits in a group, or one less.
     */
    void waiting(final int group, final int change) {
        Fields.put(groups, group, WAITING, Fields.get(groups, group, WAITING) + change);
    }

    int waiting(final int group) {
        return Fields.get(groups, group, WAITING);
    }

    /**
     * One more works for a group, or one less.
     */
    void members(final int group, final int change) {
        Fields.put(groups, group, MEMBERS, Fields.get(groups, group, MEMBERS) + change);
    }

    int members(final int group) {
        return Fields.get(groups, group, MEMBERS);
    }

    /** The first of {@link Memberships}, or {@link Session#NONE}. */
    int firstMember(final int group) {
        return Fields.get(groups, group, FIRST_MEMBER) - 1;
    }

    void firstMember(final int group, final int slot) {
        Fields.put(groups, group, FIRST_MEMBER, slot + 1);
    }

    int lastMember(final int group) {
        return Fields.get(groups, group, LAST_MEMBER) - 1;
    }

    void lastMember(final int group, final int slot) {
        Fields.put(groups, group, LAST_MEMBER, slot + 1);
    }

    /** The event key of a group. */
    long key(final int group) {
        return Session.NONE == group ? EventKeys.NONE : Fields.getLong(groups, group, 0);
    }

    int tenant(final int group) {
        return (int)groups.scope(group);
    }

    DirectBuffer buffer(final int group) {
        return groups.keyBuffer(group);
    }

    int offset(final int group) {
        return groups.keyOffset(group);
    }

    int length(final int group) {
        return groups.keyLength(group);
    }

    int next(final int group) {
        return groups.next(group);
    }

    /** How many there are. */
    int count() {
        return groups.size();
    }

    long memoryBytes() {
        return groups.memoryBytes();
    }

    long digest(final StateDigest digest) {
        digest.begin();
        for (int slot = groups.next(-1); slot >= 0; slot = groups.next(slot)) {
            final long content = Texts.hash(waiting(slot) | (long)source(slot) << 32, members(slot));
            digest.entry(groups.scope(slot), groups.keyBuffer(slot), groups.keyOffset(slot), groups.keyLength(slot), content);
        }
        return digest.end();
    }

    /** Writes the groups in the order of {@link TableOrder#sorted}, their members left out. */
    void write(final StateOutput out, final int[] sorted) {
        out.putInt(sorted.length);
        for (final int slot : sorted) {
            out.putKey(groups, slot);
            out.putInt(waiting(slot));
            out.putInt(source(slot));
        }
    }

    /** Reads groups without members: the n-th stands in slot n. */
    void read(final StateInput in) {
        final int count = in.getInt(0, groups.capacity());
        for (int i = 0; i < count; i++) {
            final int slot = in.getKey(groups);
            final long key = EventKeys.group(tenant(slot), buffer(slot), offset(slot), length(slot));
            Fields.putLong(groups, slot, 0, key);
            Fields.put(groups, slot, WAITING, in.getInt());
            Fields.put(groups, slot, SOURCE, in.getInt());
        }
    }

    int[] sorted() {
        return TableOrder.sorted(groups);
    }
}
