package io.strowger.router.action;

import io.strowger.codecs.RawBytes;
import io.strowger.codecs.Xxh64;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The asks of one client's handle that have no end yet, found by their key.
 *
 * <pre>
 *   heads[hash]  ──►  key ──────────────────────────────►  key  ──►  NONE       key: hash, bytes (64 bytes of room)
 *                      │ waiting  ask ⇄ ask ⇄ ask  (oldest first)               ask: number, action, status,
 *                      └ told     ask ⇄ ask                                    repeated
 * </pre>
 *
 * <p>However many asks have the same key: the one that is looked for is the first of its list. Core thread only; allocates nothing after
 * construction.
 */
final class AskTable {
    /** No entry. */
    static final int NONE = -1;

    /** Status of an ask whose record is not visible yet. */
    static final int WAITING = -1;

    private static final int LISTS = 2;
    private static final int NOT_TOLD = 0;
    private static final int TOLD = 1;

    private final int mask;
    private final int[] heads;
    private final int[] nextKeys;
    private final long[] hashes;
    private final byte[] keyLengths;
    private final UnsafeBuffer keys;
    /** First and last ask of each list of a key. */
    private final int[] firsts;
    private final int[] lasts;
    private final int[] keysOf;
    private final int[] before;
    private final int[] behind;
    private final long[] asks;
    private final long[] actions;
    private final byte[] statuses;
    private final boolean[] repeated;
    private int freeKey;
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
        nextKeys = new int[capacity];
        hashes = new long[capacity];
        keyLengths = new byte[capacity];
        keys = new UnsafeBuffer(new byte[capacity * ActionGrant.MAX_NAME_LENGTH]);
        firsts = new int[LISTS * capacity];
        lasts = new int[LISTS * capacity];
        keysOf = new int[capacity];
        before = new int[capacity];
        behind = new int[capacity];
        asks = new long[capacity];
        actions = new long[capacity];
        statuses = new byte[capacity];
        repeated = new boolean[capacity];
        Arrays.fill(heads, NONE);
        Arrays.fill(firsts, NONE);
        Arrays.fill(lasts, NONE);
        for (int i = 0; i < capacity; i++) {
            nextKeys[i] = i + 1 < capacity ? i + 1 : NONE;
            behind[i] = nextKeys[i];
        }
    }

    /** Hash of a key. */
    static long hash(final DirectBuffer buffer, final int offset, final int length) {
        return Xxh64.hash(buffer, offset, length, 0);
    }

    /** Adds an ask whose record is not visible yet. The window of the handle keeps it from being one too many. */
    void add(final long ask, final DirectBuffer buffer, final int offset, final int length) {
        final long hash = hash(buffer, offset, length);
        int key = find(hash, buffer, offset, length);
        if (NONE == key) {
            key = addKey(hash, buffer, offset, length);
        }
        final int entry = free;
        free = behind[entry];
        keysOf[entry] = key;
        asks[entry] = ask;
        actions[entry] = 0;
        statuses[entry] = WAITING;
        repeated[entry] = false;
        append(entry, LISTS * key + NOT_TOLD);
    }

    private int addKey(final long hash, final DirectBuffer buffer, final int offset, final int length) {
        final int key = freeKey;
        freeKey = nextKeys[key];
        final int bucket = (int)hash & mask;
        keys.putBytes(key * ActionGrant.MAX_NAME_LENGTH, buffer, offset, length);
        keyLengths[key] = (byte)length;
        hashes[key] = hash;
        nextKeys[key] = heads[bucket];
        heads[bucket] = key;
        return key;
    }

    /** The oldest ask with the key whose record is not visible yet, {@link #NONE} for none. */
    int oldestWaiting(final long hash, final DirectBuffer buffer, final int offset, final int length) {
        return first(find(hash, buffer, offset, length), NOT_TOLD);
    }

    /** The oldest ask with the key whose record was visible, {@link #NONE} for none. */
    int firstTold(final long hash, final DirectBuffer buffer, final int offset, final int length) {
        return first(find(hash, buffer, offset, length), TOLD);
    }

    /** The oldest ask of an action whose record was visible, by the hash of its key, {@link #NONE} for none. */
    int firstTold(final long hash, final long action) {
        int key = heads[(int)hash & mask];
        while (NONE != key) {
            final int entry = firsts[LISTS * key + TOLD];
            if (hashes[key] == hash && NONE != entry && actions[entry] == action) {
                return entry;
            }
            key = nextKeys[key];
        }
        return NONE;
    }

    /** The next younger ask of the same list, {@link #NONE} for none. */
    int following(final int entry) {
        return behind[entry];
    }

    /** Removes an ask: the entry is free, and its key when no other ask has it. */
    void remove(final int entry) {
        final int key = keysOf[entry];
        unlink(entry, listOf(entry));
        behind[entry] = free;
        free = entry;
        if (NONE == firsts[LISTS * key + NOT_TOLD] && NONE == firsts[LISTS * key + TOLD]) {
            removeKey(key);
        }
    }

    private void removeKey(final int key) {
        final int bucket = (int)hashes[key] & mask;
        if (heads[bucket] == key) {
            heads[bucket] = nextKeys[key];
        } else {
            int other = heads[bucket];
            while (nextKeys[other] != key) {
                other = nextKeys[other];
            }
            nextKeys[other] = nextKeys[key];
        }
        nextKeys[key] = freeKey;
        freeKey = key;
    }

    /** The ask stands so now: its record is visible. */
    void stands(final int entry, final long action, final int status) {
        if (WAITING == statuses[entry]) {
            unlink(entry, listOf(entry));
            append(entry, LISTS * keysOf[entry] + TOLD);
        }
        actions[entry] = action;
        statuses[entry] = (byte)status;
    }

    /** Its key was known: it hears of an earlier ask. */
    void repeats(final int entry) {
        repeated[entry] = true;
    }

    boolean isRepeated(final int entry) {
        return repeated[entry];
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
        return keysOf[entry] * ActionGrant.MAX_NAME_LENGTH;
    }

    int keyLength(final int entry) {
        return keyLengths[keysOf[entry]];
    }

    private int first(final int key, final int list) {
        return NONE == key ? NONE : firsts[LISTS * key + list];
    }

    private int listOf(final int entry) {
        return LISTS * keysOf[entry] + (WAITING == statuses[entry] ? NOT_TOLD : TOLD);
    }

    private void append(final int entry, final int list) {
        before[entry] = lasts[list];
        behind[entry] = NONE;
        if (NONE == lasts[list]) {
            firsts[list] = entry;
        } else {
            behind[lasts[list]] = entry;
        }
        lasts[list] = entry;
    }

    private void unlink(final int entry, final int list) {
        if (NONE == before[entry]) {
            firsts[list] = behind[entry];
        } else {
            behind[before[entry]] = behind[entry];
        }
        if (NONE == behind[entry]) {
            lasts[list] = before[entry];
        } else {
            before[behind[entry]] = before[entry];
        }
    }

    private int find(final long hash, final DirectBuffer buffer, final int offset, final int length) {
        int key = heads[(int)hash & mask];
        while (NONE != key && !(hashes[key] == hash && keyLengths[key] == length
            && RawBytes.equal(keys, key * ActionGrant.MAX_NAME_LENGTH, buffer, offset, length))) {
            key = nextKeys[key];
        }
        return key;
    }
}
