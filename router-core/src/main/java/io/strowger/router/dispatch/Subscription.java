package io.strowger.router.dispatch;

import io.strowger.router.journal.Journal;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The poller's end of a subscription: its filtered part of the one order, without a hole and without a repeat, at its own pace.
 *
 * <pre>
 *               snapshot read                   ring full, or window passed
 *   SNAPSHOT ─────────────────►┐       ┌───────────────────────────────────────── LIVE: the core's ring
 *                              v       v                                            ^
 *                            LAGGING: has to enter the pass                         │
 *                              │                                                    │ the pass has reached J, from which the core feeds
 *                              ├─────► IN THE PASS: the shared pass's ring ─────────┤
 *                              │           │ left behind, or a fault                │
 *                              v           v                                        │
 *                            ALONE: reads the journal itself, through catchUp ──────┘ it has reached J itself
 * </pre>
 *
 * <p>What keeps it whole is one number, the first sequence not looked at yet: whatever brings a record below it is passed over. One thread
 * at a time polls; its pace never touches the router.
 */
public final class Subscription implements AutoCloseable {
    private static final int COUNTED_A_CALL = 4096;

    private final SubscriptionFeed feed;
    private final Journal journal;
    private final Subscriptions port;
    private final Delivery delivery;
    private final RingReader live;
    private final JournalReader alone;
    /** What it begins with, null once that is read. */
    private StatusReport report;
    /** Null when it is not in the pass. */
    private RingReader inPass;
    private PassFeed passFeed;
    /** Kept for the next time, null until the first. */
    private AtomicBuffer passMemory;
    /** The pass's window has passed its ring. */
    private boolean isBehindWindow;
    private boolean isSnapshotBegun;
    private boolean isLagging;
    private boolean isAlone;
    private boolean isJoining;
    /** Within a call that delivers. */
    private boolean isInside;
    private boolean isClosed;

    /**
     * A subscription that has looked at nothing yet.
     *
     * @param feed         its core's end.
     * @param window       shared with the core.
     * @param journal      to catch up from.
     * @param port         to the core.
     * @param nextSequence first sequence to look at.
     * @param isLagging    whether it begins in the journal.
     */
    Subscription(final SubscriptionFeed feed, final RecordWindow window, final Journal journal, final Subscriptions port,
                 final long nextSequence, final boolean isLagging) {
        this.feed = feed;
        this.port = port;
        this.journal = journal;
        this.delivery = new Delivery(nextSequence);
        this.live = new RingReader(feed, window, delivery);
        this.alone = new JournalReader(journal, feed.filter(), delivery, port::hasFailed);
        this.isLagging = isLagging;
        this.isAlone = isLagging && null == port.pass();
    }

    /**
     * A subscription that begins with a status.
     *
     * @param report to be read first; the others as above.
     */
    Subscription(final SubscriptionFeed feed, final RecordWindow window, final Journal journal, final Subscriptions port,
                 final StatusReport report) {
        this(feed, window, journal, port, 0, true);
        this.report = report;
    }

    /**
     * Takes the next events as they come from the router, or from the shared pass over the journal.
     *
     * @param eventHandler takes each; what it throws comes out of this call.
     * @param limit        most events in this call, from 1.
     * @return how many were taken, 0 when there is nothing new; {@link ReturnCode#NEEDS_CATCH_UP} when it begins with a snapshot or must
     *     read the journal itself: {@link #catchUp} goes on at {@link #nextSequence()}; {@link ReturnCode#CLOSED} when nothing more will
     *     come.
     * @throws IllegalArgumentException when the limit is below 1.
     * @throws IllegalStateException    when the handler calls it.
     */
    public int poll(final EventHandler eventHandler, final int limit) {
        enter(limit);
        try {
            return pollNext(eventHandler, limit);
        } finally {
            exit();
        }
    }

