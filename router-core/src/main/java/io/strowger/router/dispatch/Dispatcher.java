package io.strowger.router.dispatch;

import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;

/**
 * Shows a block to taps and subscriptions, once it is in the journal.
 *
 * <pre>
 *   block ──► each record with an event ──► taps, in line
 *                                     └───► index ──► matches ──► window (bytes, once)
 *                                                        └──────► ring of each (sequence, place)
 * </pre>
 *
 * <p>Core thread only. Never waits: a subscription whose ring is full is taken out of the index and finds its own way back.
 */
public final class Dispatcher {
    private static final Tap[] NO_TAPS = new Tap[0];

    private final RecordCursor records = new RecordCursor();
    private final EventView event = new EventView();
    private final SubscriptionIndex index = new SubscriptionIndex();
    private final FeedBucket matches = new FeedBucket();
    private final RecordWindow window;
    private final RouterCounters counters;
    private final ErrorHandler errorHandler;
    private Tap[] taps = NO_TAPS;
    private long lastSequence;

    /**
     * A dispatcher that nobody listens to yet.
     *
     * @param window       of recent records, shared by all subscriptions.
     * @param counters     written to by the core thread.
     * @param errorHandler told of a tap's fault.
     */
    public Dispatcher(final RecordWindow window, final RouterCounters counters, final ErrorHandler errorHandler) {
        this.window = window;
        this.counters = counters;
        this.errorHandler = errorHandler;
    }

    /**
     * Stands behind a journal's end.
     *
     * @param sequence last one that nobody here will be shown.
     */
    public void startBehind(final long sequence) {
        lastSequence = sequence;
    }

    /**
     * Shows one block.
     *
     * @param block  buffer that holds it.
     * @param offset of its header.
     * @param length of header and records.
     */
    public void onBlock(final DirectBuffer block, final int offset, final int length) {
        final boolean hasSubscriptions = hasSubscriptions();
        records.wrap(block, offset);
        int events = 0;
        while (records.next()) {
            if (records.hasEvent()) {
                events++;
                for (int i = 0; i < taps.length; i++) {
                    if (!tell(taps[i], block)) {
                        i--;
                    }
                }
                if (hasSubscriptions) {
                    feedMatches(block);
                }
            }
        }
        lastSequence = BlockLayout.firstSequence(block, offset) + BlockLayout.count(block, offset) - 1;
        counters.add(RouterCounter.EVENTS, events);
        for (int i = 0; i < taps.length; i++) {
            if (!tellEnd(taps[i], block, offset, length)) {
                i--;
            }
        }
    }

    /** Adds a tap behind those there are. */
    public void addTap(final Tap tap) {
        final Tap[] more = new Tap[taps.length + 1];
        System.arraycopy(taps, 0, more, 0, taps.length);
        more[taps.length] = tap;
        taps = more;
    }

    /** Removes a tap, if it is there. */
    public void removeTap(final Tap tap) {
        for (int i = 0; i < taps.length; i++) {
            if (taps[i] == tap) {
                final Tap[] fewer = new Tap[taps.length - 1];
                System.arraycopy(taps, 0, fewer, 0, i);
                System.arraycopy(taps, i + 1, fewer, i, fewer.length - i);
                taps = fewer;
                return;
            }
        }
    }

    /** Feeds from the next sequence on; nothing when the poller has gone meanwhile. */
    void join(final SubscriptionFeed feed) {
        if (feed.isAbandoned()) {
            return;
        }
        if (!feed.isJoined()) {
            index.add(feed);
        }
        feed.join(lastSequence + 1);
    }

    /** Feeds no more. */
    void leave(final SubscriptionFeed feed) {
        if (feed.isJoined()) {
            index.remove(feed);
            feed.leave(lastSequence + 1);
        }
    }

    /** Whether it feeds anybody. */
    boolean hasSubscriptions() {
        return !index.isEmpty();
    }

    private void feedMatches(final DirectBuffer block) {
        final long sequence = records.sequence();
        index.match(event.wrap(block, records.record()), sequence, matches);
        final int count = matches.size();
        if (0 == count) {
            return;
        }
        final int length = records.length();
        final long position = window.append(block, records.record(), length);
        int deliveries = 0;
        for (int i = 0; i < count; i++) {
            final SubscriptionFeed feed = matches.get(i);
            if (feed.offer(sequence, position, length)) {
                deliveries++;
            } else {
                index.remove(feed);
                feed.leave(sequence);
                counters.increment(RouterCounter.LAGGING);
            }
        }
        counters.add(RouterCounter.DELIVERIES, deliveries);
    }

    /** Returns false when the tap threw and is gone. */
    private boolean tell(final Tap tap, final DirectBuffer block) {
        try {
            tap.onEvent(block, records.record());
            return true;
        } catch (final Throwable fault) {
            detach(tap, fault);
            return false;
        }
    }

    private boolean tellEnd(final Tap tap, final DirectBuffer block, final int offset, final int length) {
        try {
            tap.onBlock(block, offset, length);
            return true;
        } catch (final Throwable fault) {
            detach(tap, fault);
            return false;
        }
    }

    private void detach(final Tap tap, final Throwable fault) {
        removeTap(tap);
        counters.increment(RouterCounter.TAP_FAULTS);
        errorHandler.onError(fault);
    }
}
