package io.strowger.router.core;

import io.strowger.codecs.RawBytes;
import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.Slabs;
import io.strowger.router.state.StateDigest;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;
import org.agrona.DirectBuffer;

/**
 * The calls: the ids that sessions belong together under, each kept once however many sessions have it.
 *
 * <p>A call that turns out to be part of an older one points to it; its sessions follow the pointer. Record: 0 sessions and pointers that
 * refer to it (i32), 4 the call it is part of, slot plus one, and in bit 30 whether it goes with its leg, see {@link Links} (i32).
 */
final class Calls {
    static final int LENGTH = 8;

    private static final int PART_OF = 4;
    private static final int GOES_WITH_LEG = 1 << 30;

    private final KeyedTable table;

    Calls(final Slabs slabs, final int capacity, final long hashSeed) {
        table = new KeyedTable(slabs, capacity, LENGTH, hashSeed);
    }

    /**
     * Finds or makes a call and refers to it once more.
     *
     * @return its slot, or {@link KeyedTable#FULL}.
     */
    int join(final long scope, final Fact fact, final int id) {
        int slot = find(scope, fact, id);
        if (KeyedTable.MISSING == slot) {
            slot = table.add(scope, fact.buffer(), fact.textOffset(id), fact.textLength(id));
        }
        if (slot >= 0) {
            refer(slot, 1);
        }
        return slot;
    }

    /**
     * Refers once more to a call.
     *
     * @return the same slot.
     */
    int joinAgain(final int slot) {
        refer(slot, 1);
        return slot;
    }

    /**
     * Finds a call.
     *
     * @return its slot, or {@link KeyedTable#MISSING}.
     */
    int find(final long scope, final Fact fact, final int id) {
        return table.find(scope, fact.buffer(), fact.textOffset(id), fact.textLength(id));
    }

    /**
     * Refers to a call no longer; the last one takes it away.
     */
    void leave(final int slot) {
        int call = slot;
        while (Session.NONE != call && 0 == refer(call, -1)) {
            final int older = partOf(call);
            table.remove(call);
            call = older;
        }
    }

    /**
     * Follows the pointers to the call that a call is part of at last.
     */
    int resolve(final int slot) {
        int call = slot;
        for (int older = partOf(call); Session.NONE != older; older = partOf(call)) {
            call = older;
        }
        return call;
    }

    /**
     * Follows the pointers as {@link #resolve} does, and lets each on the way point to the last: a chain as long as its sender likes is
     * walked once. Only while an input is folded.
     *
     * @return the call that it is part of at last.
     */
    int shorten(final int slot) {
        final int last = resolve(slot);
        int call = slot;
        while (call != last && partOf(call) != last) {
            final int older = partOf(call);
            final boolean isGone = 1 == Fields.get(table, older, 0);
            partOf(call, last);
            leave(older);
            call = isGone ? last : older;
        }
        return last;
    }

    /**
     * Makes a call part of another.
     */
    void merge(final int younger, final int older) {
        final int from = shorten(younger);
        final int to = shorten(older);
        if (from != to) {
            partOf(from, to);
        }
    }

    private void partOf(final int slot, final int older) {
        refer(older, 1);
        Fields.put(table, slot, PART_OF, (Fields.get(table, slot, PART_OF) & GOES_WITH_LEG) | (older + 1));
    }

    /** Whether one session alone belongs to a call that is part of no other. */
    boolean isAlone(final int slot) {
        return 1 == Fields.get(table, slot, 0) && !isPart(slot);
    }

    /** Whether a call that is called like a leg was linked to, or linked, as that leg. */
    boolean goesWithLeg(final int slot) {
        return 0 != (Fields.get(table, slot, PART_OF) & GOES_WITH_LEG);
    }

    void goesWithLeg(final int slot, final boolean goes) {
        final int others = Fields.get(table, slot, PART_OF) & ~GOES_WITH_LEG;
        Fields.put(table, slot, PART_OF, goes ? others | GOES_WITH_LEG : others);
    }

    /** Whether a call is part of another. */
    boolean isPart(final int slot) {
        return Session.NONE != partOf(slot);
    }

    boolean isKnownAs(final int slot, final Fact fact, final int id) {
        final int length = fact.textLength(id);
        return table.keyLength(slot) == length &&
            RawBytes.equal(table.keyBuffer(slot), table.keyOffset(slot), fact.buffer(), fact.textOffset(id), length);
    }

    DirectBuffer buffer(final int slot) {
        return table.keyBuffer(slot);
    }

    int offset(final int slot) {
        return table.keyOffset(slot);
    }

    int length(final int slot) {
        return table.keyLength(slot);
    }

    /** For who looks ahead, and for who reads a state. */
    KeyedTable table() {
        return table;
    }

    long memoryBytes() {
        return table.memoryBytes();
    }

    /** The call that a call is part of, or {@link Session#NONE}. */
    int partOf(final int slot) {
        return (Fields.get(table, slot, PART_OF) & ~GOES_WITH_LEG) - 1;
    }

    private int refer(final int slot, final int change) {
        final int references = Fields.get(table, slot, 0) + change;
        Fields.put(table, slot, 0, references);
        return references;
    }

    /** Hashes ids, how many refer to each, and of which each is part. */
    long digest(final StateDigest digest) {
        digest.begin();
        for (int slot = table.next(-1); slot >= 0; slot = table.next(slot)) {
            final long content = Texts.hash(Fields.get(table, slot, 0), goesWithLeg(slot) ? 1 : 0);
            digest.entry(table.scope(slot), table.keyBuffer(slot), table.keyOffset(slot), table.keyLength(slot),
                isPart(slot) ? KeyHashes.hash(table, partOf(slot), content) : content);
        }
        return digest.end();
    }

    /** Writes one call's id, of which it is part by that one's number, and whether it goes with its leg. */
    void write(final StateOutput out, final int slot, final int olderNumber) {
        out.putKey(table, slot);
        out.putInt(olderNumber);
        out.putByte(goesWithLeg(slot) ? 1 : 0);
    }

    /**
     * Reads one call that nothing refers to yet.
     *
     * @return its slot: the n-th stands in slot n.
     */
    int read(final StateInput in) {
        final int slot = in.getUnindexedKey(table);
        final int older = in.getInt(Session.NONE, slot - 1);
        if (Session.NONE != older) {
            refer(older, 1);
            Fields.put(table, slot, PART_OF, older + 1);
        }
        goesWithLeg(slot, 0 != in.getByte());
        return slot;
    }

    /** All of them are read. */
    void index() {
        table.index();
    }

    /** One more than the greatest slot in use. */
    int slots() {
        return TableOrder.slots(table);
    }
}
