package io.strowger.router.core;

import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.StateDigest;
import io.strowger.router.state.StateFormatException;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;

/**
 * Which groups the present list of a source's queues shows, in the order it shows them, and whether an earlier list of that source has
 * shown all members of a group.
 *
 * <p>Found by source and group name. Record: 0 group   4 next that the list shows (i32, slots plus one)   8 shown (i32: 1 when it is of the
 * present list)   12 learned (i32: 1 when a list of it has ended).
 */
final class ListedGroups {
    private static final int LENGTH = 16;
    private static final int GROUP = 0;
    private static final int NEXT = 4;
    private static final int SHOWN = 8;
    private static final int LEARNED = 12;

    private final KeyedTable table;
    private final Groups groups;
    private final int[] firsts;
    private final int[] lasts;

    ListedGroups(final int capacity, final int sources, final long hashSeed, final Groups groups) {
        table = new KeyedTable(capacity, LENGTH, hashSeed);
        firsts = new int[sources + 1];
        lasts = new int[sources + 1];
        this.groups = groups;
    }

    /** The list shows a group; without room it shows none: then its end takes nothing away from it. */
    void list(final int source, final int group) {
        int slot = find(source, group);
        if (KeyedTable.MISSING == slot) {
            slot = add(source, group);
        }
        if (slot >= 0 && 0 == Fields.get(table, slot, SHOWN)) {
            show(source, slot);
        }
    }

    /** Whether the source's present list shows the group. */
    boolean isListed(final int source, final int group) {
        final int slot = find(source, group);
        return slot >= 0 && 0 != Fields.get(table, slot, SHOWN);
    }

    /** Whether a list of the source has shown all of the group's members before. */
    boolean isLearned(final int source, final int group) {
        final int slot = find(source, group);
        return slot >= 0 && 0 != Fields.get(table, slot, LEARNED);
    }

    /** The first group of the source's list that is not done with, or {@link Session#NONE}. */
    int first(final int source) {
        return 0 == firsts[source] ? Session.NONE : Fields.get(table, firsts[source] - 1, GROUP) - 1;
    }

    /** The first group of the source's list is done with: all its members are known. */
    void learned(final int source) {
        Fields.put(table, firsts[source] - 1, LEARNED, 1);
        drop(source);
    }

    /** The source's list is void, or another begins. */
    void clear(final int source) {
        while (0 != firsts[source]) {
            drop(source);
        }
    }

    long memoryBytes() {
        return table.memoryBytes();
    }

    long digest(final StateDigest digest) {
        digest.begin();
        for (int slot = table.next(-1); slot >= 0; slot = table.next(slot)) {
            long content = Texts.hash(Fields.get(table, slot, SHOWN), Fields.get(table, slot, LEARNED));
            final int next = 0 == Fields.get(table, slot, SHOWN) ? Session.NONE : Fields.get(table, slot, NEXT) - 1;
            content = Session.NONE == next ? content : KeyHashes.hash(table, next, content);
            digest.entry(table.scope(slot), table.keyBuffer(slot), table.keyOffset(slot), table.keyLength(slot), content);
        }
        return digest.end();
    }

    private void drop(final int source) {
        final int slot = firsts[source] - 1;
        Fields.put(table, slot, SHOWN, 0);
        firsts[source] = Fields.get(table, slot, NEXT);
    }

    private int find(final int source, final int group) {
        return table.find(source, groups.buffer(group), groups.offset(group), groups.length(group));
    }

    /**
     * Writes what the lists of sources have shown: of each list what it still shows, in its order, then the rest.
     *
     * @param numbers of the groups by their slots.
     */
    void write(final StateOutput out, final int[] numbers) {
        out.putInt(table.size());
        for (int source = 1; source < firsts.length; source++) {
            for (int at = firsts[source]; 0 != at; at = Fields.get(table, at - 1, NEXT)) {
                write(out, at - 1, numbers);
            }
        }
        for (final int slot : TableOrder.sorted(table)) {
            if (0 == Fields.get(table, slot, SHOWN)) {
                write(out, slot, numbers);
            }
        }
    }

    private void write(final StateOutput out, final int slot, final int[] numbers) {
        out.putInt((int)table.scope(slot));
        out.putInt(numbers[Fields.get(table, slot, GROUP) - 1]);
        out.putByte(Fields.get(table, slot, SHOWN) | Fields.get(table, slot, LEARNED) << 1);
    }

    /** Reads what the lists of sources have shown; the groups are there already. */
    void read(final StateInput in) {
        final int count = in.getInt(0, table.capacity());
        for (int i = 0; i < count; i++) {
            final int source = in.getInt(1, firsts.length - 1);
            final int group = in.getInt();
            final int flags = in.getByte();
            final int slot = add(source, group);
            if (slot < 0) {
                throw new StateFormatException("the state does not fit into its capacities");
            }
            Fields.put(table, slot, LEARNED, flags >> 1);
            if (0 != (flags & 1)) {
                show(source, slot);
            }
        }
    }

    private int add(final int source, final int group) {
        final int slot = table.add(source, groups.buffer(group), groups.offset(group), groups.length(group));
        if (slot >= 0) {
            Fields.put(table, slot, GROUP, group + 1);
        }
        return slot;
    }

    private void show(final int source, final int slot) {
        Fields.put(table, slot, SHOWN, 1);
        Fields.put(table, slot, NEXT, 0);
        if (0 == firsts[source]) {
            firsts[source] = slot + 1;
        } else {
            Fields.put(table, lasts[source] - 1, NEXT, slot + 1);
        }
        lasts[source] = slot + 1;
    }
}
