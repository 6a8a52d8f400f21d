package io.strowger.router.core;

import io.strowger.codecs.RawBytes;
import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The calls: the ids that sessions belong together under, each kept once however many sessions have it.
 *
 * <p>A call that turns out to be part of an older one points to it; its sessions follow the pointer. Record: 0 sessions and pointers that
 * refer to it (i32), 4 the call it is part of, slot plus one (i32).
 */
final class Calls {
    static final int LENGTH = 8;

    private final KeyedTable table;

    Calls(final int capacity, final long hashSeed) {
        table = new KeyedTable(capacity, LENGTH, hashSeed);
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
        if (0 == refer(slot, -1)) {
            final int older = partOf(slot);
            table.remove(slot);
            if (Session.NONE != older) {
                leave(older);
            }
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
     * Makes a call part of another.
     */
    void merge(final int younger, final int older) {
        final int from = resolve(younger);
        final int to = resolve(older);
        if (from != to) {
            refer(to, 1);
            table.buffer(from).putInt(table.payload(from) + 4, to + 1, ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Whether one session alone belongs to a call that is part of no other. */
    boolean isAlone(final int slot) {
        return 1 == refer(slot, 0) && Session.NONE == partOf(slot);
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

    long memoryBytes() {
        return table.memoryBytes();
    }

    /** The call that a call is part of, or {@link Session#NONE}. */
    int partOf(final int slot) {
        return table.buffer(slot).getInt(table.payload(slot) + 4, ByteOrder.LITTLE_ENDIAN) - 1;
    }

    private int refer(final int slot, final int change) {
        final int index = table.payload(slot);
        final int references = table.buffer(slot).getInt(index, ByteOrder.LITTLE_ENDIAN) + change;
        table.buffer(slot).putInt(index, references, ByteOrder.LITTLE_ENDIAN);
        return references;
    }

    /** Writes one call's id, and of which it is part by that one's number. */
    void write(final StateOutput out, final int slot, final int olderNumber) {
        out.putKey(table, slot);
        out.putInt(olderNumber);
    }

    /**
     * Reads one call that nothing refers to yet.
     *
     * @return its slot: the n-th stands in slot n.
     */
    int read(final StateInput in) {
        final int slot = in.getKey(table);
        final int older = in.getInt(Session.NONE, slot - 1);
        if (Session.NONE != older) {
            refer(older, 1);
            table.buffer(slot).putInt(table.payload(slot) + 4, older + 1, ByteOrder.LITTLE_ENDIAN);
        }
        return slot;
    }

    /** One more than the greatest slot in use. */
    int slots() {
        return TableOrder.slots(table);
    }
}