    private int pollNext(final EventHandler eventHandler, final int limit) {
        if (isClosed || port.hasFailed()) {
            return ReturnCode.CLOSED;
        }
        if (isAlone || null != report) {
            return ReturnCode.NEEDS_CATCH_UP;
        }
        delivery.begin(eventHandler, limit);
        if (null != inPass) {
            return pollPass(limit);
        }
        return isLagging ? enterPass() : pollLive(limit);
    }

    /**
     * Takes the snapshot that it begins with, or the next events from the journal, on this thread, until {@link #poll} can go on.
     *
     * @param eventHandler takes each; what it throws comes out of this call.
     * @param limit        from 1; the call returns behind the block with which so many events are reached.
     * @return how many were taken; 0 when there is nothing new, or when {@link #poll} is to go on; {@link ReturnCode#CLOSED} when nothing
     *     more will come.
     * @throws io.strowger.router.journal.PositionException when the journal no longer has {@link #nextSequence()}.
     * @throws StatusException when it is to begin with a status that can't be given.
     * @throws IllegalArgumentException when the limit is below 1.
     * @throws IllegalStateException when the handler calls it.
     */
    public int catchUp(final EventHandler eventHandler, final int limit) {
        enter(limit);
        try {
            return catchUpNext(eventHandler, limit);
        } finally {
            exit();
        }
    }

    private int catchUpNext(final EventHandler eventHandler, final int limit) {
        if (isClosed || port.hasFailed()) {
            return ReturnCode.CLOSED;
        }
        final boolean wasClosed = port.isClosed();
        if (null != report) {
            return wasClosed && !report.isAnswered() ? ReturnCode.CLOSED : readSnapshot(eventHandler, limit);
        }
        if (!isLagging || null != inPass) {
            return 0;
        }
        isAlone = true;
        delivery.begin(eventHandler, limit);
        final boolean isMore = alone.read();
        delivery.rethrow();
        if (!isMore && !isClosed) {
            atJournalEnd();
        }
        return !isMore && 0 == delivery.delivered() && wasClosed ? ReturnCode.CLOSED : delivery.delivered();
    }

    /**
     * How many events it wants that the journal has at this moment and it has not looked at. Reads the journal, on this thread.
     */
    long countUnsent() {
        port.awaitFlush();
        final long end = journal.lastSequence();
        final long[] count = new long[1];
        final Delivery counting = new Delivery(delivery.nextSequence());
        final JournalReader reader = new JournalReader(journal, feed.filter(), counting, port::hasFailed);
        boolean isMore = true;
        while (isMore && counting.nextSequence() <= end) {
            counting.begin((buffer, record) -> count[0] += RecordLayout.sequence(buffer, record) <= end ? 1 : 0, COUNTED_A_CALL);
            isMore = reader.read();
        }
        reader.close();
        return count[0];
    }

    /** Begins where the core has begun to feed it. */
    void beginLive() {
        delivery.reached(feed.joinedAt());
    }

    /** Has the core mark what it feeds. Returns false when that could not be passed on now. */
    boolean markOn(final ReadyBoard.Mark mark) {
        return port.requestMark(feed, mark);
    }

    /** The core's end. */
    SubscriptionFeed feed() {
        return feed;
    }

    /** Whether the next events come from the journal and not from the core. */
    public boolean isLagging() {
        return isLagging;
    }

    /** First sequence not looked at yet: everything below it that matches has been delivered. */
    public long nextSequence() {
        return delivery.nextSequence();
    }

    /** How many events it has delivered: the number that the last one has in this stream, from 1. */
    public long deliveries() {
        return delivery.total();
    }

    /** How many records the journal has behind the last that it has looked at, 0 when nothing waits for it. Polling thread. */
    public long lag() {
        final boolean isUpToDate = !isLagging && 0 == feed.missedFrom() && 0 == feed.ring().size();
        return isUpToDate ? 0 : Math.max(0, journal.lastSequence() + 1 - delivery.nextSequence());
    }

    /** What it asks for. */
    public Filter filter() {
        return feed.filter();
    }

