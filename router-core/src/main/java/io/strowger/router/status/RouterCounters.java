package io.strowger.router.status;

import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The router's counters: one long each, far enough apart that no two share a cache line pair.
 *
 * <pre>
 *   0                128               256
 *   +------+---------+------+----------+---- - -
 *   | i64  | padding | i64  | padding  |           counter n at n x 128, native byte order
 *   +------+---------+------+----------+---- - -
 * </pre>
 *
 * <p>Each counter has one writing thread, which uses the plain adding methods; those that embedding threads write too are added to with
 * {@link #addAtomic}. Any thread reads. The buffer may be a mapped file, for readers in another process.
 */
public final class RouterCounters {
    /** Distance of one counter from the next in bytes. */
    public static final int COUNTER_LENGTH = 128;

    /** Length of the buffer that holds all counters. */
    public static final int BUFFER_LENGTH = RouterCounter.values().length * COUNTER_LENGTH;

    private final AtomicBuffer buffer;

    /**
     * Counters in memory of their own.
     */
    public RouterCounters() {
        this(new UnsafeBuffer(BufferUtil.allocateDirectAligned(BUFFER_LENGTH, COUNTER_LENGTH)));
    }

    /**
     * Counters in the memory given.
     *
     * @param buffer zeroed, at least {@link #BUFFER_LENGTH} bytes, aligned to 8.
     */
    public RouterCounters(final AtomicBuffer buffer) {
        buffer.boundsCheck(0, BUFFER_LENGTH);
        this.buffer = buffer;
    }

    /**
     * Adds one. Only for the counter's one writing thread.
     */
    public void increment(final RouterCounter counter) {
        add(counter, 1);
    }

    /**
     * Adds a number. Only for the counter's one writing thread.
     */
    public void add(final RouterCounter counter, final long delta) {
        final int index = counter.id() * COUNTER_LENGTH;
        buffer.putLongOpaque(index, buffer.getLong(index) + delta);
    }

    /**
     * Sets the counter. Only for the counter's one writing thread.
     */
    public void set(final RouterCounter counter, final long value) {
        buffer.putLongOpaque(counter.id() * COUNTER_LENGTH, value);
    }

    /**
     * Raises the counter to a value if it is lower. Only for the counter's one writing thread.
     */
    public void proposeMax(final RouterCounter counter, final long value) {
        final int index = counter.id() * COUNTER_LENGTH;
        if (value > buffer.getLong(index)) {
            buffer.putLongOpaque(index, value);
        }
    }

    /**
     * Adds one from any thread.
     */
    public void addAtomic(final RouterCounter counter) {
        buffer.getAndAddLong(counter.id() * COUNTER_LENGTH, 1);
    }

    /**
     * Reads a counter from any thread.
     */
    public long get(final RouterCounter counter) {
        return buffer.getLongOpaque(counter.id() * COUNTER_LENGTH);
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (final RouterCounter counter : RouterCounter.values()) {
            text.append(counter.label()).append('=').append(get(counter)).append('\n');
        }
        return text.toString();
    }
}
