package io.strowger.ops.connector;

import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: twice as long each time up to a cap, and of that between half and all, by chance, so that what fell
 * together does not come back together. One thread.
 */
public final class BackOff {
    private static final double LEAST = 0.5;

    private final long firstMs;
    private final long capMs;
    private final DoubleSupplier chance;
    private long nextMs;

    /**
     * Before the first try.
     *
     * @param firstMs greatest first wait in milliseconds, from 1.
     * @param capMs   greatest wait of all.
     * @param chance  from 0 to less than 1.
     */
    public BackOff(final long firstMs, final long capMs, final DoubleSupplier chance) {
        this.firstMs = firstMs;
        this.capMs = capMs;
        this.chance = chance;
        this.nextMs = firstMs;
    }

    /** The next wait in milliseconds, from 1. */
    public long next() {
        final long whole = nextMs;
        nextMs = whole >= capMs / 2 ? capMs : whole * 2;
        return jittered(whole);
    }

    /** A wait as long as any, in milliseconds: trying sooner would be of no use. */
    public long longest() {
        nextMs = capMs;
        return jittered(capMs);
    }

    /** It went well: the next wait is short again. */
    public void reset() {
        nextMs = firstMs;
    }

    private long jittered(final long whole) {
        return Math.max(1, Math.round(whole * (LEAST + (1 - LEAST) * chance.getAsDouble())));
    }
}
