package io.strowger.router.dispatch;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;

/**
 * Reads the ring of a feed: sequences, whose bytes are copied out of the window that the feeder shares with all.
 *
 * <p>Poller's thread.
 */
final class RingReader {
    private static final ControlledMessageHandler DROP = (type, buffer, index, length) -> ControlledMessageHandler.Action.CONTINUE;

    private final SubscriptionFeed feed;
    private final RecordWindow window;
    private final Delivery delivery;
    private final MutableDirectBuffer copy = new ExpandableArrayBuffer(1024);
    private final ControlledMessageHandler entryHandler = this::onEntry;
    private final ControlledMessageHandler staleHandler = this::onStaleEntry;
    private boolean isPassed;

    RingReader(final SubscriptionFeed feed, final RecordWindow window, final Delivery delivery) {
        this.feed = feed;
        this.window = window;
        this.delivery = delivery;
    }

    /**
     * Delivers what is in the ring.
     *
     * @return how many entries were looked at; 0 also when the first could not be delivered.
     */
    int read(final int limit) {
        isPassed = false;
        return feed.ring().controlledRead(entryHandler, limit);
    }

    /** Whether there is nothing in the ring now. */
    boolean isEmpty() {
        return 0 == feed.ring().size();
    }

    /** Whether the last read found a record that the window had passed: the ring is of no use from there on. */
    boolean isPassed() {
        return isPassed;
    }

    /** Takes out what has been looked at already. */
    void dropStale() {
        // a read stops at the ring's edge, hence two
        feed.ring().controlledRead(staleHandler);
        feed.ring().controlledRead(staleHandler);
    }

    /** Takes out everything: what the ring holds is read from the journal. */
    void dropAll() {
        feed.ring().controlledRead(DROP);
        feed.ring().controlledRead(DROP);
    }

    private ControlledMessageHandler.Action onEntry(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        final long sequence = buffer.getLong(index + SubscriptionFeed.SEQUENCE_OFFSET);
        if (sequence < delivery.nextSequence()) {
            return ControlledMessageHandler.Action.CONTINUE;
        }
        final int recordLength = buffer.getInt(index + SubscriptionFeed.LENGTH_OFFSET);
        if (!window.copy(buffer.getLong(index + SubscriptionFeed.POSITION_OFFSET), recordLength, copy)) {
            delivery.reached(sequence);
            isPassed = true;
            return ControlledMessageHandler.Action.ABORT;
        }
        return delivery.deliver(copy, 0, sequence) ? ControlledMessageHandler.Action.CONTINUE : ControlledMessageHandler.Action.ABORT;
    }

    private ControlledMessageHandler.Action onStaleEntry(final int type, final MutableDirectBuffer buffer, final int index,
                                                         final int length) {
        return buffer.getLong(index + SubscriptionFeed.SEQUENCE_OFFSET) < delivery.nextSequence()
            ? ControlledMessageHandler.Action.CONTINUE : ControlledMessageHandler.Action.ABORT;
    }
}
