package io.strowger.router.state;

import org.agrona.BitUtil;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.Long2LongHashMap;

/**
 * Makes hash indexes that never grow: a resize at ten million entries would stop the core for a second.
 */
public final class PresizedIndex {
    /** Less full would save wrongly guessed branches, but double the index of many a capacity. */
    private static final float LOAD_FACTOR = 0.65f;

    private PresizedIndex() {
    }

    /**
     * An empty index from hashes to slots.
     *
     * @param capacity most entries there will be.
     * @return it answers {@link KeyedTable#MISSING} for what is not in it.
     */
    static Int2IntHashMap of(final int capacity) {
        final Int2IntHashMap index = new Int2IntHashMap(lengthOf(capacity), LOAD_FACTOR, KeyedTable.MISSING);
        if (index.resizeThreshold() < capacity) {
            throw new IllegalStateException("the index would grow at " + index.resizeThreshold() + " of " + capacity);
        }
        return index;
    }

    /**
     * An empty index from numbers to slots.
     *
     * @param capacity most entries there will be.
     * @return it answers {@link KeyedTable#MISSING} for what is not in it.
     */
    public static Long2LongHashMap ofNumbers(final int capacity) {
        final Long2LongHashMap index = new Long2LongHashMap(lengthOf(capacity), LOAD_FACTOR, KeyedTable.MISSING);
        if (index.resizeThreshold() < capacity) {
            throw new IllegalStateException("the index would grow at " + index.resizeThreshold() + " of " + capacity);
        }
        return index;
    }

    private static int lengthOf(final int capacity) {
        int length = BitUtil.findNextPositivePowerOfTwo(Math.max(8, capacity));
        while ((int)(length * LOAD_FACTOR) < capacity) {
            length *= 2;
        }
        return length;
    }
}
