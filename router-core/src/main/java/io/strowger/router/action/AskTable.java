package io.strowger.router.action;

import io.strowger.codecs.Xxh64;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The asks of one client's handle that have no end yet, found by their key.
 *
 * <pre>
 *   heads[hash]  ──►  entry ──next──►  entry ──next──►  NONE          entry: ask, action, status, key (64 bytes of room)
 *   free         ──►  entry ──next──►  ...
 * </pre>
 *
 * <p>Several asks may have the same key. Core thread only; allocates nothing after construction.
 */
final class AskTable {
    /** No entry. */
    static final int NONE = -1;

    /** Status of an ask whose record is not visible yet. */
    static final int WAITING = -1;

    private final int mask;
    private final int[] heads;
    private final int[] next;
    private final long[] hashes;
    private final long[] asks;
    private final long[] actions;
    private final byte[] statuses;
    private final byte[] keyLengths;
    private final UnsafeBuffer keys;
    private int free;

    /**
     * An empty table.
     *
     * @param capacity most asks.
     */
    AskTable(final int capacity) {
        final int buckets = BitUtil.findNextPositivePowerOfTwo(2 * capacity);
        mask = buckets - 1;
        heads = new int[buckets];
        next = new int[capacity];
        hashes = new long[capacity];
        asks = new long[capacity];
        actions = new long[capacity];
        statuses = new byte[capacity];
        keyLengths = new byte[capacity];
        keys = new UnsafeBuffer(new byte[capacity * ActionGrant.MAX_NAME_LENGTH]);
        Arrays.fill(heads, NONE);
        for (int entry = 0; entry < capacity; entry++) {
            next[entry] = entry + 1 < capacity ? entry + 1 : NONE;
        }
    }

    /** Hash of a key. */
    static long hash(final DirectBuffer buffer, final int offset, final int length) {
        return Xxh64.hash(buffer, offset, length, 0);
    }

    /** How many entries there may be: each number below it may be one. */
    int capacity() {
        return next.length;
    }

    /** Adds an ask whose record is not visible yet. The window of the handle keeps it from being one too many. */
    void add(final long ask, final DirectBuffer buffer, final int offset, final int length) {
        final int entry = free;
        free = next[entry];
        final long hash = hash(buffer, offset, length);
        final int bucket = (int)hash & mask;
        keys.putBytes(entry * ActionGrant.MAX_NAME_LENGTH, buffer, offset, length);
        keyLengths[entry] = (byte)length;
        hashes[entry] = hash;
        asks[entry] = ask;
        actions[entry] = 0;
        statuses[entry] = WAITING;
        next[entry] = heads[bucket];
        heads[bucket] = entry;
    }

    /** The newest ask with a key, {@link #NONE} for none. */
    int first(final long hash, final DirectBuffer buffer, final int offset, final int length) {
        return match(heads[(int)hash & mask], hash, buffer, offset, length);
    }

    /** The next older ask with the key, {@link #NONE} for none. */
    int following(final int entry, final long hash, final DirectBuffer buffer, final int offset, final int length) {
        return match(next[entry], hash, buffer, offset, length);
    }

    /** The oldest ask with the key whose record is not visible yet, {@link #NONE} for none. */
    int oldestWaiting(final long hash, final DirectBuffer buffer, final int offset, final int length) {
        int oldest = NONE;
        for (int entry = first(hash, buffer, offset, length); NONE != entry; entry = following(entry, hash, buffer, offset, length)) {
            oldest = WAITING == statuses[entry] ? entry : oldest;
        }
        return oldest;
    }

    /** Removes an ask: the entry is free. */
    void remove(final int entry) {
        final int bucket = (int)hashes[entry] & mask;
        if (heads[bucket] == entry) {
            heads[bucket] = next[entry];
        } else {
            int before = heads[bucket];
            while (next[before] != entry) {
                before = next[before];
            }
            next[before] = next[entry];
        }
        next[entry] = free;
        free = entry;
        actions[entry] = 0;
    }

    /** The ask stands so now. */
    void stands(final int entry, final long action, final int status) {
        actions[entry] = action;
        statuses[entry] = (byte)status;
    }

    long ask(final int entry) {
        return asks[entry];
    }

    /** Sequence of the action's record, 0 while that is not visible. */
    long action(final int entry) {
        return actions[entry];
    }

    /** Code of the status last told, or {@link #WAITING}. */
    int status(final int entry) {
        return statuses[entry];
    }

    DirectBuffer keys() {
        return keys;
    }

    int keyOffset(final int entry) {
        return entry * ActionGrant.MAX_NAME_LENGTH;
    }

    int keyLength(final int entry) {
        return keyLengths[entry];
    }

    private int match(final int from, final long hash, final DirectBuffer buffer, final int offset, final int length) {
        int entry = from;
        while (NONE != entry && !(hashes[entry] == hash && equals(entry, buffer, offset, length))) {
            entry = next[entry];
        }
        return entry;
    }

    private boolean equals(final int entry, final DirectBuffer buffer, final int offset, final int length) {
        if (keyLengths[entry] != length) {
            return false;
        }
        final int at = keyOffset(entry);
        for (int i = 0; i < length; i++) {
            if (keys.getByte(at + i) != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }
}
