package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.router.record.EventKeys;
import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.StateDigest;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Help desk groups and queues, who waits in them and who works for them.
 *
 * <p>Group record: 0 key (i64), 8 waiting (i32), 12 members (i32). Membership record: 0 state (i32: bit 0 in, bit 1 paused). Groups are
 * found by tenant and name, memberships by tenant and group name, zero byte, member.
 */
final class Groups {
    static final int MEMBER = 1;
    static final int PAUSED = 2;

    private static final int GROUP_LENGTH = 16;
    private static final int MEMBERSHIP_LENGTH = 8;

    private final KeyedTable groups;
    private final KeyedTable memberships;
    private final ExpandableArrayBuffer key = new ExpandableArrayBuffer(4096);

    Groups(final int capacity, final long hashSeed) {
        groups = new KeyedTable(capacity, GROUP_LENGTH, hashSeed);
        memberships = new KeyedTable(capacity, MEMBERSHIP_LENGTH, hashSeed);
    }

    /**
     * Finds or makes a group.
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
                groups.buffer(slot).putLong(groups.payload(slot), EventKeys.group(tenant, buffer, offset, length), ByteOrder.LITTLE_ENDIAN);
            }
        }
        return slot;
    }

    /**
     * One more waits in a group, or one less.
     */
    void waiting(final int group, final int change) {
        add(groups, group, 8, change);
    }

    int waiting(final int group) {
        return add(groups, group, 8, 0);
    }

    int members(final int group) {
        return add(groups, group, 12, 0);
    }

    /**
     * Sets what a member is to a group.
     *
     * @param group  slot, or {@link Session#NONE} for an agent pool without a name.
     * @param member index of the member's var-data.
     * @param state  new bits of {@link #MEMBER} and {@link #PAUSED}, or -1 to forget the membership.
     * @return false when there is no room.
     */
    boolean membership(final int tenant, final int group, final Fact fact, final int member, final int state) {
        final int groupLength = Session.NONE == group ? 0 : groups.keyLength(group);
        if (groupLength > 0) {
            key.putBytes(0, groups.keyBuffer(group), groups.keyOffset(group), groupLength);
        }
        key.putByte(groupLength, (byte)0);
        key.putBytes(groupLength + 1, fact.buffer(), fact.textOffset(member), fact.textLength(member));
        final int length = groupLength + 1 + fact.textLength(member);
        if (length > SignalLayout.MAX_TEXT_LENGTH) {
            return false;
        }
        int slot = memberships.find(tenant, key, 0, length);
        if (state < 0) {
            if (slot >= 0) {
                memberships.remove(slot);
                count(group, -1);
            }
            return true;
        }
        if (KeyedTable.MISSING == slot) {
            slot = memberships.add(tenant, key, 0, length);
            if (slot < 0) {
                return false;
            }
            count(group, 1);
        }
        memberships.buffer(slot).putInt(memberships.payload(slot), state, ByteOrder.LITTLE_ENDIAN);
        return true;
    }

    /** The event key of a group. */
    long key(final int group) {
        return Session.NONE == group ? EventKeys.NONE : groups.buffer(group).getLong(groups.payload(group), ByteOrder.LITTLE_ENDIAN);
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

    long memoryBytes() {
        return groups.memoryBytes() + memberships.memoryBytes();
    }

    /** Hashes groups and memberships. */
    long digest(final StateDigest digest) {
        digest.begin();
        for (int slot = groups.next(-1); slot >= 0; slot = groups.next(slot)) {
            final long content = Texts.hash(waiting(slot), members(slot));
            digest.entry(groups.scope(slot), groups.keyBuffer(slot), groups.keyOffset(slot), groups.keyLength(slot), content);
        }
        for (int slot = memberships.next(-1); slot >= 0; slot = memberships.next(slot)) {
            final long content = memberships.buffer(slot).getInt(memberships.payload(slot), ByteOrder.LITTLE_ENDIAN);
            digest.entry(memberships.scope(slot), memberships.keyBuffer(slot), memberships.keyOffset(slot), memberships.keyLength(slot),
                content);
        }
        return digest.end();
    }

    private void count(final int group, final int change) {
        if (Session.NONE != group) {
            add(groups, group, 12, change);
        }
    }

    private static int add(final KeyedTable table, final int slot, final int index, final int change) {
        final int at = table.payload(slot) + index;
        final int value = table.buffer(slot).getInt(at, ByteOrder.LITTLE_ENDIAN) + change;
        table.buffer(slot).putInt(at, value, ByteOrder.LITTLE_ENDIAN);
        return value;
    }
}
