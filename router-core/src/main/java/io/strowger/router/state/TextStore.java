package io.strowger.router.state;

import io.strowger.codecs.RawBytes;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Byte strings of 0 to 1,024 bytes off heap, known by a handle.
 *
 * <p>A string stands in one cell of the smallest of {@value #CLASSES} sizes it fits in, from 16 to 1,032 bytes. A chunk of memory holds
 * cells of one size; a chunk whose cells are all free serves any size again. A handle is the place of the cell in units of 8 bytes:
 *
 * <pre>
 *  handle   31            13 12           0        cell   0        2                                size
 *          +----------------+--------------+             +--------+------------------+--------------+
 *          | chunk, from 1  | offset / 8   |             | length | bytes            | (not used)   |
 *          +----------------+--------------+             +--------+------------------+--------------+
 *          (for chunks of 64 KiB)                 free:  | 0xFFFF | -  | next handle |
 * </pre>
 *
 * <p>Full is a matter of the strings alone: their cells may take {@code capacityBytes} together, whatever was stored and freed before, so
 * a store filled anew with the same strings is as full as this one. Memory follows the most that was ever in use, a chunk at a time: in
 * practice the capacity, and never beyond {@value #CLASSES} times the capacity and a chunk a size. (Only at 16 GiB of memory is the store
 * full in any case.)
 *
 * <p>One thread. Allocates only when it takes a chunk. A handle is good until it is freed; the bytes of a cell never move.
 */
public final class TextStore {
    /** Handle of the empty string; takes no room. */
    public static final int EMPTY = 0;

    /** No room for the string. */
    public static final int FULL = -1;

    /** Longest string in bytes. */
    public static final int MAX_LENGTH = 1024;

    private static final int CLASSES = 15;
    private static final int[] CELL_LENGTHS = {16, 24, 32, 40, 48, 56, 64, 80, 96, 128, 192, 256, 384, 512, 1032};
    private static final byte[] CLASS_BY_UNITS = classByUnits();
    private static final int UNIT_SHIFT = 3;
    private static final int BYTES_OFFSET = 2;
    private static final int NEXT_FREE_OFFSET = 4;
    private static final int FREE_MARK = 0xFFFF;
    private static final int MIN_CHUNK_LENGTH = 4 * 1024;
    private static final int MAX_CHUNK_LENGTH = 64 * 1024;
    private static final int NO_CHUNK = 0;

    /* What is known of a chunk, in ints: first free cell, end of the cells ever used, cells in use, neighbours among the open ones. */
    private static final int META_SHIFT = 3;
    private static final int META_FREE = 0;
    private static final int META_FRESH = 1;
    private static final int META_LIVE = 2;
    private static final int META_PREVIOUS = 3;
    private static final int META_NEXT = 4;

    /** The heap objects of a chunk, by their sizes in a 64-bit JVM. */
    private static final int CHUNK_OBJECTS_LENGTH = 256;

    private final long capacityBytes;
    private final int chunkLength;
    private final int chunkShift;
    private final int offsetMask;
    private final int[] open = new int[CLASSES];
    private final Slabs slabs;
    private UnsafeBuffer[] chunks = new UnsafeBuffer[8];
    /** Where they begin in memory. */
    private long[] bases = new long[chunks.length];
    private int[] meta = new int[chunks.length << META_SHIFT];
    private int chunkCount = 1;
    private int empty = NO_CHUNK;
    private long usedBytes;

    /**
     * An empty store.
     *
     * @param slabs         its chunks are taken from.
     * @param capacityBytes what the cells of all strings may take together; from 0.
     */
    public TextStore(final Slabs slabs, final long capacityBytes) {
        if (capacityBytes < 0) {
            throw new IllegalArgumentException("capacity below 0: " + capacityBytes);
        }
        this.slabs = slabs;
        this.capacityBytes = capacityBytes;
        this.chunkLength = (int)Math.max(MIN_CHUNK_LENGTH, Math.min(MAX_CHUNK_LENGTH, Long.highestOneBit(capacityBytes >>> 6)));
        this.chunkShift = Integer.numberOfTrailingZeros(chunkLength) - UNIT_SHIFT;
        this.offsetMask = (1 << chunkShift) - 1;
        // chunk 0 holds the empty string and nothing else, so reading it needs no special case
        chunks[0] = new UnsafeBuffer(BufferUtil.allocateDirectAligned(1 << UNIT_SHIFT, BitUtil.CACHE_LINE_LENGTH));
        bases[0] = chunks[0].addressOffset();
    }

    /**
     * What a string takes of the capacity.
     *
     * @param length of it in bytes, 0 to {@value #MAX_LENGTH}.
     * @throws IllegalArgumentException when it is longer than that.
     */
    public static int cellLength(final int length) {
        return 0 == length ? 0 : CELL_LENGTHS[classOf(length)];
    }

    /**
     * Stores a string.
     *
     * @param length in bytes, 0 to {@value #MAX_LENGTH}.
     * @return its handle (greater than 0), {@link #EMPTY} for length 0, or {@link #FULL}.
     * @throws IllegalArgumentException when it is longer than that.
     */
    public int put(final DirectBuffer bytes, final int offset, final int length) {
        if (0 == length) {
            return EMPTY;
        }
        final int sizeClass = classOf(length);
        if (usedBytes + CELL_LENGTHS[sizeClass] > capacityBytes) {
            return FULL;
        }
        final int handle = allocate(sizeClass);
        if (FULL != handle) {
            write(handle, bytes, offset, length);
        }
        return handle;
    }

    /**
     * Stores a string in the place of another, which must not be used any more unless the answer is {@link #FULL}.
     *
     * @param handle of the old string, may be {@link #EMPTY}.
     * @param length of the new one in bytes, 0 to {@value #MAX_LENGTH}.
     * @return handle of the new string, {@link #EMPTY} for length 0, or {@link #FULL}: then the old one stays.
     * @throws IllegalArgumentException when it is longer than that.
     */
    public int replace(final int handle, final DirectBuffer bytes, final int offset, final int length) {
        if (EMPTY == handle) {
            return put(bytes, offset, length);
        }
        if (0 == length) {
            free(handle);
            return EMPTY;
        }
        final int oldClass = classOf(length(handle));
        final int newClass = classOf(length);
        if (oldClass == newClass) {
            write(handle, bytes, offset, length);
            return handle;
        }
        if (usedBytes - CELL_LENGTHS[oldClass] + CELL_LENGTHS[newClass] > capacityBytes) {
            return FULL;
        }
        final int newHandle = allocate(newClass);
        if (FULL != newHandle) {
            write(newHandle, bytes, offset, length);
            free(handle);
        }
        return newHandle;
    }

    /**
     * Gives the cell of a string back.
     *
     * @param handle of the string; {@link #EMPTY} does nothing.
     * @throws IllegalArgumentException when it is free already.
     */
    public void free(final int handle) {
        if (EMPTY == handle) {
            return;
        }
        final long cell = cell(handle);
        final int length = UnsafeApi.getShort(cell) & 0xFFFF;
        if (FREE_MARK == length) {
            throw new IllegalArgumentException("free already: " + handle);
        }
        final int sizeClass = classOf(length);
        final int chunk = handle >>> chunkShift;
        final int at = chunk << META_SHIFT;
        if (isFull(at, sizeClass)) {
            link(chunk, sizeClass);
        }
        UnsafeApi.putShort(cell, (short)FREE_MARK);
        UnsafeApi.putInt(cell + NEXT_FREE_OFFSET, meta[at + META_FREE]);
        meta[at + META_FREE] = handle;
        usedBytes -= CELL_LENGTHS[sizeClass];
        if (0 == --meta[at + META_LIVE]) {
            unlink(chunk, sizeClass);
            meta[at + META_NEXT] = empty;
            empty = chunk;
        }
    }

    /**
     * The buffer that holds a string; for {@link #EMPTY} one that may be read at {@link #offset} for 0 bytes.
     */
    public DirectBuffer buffer(final int handle) {
        return chunks[handle >>> chunkShift];
    }

    /**
     * Offset of a string's first byte in its buffer.
     */
    public int offset(final int handle) {
        return ((handle & offsetMask) << UNIT_SHIFT) + BYTES_OFFSET;
    }

    /**
     * Length of a string in bytes.
     */
    public int length(final int handle) {
        return UnsafeApi.getShort(cell(handle)) & 0xFFFF;
    }

    /**
     * Whether a string has just these bytes.
     */
    public boolean equals(final int handle, final DirectBuffer bytes, final int offset, final int length) {
        final long cell = cell(handle);
        if (length != (UnsafeApi.getShort(cell) & 0xFFFF)) {
            return false;
        }
        if (DirectBuffer.SHOULD_BOUNDS_CHECK) {
            bytes.boundsCheck(offset, length);
        }
        return RawBytes.equal(null, cell + BYTES_OFFSET, bytes.byteArray(), bytes.addressOffset() + offset, length);
    }

    /**
     * Bytes of chunks, and of what is kept about them.
     */
    public long memoryBytes() {
        return (chunkCount - 1L) * (chunkLength + BitUtil.CACHE_LINE_LENGTH + CHUNK_OBJECTS_LENGTH)
            + (meta.length + chunks.length) * 4L + bases.length * 8L;
    }

    private void write(final int handle, final DirectBuffer bytes, final int offset, final int length) {
        if (DirectBuffer.SHOULD_BOUNDS_CHECK) {
            bytes.boundsCheck(offset, length);
        }
        final long cell = cell(handle);
        UnsafeApi.putShort(cell, (short)length);
        RawBytes.copy(bytes.byteArray(), bytes.addressOffset() + offset, null, cell + BYTES_OFFSET, length);
    }

    /** The chunks are the store's own memory, and its handles its own numbers: read and written without a check each. */
    private long cell(final int handle) {
        return bases[handle >>> chunkShift] + ((handle & offsetMask) << UNIT_SHIFT);
    }

    private int allocate(final int sizeClass) {
        int chunk = open[sizeClass];
        if (NO_CHUNK == chunk) {
            chunk = openChunk(sizeClass);
            if (NO_CHUNK == chunk) {
                return FULL;
            }
        }
        final int at = chunk << META_SHIFT;
        int handle = meta[at + META_FREE];
        if (EMPTY == handle) {
            handle = (chunk << chunkShift) | (meta[at + META_FRESH] >>> UNIT_SHIFT);
            meta[at + META_FRESH] += CELL_LENGTHS[sizeClass];
        } else {
            meta[at + META_FREE] = UnsafeApi.getInt(cell(handle) + NEXT_FREE_OFFSET);
        }
        meta[at + META_LIVE]++;
        usedBytes += CELL_LENGTHS[sizeClass];
        if (isFull(at, sizeClass)) {
            unlink(chunk, sizeClass);
        }
        return handle;
    }

    private int openChunk(final int sizeClass) {
        int chunk = empty;
        if (NO_CHUNK == chunk) {
            chunk = newChunk();
            if (NO_CHUNK == chunk) {
                return NO_CHUNK;
            }
        } else {
            empty = meta[(chunk << META_SHIFT) + META_NEXT];
        }
        final int at = chunk << META_SHIFT;
        meta[at + META_FREE] = EMPTY;
        meta[at + META_FRESH] = 0;
        link(chunk, sizeClass);
        return chunk;
    }

    private int newChunk() {
        if (chunkCount > Integer.MAX_VALUE >>> chunkShift) {
            return NO_CHUNK;
        }
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length * 2);
            bases = Arrays.copyOf(bases, bases.length * 2);
            meta = Arrays.copyOf(meta, meta.length * 2);
        }
        chunks[chunkCount] = slabs.take(chunkLength);
        bases[chunkCount] = chunks[chunkCount].addressOffset();
        return chunkCount++;
    }

    private boolean isFull(final int at, final int sizeClass) {
        return EMPTY == meta[at + META_FREE] && meta[at + META_FRESH] + CELL_LENGTHS[sizeClass] > chunkLength;
    }

    private void link(final int chunk, final int sizeClass) {
        final int at = chunk << META_SHIFT;
        final int first = open[sizeClass];
        meta[at + META_PREVIOUS] = NO_CHUNK;
        meta[at + META_NEXT] = first;
        if (NO_CHUNK != first) {
            meta[(first << META_SHIFT) + META_PREVIOUS] = chunk;
        }
        open[sizeClass] = chunk;
    }

    private void unlink(final int chunk, final int sizeClass) {
        final int at = chunk << META_SHIFT;
        final int previous = meta[at + META_PREVIOUS];
        final int next = meta[at + META_NEXT];
        if (NO_CHUNK == previous) {
            open[sizeClass] = next;
        } else {
            meta[(previous << META_SHIFT) + META_NEXT] = next;
        }
        if (NO_CHUNK != next) {
            meta[(next << META_SHIFT) + META_PREVIOUS] = previous;
        }
    }

    private static int classOf(final int length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("longer than " + MAX_LENGTH + " bytes: " + length);
        }
        return CLASS_BY_UNITS[(length + BYTES_OFFSET + (1 << UNIT_SHIFT) - 1) >>> UNIT_SHIFT];
    }

    private static byte[] classByUnits() {
        final byte[] classes = new byte[(CELL_LENGTHS[CLASSES - 1] >>> UNIT_SHIFT) + 1];
        int sizeClass = 0;
        for (int units = 0; units < classes.length; units++) {
            while (CELL_LENGTHS[sizeClass] < units << UNIT_SHIFT) {
                sizeClass++;
            }
            classes[units] = (byte)sizeClass;
        }
        return classes;
    }
}
