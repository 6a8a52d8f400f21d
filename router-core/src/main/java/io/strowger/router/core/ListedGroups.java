package io.strowger.router.core;

import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.Slabs;
import io.strowger.router.state.StateDigest;
import io.strowger.router.state.StateFormatException;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;

/**
 * Which groups the lists of a source's queues show, in the order they show them, and whether an earlier list of that source has shown all
 * members of a group. Two lists count: the one whose end is walked, and the one that is open meanwhile.
 *
 * <p>Found by source and group name. Record: 0 group   4 next that a list shows (i32, slots plus one)   8 marks (i32, bits: 1 shown by the
 * list that is walked, 2 by the one that is open, 4 a list of it has ended)   12 generation in which the list began that is walked (i32).
 *
 * <p>What the walked list shows comes first, so that the walk finds its next group at once.
 */
final class ListedGroups {
    private static final int LENGTH = 16;
    private static final int GROUP = 0;
    private static final int NEXT = 4;
    private static final int MARKS = 8;
    private static final int WALKS_FROM = 12;

    private static final int WALKED = 1;
    private static final int OPEN = 2;
    private static final int SHOWN = WALKED | OPEN;
    private static final int LEARNED = 4;

    private final KeyedTable table;
    private final Groups groups;
    private final int[] firsts;
    private final int[] lasts;

    ListedGroups(final Slabs slabs, final int capacity, final int sources, final long hashSeed, final Groups groups) {
        table = new KeyedTable(slabs, capacity, LENGTH, hashSeed);
        firsts = new int[sources + 1];
        lasts = new int[sources + 1];
        this.groups = groups;
    }

    /** The open list shows a group; without room it shows none: then its end takes nothing away from it. */
    void list(final int source, final int group) {
        int slot = find(source, group);
        if (KeyedTable.MISSING == slot) {
            slot = add(source, group);
        }
        if (slot >= 0) {
            show(source, slot, OPEN);
        }
    }

    /** Generation in which the list of the group began whose end is walked; {@link Snapshots#NONE} when none is. */
    int walksFrom(final int source, final int group) {
        final int slot = find(source, group);
        return slot >= 0 && is(slot, WALKED) ? Fields.get(table, slot, WALKS_FROM) : Snapshots.NONE;
    }

    /** Whether a list of the source has shown all of the group's members before. */
    boolean isLearned(final int source, final int group) {
        final int slot = find(source, group);
        return slot >= 0 && is(slot, LEARNED);
    }

    /** The first group that is walked, or {@link Session#NONE}. */
    int first(final int source) {
        final int slot = firsts[source] - 1;
        return slot < 0 || !is(slot, WALKED) ? Session.NONE : Fields.get(table, slot, GROUP) - 1;
    }

    /** The first group that is walked is done with. */
    void walked(final int source) {
        final int slot = firsts[source] - 1;
        final boolean isOpen = is(slot, OPEN);
        firsts[source] = Fields.get(table, slot, NEXT);
        unmark(slot, SHOWN);
        if (isOpen) {
            show(source, slot, OPEN);
        }
    }

    /**
     * The open list has ended: its groups are walked from now on, also those that were left of a list before it.
     *
     * @param from generation in which it began.
     */
    void end(final int source, final int from) {
        for (int at = firsts[source]; 0 != at; at = Fields.get(table, at - 1, NEXT)) {
            if (is(at - 1, OPEN)) {
                unmark(at - 1, OPEN);
                Fields.put(table, at - 1, MARKS, Fields.get(table, at - 1, MARKS) | WALKED | LEARNED);
                Fields.put(table, at - 1, WALKS_FROM, from);
            }
        }
    }

    /** The open list is void: what is walked is listed again, in its order. */
    void forgetOpen(final int source) {
        int next = firsts[source];
        firsts[source] = 0;
        while (0 != next) {
            final int slot = next - 1;
            final boolean isWalked = is(slot, WALKED);
            next = Fields.get(table, slot, NEXT);
            unmark(slot, SHOWN);
            if (isWalked) {
                show(source, slot, WALKED);
            }
        }
    }

    long memoryBytes() {
        return table.memoryBytes();
    }

    long digest(final StateDigest digest) {
        digest.begin();
        for (int slot = table.next(-1); slot >= 0; slot = table.next(slot)) {
            long content = Texts.hash(Fields.get(table, slot, MARKS), walksFrom(slot));
            final int next = !is(slot, SHOWN) ? Session.NONE : Fields.get(table, slot, NEXT) - 1;
            content = Session.NONE == next ? content : KeyHashes.hash(table, next, content);
            digest.entry(table.scope(slot), table.keyBuffer(slot), table.keyOffset(slot), table.keyLength(slot), content);
        }
        return digest.end();
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
            if (!is(slot, SHOWN)) {
                write(out, slot, numbers);
            }
        }
    }

    private void write(final StateOutput out, final int slot, final int[] numbers) {
        out.putInt((int)table.scope(slot));
        out.putInt(numbers[Fields.get(table, slot, GROUP) - 1]);
        out.putByte(Fields.get(table, slot, MARKS));
        out.putInt(walksFrom(slot));
    }

    /** Reads what the lists of sources have shown; the groups are there already. */
    void read(final StateInput in) {
        final int count = in.getInt(0, table.capacity());
        for (int i = 0; i < count; i++) {
            final int source = in.getInt(1, firsts.length - 1);
            final int group = in.getInt(0, groups.count() - 1);
            final int marks = in.getByte();
            final int from = in.getInt();
            final int slot = add(source, group);
            if (slot < 0) {
                throw new StateFormatException("the state does not fit into its capacities");
            }
            Fields.put(table, slot, MARKS, marks & LEARNED);
            Fields.put(table, slot, WALKS_FROM, from);
            if (0 != (marks & SHOWN)) {
                show(source, slot, marks & SHOWN);
            }
        }
    }

    /** Generation in which its walked list began; 0 when none is walked. */
    private int walksFrom(final int slot) {
        return is(slot, WALKED) ? Fields.get(table, slot, WALKS_FROM) : 0;
    }

    private int add(final int source, final int group) {
        final int slot = table.add(source, groups.buffer(group), groups.offset(group), groups.length(group));
        if (slot >= 0) {
            Fields.put(table, slot, GROUP, group + 1);
        }
        return slot;
    }

    /** Marks a group, and puts it behind the others unless it is among them already. */
    private void show(final int source, final int slot, final int marks) {
        final boolean isShown = is(slot, SHOWN);
        Fields.put(table, slot, MARKS, Fields.get(table, slot, MARKS) | marks);
        if (isShown) {
            return;
        }
        Fields.put(table, slot, NEXT, 0);
        if (0 == firsts[source]) {
            firsts[source] = slot + 1;
        } else {
            Fields.put(table, lasts[source] - 1, NEXT, slot + 1);
        }
        lasts[source] = slot + 1;
    }

    private void unmark(final int slot, final int marks) {
        Fields.put(table, slot, MARKS, Fields.get(table, slot, MARKS) & ~marks);
    }

    private boolean is(final int slot, final int marks) {
        return 0 != (Fields.get(table, slot, MARKS) & marks);
    }
}
