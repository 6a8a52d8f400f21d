package io.strowger.ops.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of whole numbers from 0 in buckets that are at most an eighth of their number wide. One thread counts and allocates nothing,
 * anybody reads.
 */
final class LogHistogram {
    private static final int BITS = 3;
    private static final int PARTS = 1 << BITS;
    private static final int BUCKETS = (Long.SIZE - BITS) * PARTS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    /** Counts a number, from 0. */
    void add(final long value) {
        final int bucket = bucket(value);
        counts.setOpaque(bucket, counts.getPlain(bucket) + 1);
    }

    /** The counts of all buckets. */
    long[] counts() {
        final long[] copy = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            copy[i] = counts.getOpaque(i);
        }
        return copy;
    }

    /** Which bucket a number is counted in. */
    static int bucket(final long value) {
        if (value < PARTS) {
            return (int)value;
        }
        final int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        return (exponent - BITS + 1) * PARTS + (int)((value >>> (exponent - BITS)) & (PARTS - 1));
    }

    /** The largest number that is counted in a bucket. */
    static long largest(final int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        final int shift = bucket / PARTS - 1;
        return ((PARTS + bucket % PARTS + 1L) << shift) - 1;
    }
}
