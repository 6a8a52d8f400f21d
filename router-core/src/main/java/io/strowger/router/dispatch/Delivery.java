package io.strowger.router.dispatch;

import org.agrona.DirectBuffer;

/**
 * How far a subscription has got, and the handler that takes what comes next. Whatever brings records, everything below
 * {@link #nextSequence()} has been looked at and is passed over.
 *
 * <p>Poller's thread.
 */
final class Delivery {
    private EventHandler handler;
    private Throwable fault;
    private long nextSequence;
    private long total;
    private int delivered;
    private int limit;
    private boolean isOver;

    Delivery(final long nextSequence) {
        this.nextSequence = nextSequence;
    }

    /** Sees that a limit of events lets one through: a read of none would look like one that found none. */
    static void check(final int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1: " + limit);
        }
    }

    void begin(final EventHandler eventHandler, final int deliveryLimit) {
        handler = eventHandler;
        delivered = 0;
        limit = deliveryLimit;
    }

    /** First sequence not looked at yet. */
    long nextSequence() {
        return nextSequence;
    }

    /** Everything below has been looked at. */
    void reached(final long sequence) {
        nextSequence = Math.max(nextSequence, sequence);
    }

    /** How many were taken since {@link #begin}. */
    int delivered() {
        return delivered;
    }

    /** How many were taken in all. */
    long total() {
        return total;
    }

    /** Whether this read is to end. */
    boolean isFull() {
        return isOver || delivered >= limit;
    }

    /** Shows nothing more, also when this is called from within the handler. */
    void end() {
        isOver = true;
    }

    /**
     * Shows a record to the handler, and then counts it as looked at. Returns false, and does not, when the handler threw, or behind the
     * {@link #end}.
     */
    boolean deliver(final DirectBuffer buffer, final int record, final long sequence) {
        if (isOver) {
            return false;
        }
        try {
            handler.onEvent(buffer, record);
        } catch (final RuntimeException | Error thrown) {
            fault = thrown;
            return false;
        }
        delivered++;
        total++;
        nextSequence = sequence + 1;
        return true;
    }

    /** Whether the handler has thrown, and nobody was told. */
    boolean hasFault() {
        return null != fault;
    }

    /** Throws what the handler has thrown, once. */
    void rethrow() {
        final Throwable thrown = fault;
        fault = null;
        if (thrown instanceof Error error) {
            throw error;
        }
        if (null != thrown) {
            throw (RuntimeException)thrown;
        }
    }
}