    /**
     * Leaves the router. On the polling thread, also from within the handler, which is then called no more: not for the end of a snapshot
     * either. Repeated calls do nothing.
     */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            delivery.end();
            if (!isInside) {
                alone.close();
            }
            if (null != report) {
                report.close();
            }
            port.requestLeave(feed);
        }
    }

    private void enter(final int limit) {
        Delivery.check(limit);
        if (isInside) {
            throw new IllegalStateException("a subscription can't be read from within its own handler");
        }
        isInside = true;
    }

    private void exit() {
        isInside = false;
        if (isClosed) {
            // not before: the handler may look at what it was given
            alone.close();
        }
    }

    private int pollLive(final int limit) {
        // read before the ring: whatever the core put in before it stopped is then surely seen by the read below
        final boolean wasClosed = port.isClosed();
        final long missedFrom = feed.missedFrom();
        final int entries = live.read(limit);
        delivery.rethrow();
        if (live.isPassed()) {
            isLagging = true;
        } else if (0 == entries && 0 != missedFrom && live.isEmpty()) {
            delivery.reached(missedFrom);
            isLagging = true;
        }
        if (0 != delivery.delivered()) {
            return delivery.delivered();
        }
        if (isLagging) {
            return enterPass();
        }
        return 0 == entries && wasClosed && live.isEmpty() ? ReturnCode.CLOSED : 0;
    }

    private int enterPass() {
        final CatchUpPass pass = port.pass();
        if (null == pass) {
            isAlone = true;
            return ReturnCode.NEEDS_CATCH_UP;
        }
        live.dropStale();
        feed.forgetJoin();
        if (null == passMemory) {
            passMemory = PassFeed.allocate(port.ringEntries());
        }
        passFeed = new PassFeed(feed, delivery.nextSequence(), passMemory);
        inPass = new RingReader(passFeed, pass.window(), delivery);
        pass.enter(passFeed);
        return 0;
    }

    private int pollPass(final int limit) {
        final long leftAt = passFeed.missedFrom();
        if (isBehindWindow) {
            inPass.dropAll();
        } else if (inPass.read(limit) > 0 || inPass.isPassed()) {
            delivery.rethrow();
            if (inPass.isPassed()) {
                // the pass goes first: while the core may owe it an answer, nobody else may ask the core
                isBehindWindow = true;
                passFeed.wantOut();
            }
            live.dropStale();
            return delivery.delivered();
        }
        delivery.rethrow();
        if (0 != leftAt && inPass.isEmpty()) {
            leavePass(leftAt);
        }
        return isAlone ? ReturnCode.NEEDS_CATCH_UP : 0;
    }

    private void leavePass(final long leftAt) {
        if (!isBehindWindow) {
            delivery.reached(leftAt);
        }
        final long joinedAt = feed.joinedAt();
        isLagging = isBehindWindow || 0 == joinedAt || delivery.nextSequence() < joinedAt;
        isAlone = isLagging;
        isBehindWindow = false;
        inPass = null;
        passFeed = null;
    }

    private int readSnapshot(final EventHandler eventHandler, final int limit) {
        if (!report.isReady()) {
            return 0;
        }
        final long position = report.position();
        if (!isSnapshotBegun) {
            eventHandler.onSnapshotBegin(position);
            isSnapshotBegun = true;
        }
        final int count = report.read(eventHandler, limit);
        if (count < limit && !isClosed) {
            eventHandler.onSnapshotEnd(position);
            report.close();
            report = null;
            delivery.reached(position + 1);
        }
        return count;
    }

    private void atJournalEnd() {
        if (!isJoining) {
            // what is in the ring now lies below the sequence the core will name: make room
            live.dropAll();
            feed.forgetJoin();
            isJoining = port.requestJoin(feed);
        }
        final long joinedAt = isJoining ? feed.joinedAt() : 0;
        if (0 != joinedAt && delivery.nextSequence() >= joinedAt) {
            alone.close();
            isJoining = false;
            isLagging = false;
            isAlone = false;
        }
    }
}
