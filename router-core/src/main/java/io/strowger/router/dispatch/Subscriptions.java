package io.strowger.router.dispatch;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.PositionException;
import io.strowger.router.status.RouterCounters;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.ErrorHandler;

/**
 * Opens subscriptions, and carries what their pollers ask of the core. Any thread.
 */
public final class Subscriptions {
    private final Dispatcher dispatcher;
    private final RecordWindow window;
    private final Journal journal;
    private final CoreCommands commands;
    private final int ringEntries;
    /** Null when each reads the journal for himself. */
    private CatchUpPass pass;
    private final Queue<SubscriptionFeed> leaving = new ConcurrentLinkedQueue<>();

    /**
     * Nobody has subscribed yet.
     *
     * @param dispatcher  of the router.
     * @param window      of the dispatcher.
     * @param journal     to catch up from.
     * @param commands    to the dispatcher's thread.
     * @param ringEntries most matched events that wait for one poller.
     */
    public Subscriptions(final Dispatcher dispatcher, final RecordWindow window, final Journal journal, final CoreCommands commands,
                         final int ringEntries) {
        this.dispatcher = dispatcher;
        this.window = window;
        this.journal = journal;
        this.commands = commands;
        this.ringEntries = ringEntries;
    }

    /**
     * Lets those who have fallen behind read the journal together.
     *
     * @param counters     for the pass.
     * @param errorHandler told of its faults.
     * @param wake         wakes the thread that turns it.
     * @return the pass, to be turned.
     */
    public CatchUpPass shareCatchUp(final int windowCapacity, final RouterCounters counters, final ErrorHandler errorHandler,
                                    final Runnable wake) {
        pass = new CatchUpPass(journal, new RecordWindow(windowCapacity), this, counters, errorHandler, wake);
        return pass;
    }

    /** The pass, null when there is none. */
    CatchUpPass pass() {
        return pass;
    }

    /** Most matched events that wait for one poller. */
    int ringEntries() {
        return ringEntries;
    }

    /**
     * Opens a subscription to everything that comes from now on.
     */
    public Subscription fromNow(final Filter filter) {
        final Subscription subscription = open(filter, 0, false);
        commands.call(() -> {
            leaveAll();
            dispatcher.join(subscription.feed());
        });
        subscription.beginLive();
        return subscription;
    }

    /**
     * Opens a subscription that begins at a position of the journal, so with {@link Subscription#catchUp}.
     *
     * @param position first sequence to look at, from the first one kept to one behind the last.
     * @throws PositionException when the journal has no such position.
     */
    public Subscription from(final Filter filter, final long position) {
        final long first = journal.firstSequence();
        final long last = journal.lastSequence();
        if (position < first || position > last + 1) {
            throw new PositionException(position, first, last);
        }
        return open(filter, position, true);
    }

    /**
     * Opens a subscription that begins with a status, and goes on behind it, with {@link Subscription#catchUp}.
     *
     * @param report of what the subscription wants; the subscription closes it.
     */
    public Subscription behind(final StatusReport report) {
        return new Subscription(new SubscriptionFeed(report.filter(), ringEntries), window, journal, this, report);
    }

    /** Asks the core to feed from its next sequence on. Returns false when that could not be passed on now. */
    boolean requestJoin(final SubscriptionFeed feed) {
        return commands.offer(() -> {
            leaveAll();
            dispatcher.join(feed);
        });
    }

    /** Asks the core to feed all of them from its next sequence on. Returns false when that could not be passed on now. */
    boolean requestJoins(final List<PassFeed> feeds) {
        return commands.offer(() -> {
            leaveAll();
            feeds.forEach(feed -> dispatcher.join(feed.core()));
        });
    }

    /** Asks the core to tell of what it feeds. Returns false when that could not be passed on now. */
    boolean requestMark(final SubscriptionFeed feed, final ReadyBoard.Mark mark) {
        return commands.offer(() -> feed.markOn(mark));
    }

    /** Asks the core to forget the feed. When that can't be passed on now, the next join or leave of anybody takes it along. */
    void requestLeave(final SubscriptionFeed feed) {
        feed.abandon();
        leaving.add(feed);
        commands.offer(this::leaveAll);
    }

    /** Lets readers of the journal see all that was shown. */
    void awaitFlush() {
        commands.awaitFlush();
    }

    /** Whether the router has been closed in order. */
    boolean isClosed() {
        return commands.isClosed();
    }

    /** Whether the router has failed. */
    boolean hasFailed() {
        return commands.hasFailed();
    }

    /** Core thread. */
    private void leaveAll() {
        for (SubscriptionFeed feed = leaving.poll(); null != feed; feed = leaving.poll()) {
            dispatcher.leave(feed);
        }
    }

    private Subscription open(final Filter filter, final long position, final boolean isLagging) {
        return new Subscription(new SubscriptionFeed(filter, ringEntries), window, journal, this, position, isLagging);
    }
}
