package io.strowger.router.state;

import io.strowger.codecs.RawBytes;
import io.strowger.codecs.Xxh64;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Off-heap records of one length, found by a number (the scope) and a name (the key bytes) through a presized Agrona index.
 *
 * <p>The index leads from a 32-bit hash to the first record of a chain; scope and key are compared in full, and records whose hashes are
 * equal are chained. A record keeps its slot until it is removed. The index is taken at construction and never grows;
 * records come in segments of at most 1 MiB, taken when the table is that full for the first time. A record:
 *
 * <pre>
 *   0                 8            12           16               16 + key room
 *  +-----------------+------------+------------+----------------+----------------------+
 *  | scope           | link       | key        | key bytes      | payload              |   each a multiple of 8
 *  +-----------------+------------+------------+----------------+----------------------+
 *    link, occupied:  slot of the next record of the chain, or -1
 *    link, free:      -2 - (slot of the next free record + 1)
 *    key, below 0:    -1 - length of the key, whose bytes stand in the record
 *    key, from 0:     handle of a key that is longer than the room
 * </pre>
 *
 * <p>A key that has room in its record costs no further cache miss: with a million records the misses are what a look-up takes. The cells
 * of longer keys (see {@link TextStore}) may take 192 bytes for each record of the capacity together: keys of up to 190 bytes never use
 * them up.
 *
 * <p>One thread. Slots and the order of a walk depend on the history of the table: neither may reach an output.
 */
public final class KeyedTable {
    /** There is no such record. */
    public static final int MISSING = -1;

    /** Capacity or text space is used up. */
    public static final int FULL = -2;

    private static final int LINK_OFFSET = 8;
    private static final int KEY_OFFSET = 12;
    private static final int KEY_BYTES_OFFSET = 16;
    private static final int DEFAULT_KEY_ROOM = 24;
    private static final int MAX_SEGMENT_LENGTH = 1024 * 1024;
    private static final int MAX_PAYLOAD_LENGTH = 64 * 1024;
    private static final int MAX_CAPACITY = 1 << 28;
    private static final int KEY_BYTES_EACH = 192;
    private static final long MIN_KEY_BYTES = 64 * 1024;

    private final int capacity;
    private final int keyRoom;
    private final int payloadOffset;
    private final int stride;
    private final int segmentShift;
    private final int segmentMask;
    private final UnsafeBuffer[] segments;
    private final long[] bases;
    private final Slabs slabs;
    private final Int2IntHashMap index;
    private final TextStore keys;
    private final long hashSeed;
    private final KeyHash hash;
    private int size;
    private int fresh;
    private int free = MISSING;

    /**
     * An empty table with room for keys of 24 bytes in the records.
     *
     * @param slabs         its memory is taken from.
     * @param capacity      most records, from 1 to 2^28.
     * @param payloadLength of each in bytes, a multiple of 8 up to 65,536.
     * @param hashSeed      any number; keep it from those who choose the keys.
     */
    public KeyedTable(final Slabs slabs, final int capacity, final int payloadLength, final long hashSeed) {
        this(slabs, capacity, payloadLength, DEFAULT_KEY_ROOM, hashSeed, Xxh64::hash);
    }

    /**
     * An empty table.
     *
     * @param slabs         its memory is taken from.
     * @param capacity      most records, from 1 to 2^28.
     * @param payloadLength of each in bytes, a multiple of 8 up to 65,536.
     * @param keyRoom       of each record in bytes, a multiple of 8 up to 1,024: the usual length of a key.
     * @param hashSeed      any number; keep it from those who choose the keys.
     */
    public KeyedTable(final Slabs slabs, final int capacity, final int payloadLength, final int keyRoom, final long hashSeed) {
        this(slabs, capacity, payloadLength, keyRoom, hashSeed, Xxh64::hash);
    }

