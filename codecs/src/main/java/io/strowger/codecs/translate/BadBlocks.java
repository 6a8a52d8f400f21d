package io.strowger.codecs.translate;

import io.strowger.codecs.translate.StreamCounters.Counter;

/**
 * Where the first blocks stand that could not be read. Written by the translator's thread, read by it; allocates nothing.
 */
public final class BadBlocks {
    /** So many are remembered; the counters know of all. */
    public static final int MOST = 10;

    private final int[] connections = new int[MOST];
    private final long[] starts = new long[MOST];
    private final Counter[] reasons = new Counter[MOST];
    private int count;

    void add(final int connection, final long start, final Counter reason) {
        if (count < MOST) {
            connections[count] = connection;
            starts[count] = start;
            reasons[count++] = reason;
        }
    }

    /** How many are remembered, at most {@link #MOST}. */
    public int count() {
        return count;
    }

    /**
     * The connection of one.
     *
     * @param index from 0, in the order they came.
     */
    public int connection(final int index) {
        return connections[index];
    }

    /**
     * Where it begins: behind the block before it.
     *
     * @param index from 0, in the order they came.
     * @return bytes from the connection's start.
     */
    public long start(final int index) {
        return starts[index];
    }

    /**
     * What is wrong with it.
     *
     * @param index from 0, in the order they came.
     * @return MALFORMED, TOO_LARGE or UNFINISHED.
     */
    public Counter reason(final int index) {
        return reasons[index];
    }
}
