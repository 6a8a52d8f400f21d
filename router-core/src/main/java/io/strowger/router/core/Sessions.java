package io.strowger.router.core;

import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.Slabs;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;
import io.strowger.router.state.TextStore;
import java.util.function.IntConsumer;
import org.agrona.DirectBuffer;

/**
 * All sessions, open ones and the last ended ones.
 *
 * <p>An ended session keeps its key for a while, so that what comes too late for it is known and ignored: a ring of tombstones, the oldest
 * goes when a new one needs its place. Sessions of one source hang together in the order they began, per source and epoch, so that a dead
 * epoch can be paid off in that order.
 */
final class Sessions {
    private final KeyedTable table;
    private final TextStore texts;
    private final int capacity;
    private final int[] tombstones;
    private int tombstoneCount;
    private int oldestTombstone;
    private int open;
    /** Null unless somebody asks for the sessions of users. */
    private UserSessions byUser;

    Sessions(final Slabs slabs, final int capacity, final long hashSeed) {
        this.capacity = capacity;
        final int ended = Math.max(1024, Math.min(65_536, capacity / 8));
        table = new KeyedTable(slabs, capacity + ended + 1, Session.LENGTH, hashSeed);
        texts = new TextStore(slabs, Math.max(1L << 20, capacity * 192L));
        tombstones = new int[ended];
    }

    Session view() {
        return new Session(table);
    }

    /**
     * Finds a session, open or ended, whose native id is a var-data of the fact.
     *
     * @return its slot, or {@link Session#NONE}.
     */
    int find(final long scope, final Fact fact, final int id) {
        final int hint = Fact.NATIVE_ID == id ? fact.likelySession() : Session.NONE;
        return table.find(hint, scope, fact.buffer(), fact.textOffset(id), fact.textLength(id));
    }

    /**
     * Finds an open session.
     *
     * @param view is left at it.
     * @return its slot, or {@link Session#NONE}.
     */
    int findOpen(final long scope, final Slice id, final Session view) {
        final int slot = id.isEmpty() ? Session.NONE : table.find(scope, id.buffer(), id.offset(), id.length());
        return Session.NONE == slot || view.at(slot).is(Session.ENDED) ? Session.NONE : slot;
    }

    /** For who looks ahead, and for who reads a state. */
    KeyedTable table() {
        return table;
    }

    /**
     * Begins a session.
     *
     * @return its slot, or {@link KeyedTable#FULL}.
     */
    int open(final long scope, final Fact fact, final int id) {
        if (open >= capacity) {
            return KeyedTable.FULL;
        }
        final int slot = table.add(scope, fact.buffer(), fact.textOffset(id), fact.textLength(id));
        if (slot >= 0) {
            open++;
        }
        return slot;
    }

    /** Undoes {@link #open} of a session that nothing refers to yet. */
    void takeBack(final int slot) {
        table.remove(slot);
        open--;
    }

    /**
     * Turns an open session into a tombstone; its texts are gone.
     */
    void end(final Session session) {
        texts.free(session.remoteParty());
        texts.free(session.remoteName());
        texts.free(session.device());
        texts.free(session.place());
        session.remoteParty(TextStore.EMPTY);
        session.remoteName(TextStore.EMPTY);
        session.device(TextStore.EMPTY);
        session.place(TextStore.EMPTY);
        session.set(Session.ENDED);
        open--;
        if (null != byUser) {
            byUser.remove(session.slot());
        }
        bury(session.slot());
    }

    /**
     * Makes a tombstone for a session that ended before it was ever seen.
     */
    void endUnseen(final long scope, final Fact fact, final int id, final Session view, final int stamp) {
        final int slot = table.add(scope, fact.buffer(), fact.textOffset(id), fact.textLength(id));
        if (slot >= 0) {
            view.at(slot).set(Session.ENDED);
            view.seen(stamp);
            bury(slot);
        }
    }

    /** Keeps a text in place of another, or the old one when there is no room for the new. */
    int keep(final int handle, final Fact fact, final int index) {
        return keep(handle, fact.buffer(), fact.textOffset(index), fact.textLength(index));
    }

    /** Keeps a text in place of another, or the old one when there is no room for the new. */
    int keep(final int handle, final DirectBuffer buffer, final int offset, final int length) {
        final int kept = texts.replace(handle, buffer, offset, length);
        return TextStore.FULL == kept ? handle : kept;
    }

    /** Whether a kept text is a var-data of the fact. */
    boolean isKept(final int handle, final Fact fact, final int index) {
        return texts.equals(handle, fact.buffer(), fact.textOffset(index), fact.textLength(index));
    }

    TextStore texts() {
        return texts;
    }

    long scope(final int slot) {
        return table.scope(slot);
    }

    DirectBuffer idBuffer(final int slot) {
        return table.keyBuffer(slot);
    }

    int idOffset(final int slot) {
        return table.keyOffset(slot);
    }

    int idLength(final int slot) {
        return table.keyLength(slot);
    }

    int next(final int slot) {
        return table.next(slot);
    }

    /** An event has told of a session. */
    void told(final Session session) {
        session.set(Session.SHOWN);
        if (null != byUser && !session.is(Session.ENDED)) {
            byUser.put(session.slot(), session.user());
        }
    }

    /** Keeps the sessions of users from now on. */
    UserSessions indexUsers() {
        byUser = new UserSessions();
        final Session session = view();
        for (int slot = next(-1); slot >= 0; slot = next(slot)) {
            if (session.at(slot).isInStatus()) {
                byUser.put(slot, session.user());
            }
        }
        return byUser;
    }

    /** How many are open. */
    int openCount() {
        return open;
    }

    long memoryBytes() {
        return table.memoryBytes() + texts.memoryBytes();
    }

    private void bury(final int slot) {
        if (tombstoneCount == tombstones.length) {
            table.remove(tombstones[oldestTombstone]);
        } else {
            tombstoneCount++;
        }
        tombstones[oldestTombstone] = slot;
        oldestTombstone = (oldestTombstone + 1) % tombstones.length;
    }

    /** Position of a tombstone in the order of burial, for the digest: what is forgotten next is state. */
    long hashTombstones(final TombstoneHash hash) {
        long digest = tombstoneCount;
        final int first = tombstoneCount == tombstones.length ? oldestTombstone : 0;
        for (int i = 0; i < tombstoneCount; i++) {
            digest = hash.next(digest, tombstones[(first + i) % tombstones.length]);
        }
        return digest;
    }

    /** Folds one tombstone into a digest. */
    @FunctionalInterface
    interface TombstoneHash {
        long next(long digest, int slot);
    }

    /** Does something with each tombstone, the oldest first. */
    void forEachTombstone(final IntConsumer consumer) {
        final int first = tombstoneCount == tombstones.length ? oldestTombstone : 0;
        for (int i = 0; i < tombstoneCount; i++) {
            consumer.accept(tombstones[(first + i) % tombstones.length]);
        }
    }

    /** Writes the key of a session: epoch ordinal of its source, and id. */
    void writeKey(final StateOutput out, final int slot) {
        out.putKey(table, slot);
    }

    /**
     * Reads the key of an open session and makes its record, all zeros.
     *
     * @return its slot: the n-th stands in slot n.
     */
    int readOpen(final StateInput in) {
        open++;
        return in.getUnindexedKey(table);
    }

    /** Reads the key of a session that has ended, and makes its tombstone the youngest. */
    int readEnded(final StateInput in) {
        final int slot = in.getUnindexedKey(table);
        bury(slot);
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