    /** A table with another hash, for tests of collisions. */
    KeyedTable(final Slabs slabs, final int capacity, final int payloadLength, final int keyRoom, final long hashSeed,
               final KeyHash hash) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity not in 1.." + MAX_CAPACITY + ": " + capacity);
        }
        this.slabs = slabs;
        this.capacity = capacity;
        this.keyRoom = words("key room", keyRoom, TextStore.MAX_LENGTH);
        this.payloadOffset = KEY_BYTES_OFFSET + keyRoom;
        this.stride = payloadOffset + words("payload length", payloadLength, MAX_PAYLOAD_LENGTH);
        this.segmentShift = 31 - Integer.numberOfLeadingZeros(MAX_SEGMENT_LENGTH / stride);
        this.segmentMask = (1 << segmentShift) - 1;
        this.segments = new UnsafeBuffer[((capacity - 1) >>> segmentShift) + 1];
        this.bases = new long[segments.length];
        this.index = PresizedIndex.of(capacity);
        this.keys = new TextStore(slabs, Math.max(MIN_KEY_BYTES, (long)capacity * KEY_BYTES_EACH));
        this.hashSeed = hashSeed;
        this.hash = hash;
    }

    /**
     * Finds a record.
     *
     * @param scope  of the key.
     * @param key    holds its bytes.
     * @param offset of the first.
     * @param length in bytes, may be 0.
     * @return its slot, or {@link #MISSING}.
     */
    public int find(final long scope, final DirectBuffer key, final int offset, final int length) {
        int slot = index.get(hash(scope, key, offset, length));
        while (MISSING != slot) {
            final long record = record(slot);
            if (scope == UnsafeApi.getLong(record) && hasKey(record, key, offset, length)) {
                return slot;
            }
            slot = UnsafeApi.getInt(record + LINK_OFFSET);
        }
        return MISSING;
    }

    /**
     * Finds a record that most likely stands in a slot.
     *
     * @param hint a slot as {@link #probe} has given it some time ago, whatever was removed or added since; or {@link #MISSING}.
     * @return its slot, or {@link #MISSING}: the same as without a hint.
     */
    public int find(final int hint, final long scope, final DirectBuffer key, final int offset, final int length) {
        return isOccupied(hint) && isOf(hint, scope, key, offset, length) ? hint : find(scope, key, offset, length);
    }

    /** Hashes a key, for {@link #probe}. */
    public int hash(final long scope, final DirectBuffer key, final int offset, final int length) {
        final long hashed = hash.hash(key, offset, length, hashSeed ^ Xxh64.mix(scope));
        return (int)(hashed ^ (hashed >>> 32));
    }

    /**
     * Looks a key up in the index only. For a batch, this and then {@link #touch} for all its keys, hashed before, bring what {@link #find}
     * will need into the cache with the misses side by side, and not one behind the other.
     *
     * @return a slot for {@link #touch}, most likely but not surely that of the record; or {@link #MISSING}.
     */
    public int probe(final int hashed) {
        return index.get(hashed);
    }

    /**
     * Reads one word in each cache line of a record.
     *
     * @param slot of a record, as {@link #probe} gives it.
     * @return a number without meaning, to be used in some way lest the reads be compiled away.
     */
    public long touch(final int slot) {
        final long record = record(slot);
        long sum = 0;
        for (int at = 0; at < stride; at += BitUtil.CACHE_LINE_LENGTH) {
            sum += UnsafeApi.getLong(record + at);
        }
        return sum + UnsafeApi.getLong(record + stride - Long.BYTES);
    }

    /**
     * Whether a record has this scope and key.
     *
     * @param slot of a record.
     */
    public boolean isOf(final int slot, final long scope, final DirectBuffer key, final int offset, final int length) {
        if (DirectBuffer.SHOULD_BOUNDS_CHECK) {
            key.boundsCheck(offset, length);
        }
        return scope == scope(slot) && hasKey(record(slot), key, offset, length);
    }

    /**
     * Adds a record, its payload all zeros. There must be none with this scope and key: that is not looked at.
     *
     * @param scope  of the key.
     * @param key    holds its bytes.
     * @param offset of the first.
     * @param length in bytes, 0 to {@value TextStore#MAX_LENGTH}.
     * @return its slot, or {@link #FULL}.
     * @throws IllegalArgumentException when the key is longer than that.
     */
    public int add(final long scope, final DirectBuffer key, final int offset, final int length) {
        final int slot = fill(scope, key, offset, length);
        if (slot >= 0) {
            putLink(slot, index.put(hash(scope, key, offset, length), slot));
        }
        return slot;
    }

    /**
     * Adds a record as {@link #add} does, but where only its slot leads to it until {@link #index} is called: many records are indexed
     * faster together. Until then no key may be looked up, and no record removed.
     */
    int fill(final long scope, final DirectBuffer key, final int offset, final int length) {
        if (size == capacity) {
            return FULL;
        }
        final boolean hasRoom = length <= keyRoom;
        final int handle = hasRoom ? -1 - length : keys.put(key, offset, length);
        if (!hasRoom && TextStore.FULL == handle) {
            return FULL;
        }
        final int slot = takeSlot();
        final long record = record(slot);
        UnsafeApi.putLong(record, scope);
        UnsafeApi.putInt(record + LINK_OFFSET, MISSING);
        UnsafeApi.putInt(record + KEY_OFFSET, handle);
        if (hasRoom) {
            RawBytes.copy(key.byteArray(), key.addressOffset() + offset, null, record + KEY_BYTES_OFFSET, length);
        }
        for (long at = record + payloadOffset; at < record + stride; at += Long.BYTES) {
            UnsafeApi.putLong(at, 0);
        }
        size++;
        return slot;
    }

    /** Lets all records of a table be found that was only filled. */
    public void index() {
        BulkIndex.index(this, index, fresh);
    }

    /**
     * Removes a record; its slot goes to a later one.
     *
     * @throws IllegalArgumentException when the slot holds none.
     */
    public void remove(final int slot) {
        if (!isOccupied(slot)) {
            throw new IllegalArgumentException("no record in slot " + slot);
        }
        final int link = link(slot);
        final int hashed = hashOf(slot);
        final int first = index.remove(hashed);
        if (first != slot) {
            putLink(before(first, slot), link);
            index.put(hashed, first);
        } else if (MISSING != link) {
            index.put(hashed, link);
        }
        keys.free(Math.max(TextStore.EMPTY, key(slot)));
        putLink(slot, -2 - (free + 1));
        free = slot;
        size--;
    }

    /** Records in the table. */
    public int size() {
        return size;
    }

    /** Most records it can hold. */
    public int capacity() {
        return capacity;
    }

    /**
     * Address of a record's payload, for views that read and write it raw. Good until the record is removed.
     *
     * @param slot of a record; that is not looked at.
     */
    public long payloadAddress(final int slot) {
        return record(slot) + payloadOffset;
    }

    /** Scope of a record's key. */
    public long scope(final int slot) {
        return UnsafeApi.getLong(record(slot));
    }

    /** The buffer that holds the bytes of a record's key; to be read only. */
    public DirectBuffer keyBuffer(final int slot) {
        final int key = key(slot);
        return key < 0 ? segments[slot >>> segmentShift] : keys.buffer(key);
    }

    /** Offset of the key's first byte in its buffer. */
    public int keyOffset(final int slot) {
        final int key = key(slot);
        return key < 0 ? (slot & segmentMask) * stride + KEY_BYTES_OFFSET : keys.offset(key);
    }

    /** Length of the key in bytes. */
    public int keyLength(final int slot) {
        final int key = key(slot);
        return key < 0 ? -1 - key : keys.length(key);
    }

    /**
     * Walks the records, for results that do not depend on their order. The record just met may be removed in between.
     *
     * @param slot the one before, -1 at the start.
     * @return the next slot that holds a record, or {@link #MISSING}.
     */
    public int next(final int slot) {
        for (int i = slot + 1; i < fresh; i++) {
            if (link(i) >= MISSING) {
                return i;
            }
        }
        return MISSING;
    }

    /** Bytes of records, index and keys. */
    public long memoryBytes() {
        final long records = Math.min(capacity, (fresh + (long)segmentMask) & ~segmentMask);
        return records * stride + indexBytes() + keys.memoryBytes();
    }

    long indexBytes() {
        return index.capacity() * 2L * Integer.BYTES;
    }

    private int takeSlot() {
        if (MISSING == free) {
            if (null == segments[fresh >>> segmentShift]) {
                makeSegment(fresh >>> segmentShift);
            }
            return fresh++;
        }
        final int slot = free;
        free = -2 - link(slot) - 1;
        return slot;
    }

    private int before(final int first, final int slot) {
        int at = first;
        for (int link = link(at); link != slot; link = link(at)) {
            at = link;
        }
        return at;
    }

    int hashOf(final int slot) {
        return hash(scope(slot), keyBuffer(slot), keyOffset(slot), keyLength(slot));
    }

    private boolean isOccupied(final int slot) {
        return slot >= 0 && slot < fresh && link(slot) >= MISSING;
    }

    /** The records are the table's own memory, and its slots its own numbers: read without a check each. */
    private long record(final int slot) {
        return bases[slot >>> segmentShift] + (long)(slot & segmentMask) * stride;
    }

    private int link(final int slot) {
        return UnsafeApi.getInt(record(slot) + LINK_OFFSET);
    }

    void putLink(final int slot, final int link) {
        UnsafeApi.putInt(record(slot) + LINK_OFFSET, link);
    }

    private int key(final int slot) {
        return UnsafeApi.getInt(record(slot) + KEY_OFFSET);
    }

    private boolean hasKey(final long record, final DirectBuffer key, final int offset, final int length) {
        final int own = UnsafeApi.getInt(record + KEY_OFFSET);
        if (own < 0) {
            // the hash has checked the slice
            return -1 - own == length &&
                RawBytes.equal(null, record + KEY_BYTES_OFFSET, key.byteArray(), key.addressOffset() + offset, length);
        }
        return keys.equals(own, key, offset, length);
    }

    private static int words(final String what, final int length, final int most) {
        if (length < 0 || length > most || 0 != (length & 7)) {
            throw new IllegalArgumentException(what + " not a multiple of 8 in 0.." + most + ": " + length);
        }
        return length;
    }

    /** Memory follows the most records there ever were: a capacity is a bound, not a price. */
    private void makeSegment(final int segment) {
        final int records = Math.min(1 << segmentShift, capacity - (segment << segmentShift));
        segments[segment] = slabs.take(records * stride);
        bases[segment] = segments[segment].addressOffset();
    }
}
