package io.strowger.router.core;

import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.StateDigest;
import io.strowger.router.state.StateFormatException;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;

/**
 * Which groups the lists of a source's queues show, in the order they show them, and whether an earlier list of that source has shown all
 * members of a group. Two lists count: the one whose end is walked, and the one that is open meanwhile.
 *
 * <p>Found by source and group name. Record: 0 group   4 next that a list shows (i32, slots plus one)   8 shown (i32, bits: 1 by the list
 * that is walked, 2 by the one that is open)   12 learned (i32: 1 when a list of it has ended).
 *
 * <p>What the walked list shows comes first, so that the walk finds its next group at once.
 */
final class ListedGroups {
    private static final int LENGTH = 16;
    private static final int GROUP = 0;
    private static final int NEXT = 4;
    private static final int SHOWN = 8;
    private static final int LEARNED = 12;

    private static final int WALKED = 1;
    private static final int OPEN = 2;
    private static final int LEARNED_FLAG = 4;

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

    /** The open list shows a group; without room it shows none: then its end takes nothing away from it. */
    void list(final int source, final int group) {
        int slot = find(source, group);
        if (KeyedTable.MISSING == slot) {
            slot = add(source, group);
        }
        if (slot >= 0) {
            show(source, slot, Fields.get(table, slot, SHOWN) | OPEN);
        }
    }

    /** Whether the list whose end is walked shows the group. */
    boolean isListed(final int source, final int group) {
        final int slot = find(source, group);
        return slot >= 0 && 0 != (Fields.get(table, slot, SHOWN) & WALKED);
    }

    /** Whether a list of the source has shown all of the group's members before. */
    boolean isLearned(final int source, final int group) {
        final int slot = find(source, group);
        return slot >= 0 && 0 != Fields.get(table, slot, LEARNED);
    }

    /** The first group of the walked list that is not done with, or {@link Session#NONE}. */
    int first(final int source) {
        final int slot = firsts[source] - 1;
        return slot < 0 || 0 == (Fields.get(table, slot, SHOWN) & WALKED) ? Session.NONE : Fields.get(table, slot, GROUP) - 1;
    }

    /** The first group of the walked list is done with: all its members are known. */
    void learned(final int source) {
        final int slot = firsts[source] - 1;
        final int shown = Fields.get(table, slot, SHOWN);
        Fields.put(table, slot, LEARNED, 1);
        firsts[source] = Fields.get(table, slot, NEXT);
        Fields.put(table, slot, SHOWN, 0);
        if (0 != (shown & OPEN)) {
            show(source, slot, OPEN);
        }
    }

    /** The open list has ended and is walked from now on; what was left to walk of the one before it is void. */
    void end(final int source) {
        relist(source, OPEN, WALKED);
    }

    /** The open list is void. */
    void forgetOpen(final int source) {
        relist(source, WALKED, WALKED);
    }

    /** Lists again, in their order, the groups with one mark, under another. */
    private void relist(final int source, final int mark, final int newMark) {
        int next = firsts[source];
        firsts[source] = 0;
        while (0 != next) {
            final int slot = next - 1;
            final int shown = Fields.get(table, slot, SHOWN);
            next = Fields.get(table, slot, NEXT);
            Fields.put(table, slot, SHOWN, 0);
            if (0 != (shown & mark)) {
                show(source, slot, newMark);
            }
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
        out.putByte(Fields.get(table, slot, SHOWN) | (0 == Fields.get(table, slot, LEARNED) ? 0 : LEARNED_FLAG));
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
            Fields.put(table, slot, LEARNED, 0 == (flags & LEARNED_FLAG) ? 0 : 1);
            if (0 != (flags & (WALKED | OPEN))) {
                show(source, slot, flags & (WALKED | OPEN));
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

    /** Marks a group, and puts it behind the others unless it is among them already. */
    private void show(final int source, final int slot, final int marks) {
        final boolean isShown = 0 != Fields.get(table, slot, SHOWN);
        Fields.put(table, slot, SHOWN, marks);
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
}
