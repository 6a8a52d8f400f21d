package io.strowger.router.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Those whom a catch-up pass feeds, in no order that matters, with the index that finds who wants an event.
 *
 * <p>On the thread that turns the pass.
 */
final class Passengers {
    /** Up to so many of them the blocks are first asked whether they hold anything for them. */
    private static final int FEW = 64;

    private final List<PassFeed> feeds = new ArrayList<>();
    private final SubscriptionIndex index = new SubscriptionIndex();

    int size() {
        return feeds.size();
    }

    boolean isEmpty() {
        return feeds.isEmpty();
    }

    PassFeed get(final int place) {
        return feeds.get(place);
    }

    void add(final PassFeed feed) {
        feed.place(feeds.size());
        feeds.add(feed);
        index.add(feed);
    }

    /** Takes one out; the last takes its place. */
    void remove(final PassFeed feed) {
        index.remove(feed);
        final PassFeed last = feeds.remove(feeds.size() - 1);
        if (last.place() != feed.place()) {
            feeds.set(feed.place(), last);
            last.place(feed.place());
        }
    }

    /** Whether a block may hold anything for them. */
    boolean mayMatch(final DirectBuffer buffer, final int block) {
        boolean mayMatch = feeds.size() > FEW;
        for (int i = 0; i < feeds.size() && !mayMatch; i++) {
            mayMatch = feeds.get(i).filter().mayMatchBlock(buffer, block);
        }
        return mayMatch;
    }

    /** Finds who wants an event, as {@link SubscriptionIndex#match}. */
    void match(final EventView event, final long sequence, final FeedBucket matches) {
        index.match(event, sequence, matches);
    }
}
