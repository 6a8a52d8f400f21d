package io.strowger.router.dispatch;

import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.status.ReturnCode;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;

/**
 * The poller's end of a subscription: its filtered part of the one order, without a hole and without a repeat, at its own pace.
 *
 * <pre>
 *             ring full, or window passed                     end of the journal reached
 *    LIVE ───────────────────────────────► LAGGING ─────────────────────────────────────► JOINING
 *     ^       poll: NEEDS_CATCH_UP                 catchUp reads the journal                 │
 *     └──────────────────────────────────────────────────────────────────────────────────────┘
 *                      the core has named the sequence J from which it feeds the ring again,
 *                      and the journal has been read up to J - 1
 * </pre>
 *
 * <p>What keeps it whole is one number, the first sequence not looked at yet: an entry of the ring below it was read from the journal
 * already and is passed over. One thread at a time polls; its pace never touches the router.
 */
public final class Subscription implements AutoCloseable {
    private static final int BLOCKS_A_POLL = 16;

    private final SubscriptionFeed feed;
    private final RecordWindow window;
    private final Journal journal;
    private final Subscriptions port;
    private final MutableDirectBuffer copy = new ExpandableArrayBuffer(1024);
    private final RecordCursor records = new RecordCursor();
    private final EventView event = new EventView();
    private final ControlledMessageHandler entryHandler = this::onEntry;
    private final BlockHandler blockHandler = this::onBlock;
    private final ControlledMessageHandler staleHandler = (type, buffer, index, length) -> ControlledMessageHandler.Action.CONTINUE;
    private EventHandler handler;
    private Throwable handlerFault;
    /** What it begins with, null once that is read. */
    private StatusReport report;
    private boolean isSnapshotBegun;
    private JournalCursor cursor;
    private long nextSequence;
    private int delivered;
    private int deliveryLimit;
    private boolean isLagging;
    private boolean isJoining;
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
        this.window = window;
        this.journal = journal;
        this.port = port;
        this.nextSequence = nextSequence;
        this.isLagging = isLagging;
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
     * Takes the next events as they come from the router.
     *
     * @param eventHandler takes each; what it throws comes out of this call.
     * @param limit        most events in this call, from 1.
     * @return how many were taken, 0 when there is nothing new; {@link ReturnCode#NEEDS_CATCH_UP} when the subscription has fallen behind:
     *     {@link #catchUp} goes on at {@link #nextSequence()}; {@link ReturnCode#CLOSED} when nothing more will come.
     */
    public int poll(final EventHandler eventHandler, final int limit) {
        if (isClosed || port.hasFailed()) {
            return ReturnCode.CLOSED;
        }
        if (isLagging) {
            return ReturnCode.NEEDS_CATCH_UP;
        }
        // read before the ring: whatever the core put in before it stopped is then surely seen by the read below
        final boolean wasClosed = port.isClosed();
        final long missedFrom = feed.missedFrom();
        handler = eventHandler;
        delivered = 0;
        final int entries = feed.ring().controlledRead(entryHandler, limit);
        rethrowFault();
        if (0 != delivered) {
            return delivered;
        }
        if (0 == entries && !isLagging && 0 != missedFrom) {
            nextSequence = Math.max(nextSequence, missedFrom);
            isLagging = true;
        }
        if (isLagging) {
            return ReturnCode.NEEDS_CATCH_UP;
        }
        return 0 == entries && wasClosed ? ReturnCode.CLOSED : 0;
    }

    /**
     * Takes the next events from the journal, on this thread, until the subscription is live again; then {@link #poll} goes on.
     *
     * @param eventHandler takes each; what it throws comes out of this call.
     * @param limit        the call returns behind the block with which so many events are reached.
     * @return how many were taken; 0 when there is nothing new: see {@link #isLagging()}; {@link ReturnCode#CLOSED} when nothing more will
     *     come.
     * @throws io.strowger.router.journal.PositionException when the journal no longer has {@link #nextSequence()}.
     * @throws StatusException when it is to begin with a status that can't be given.
     */
    public int catchUp(final EventHandler eventHandler, final int limit) {
        if (isClosed || port.hasFailed()) {
            return ReturnCode.CLOSED;
        }
        if (!isLagging) {
            return 0;
        }
        final boolean wasClosed = port.isClosed();
        if (null != report) {
            return !report.isReady() && wasClosed ? ReturnCode.CLOSED : readSnapshot(eventHandler, limit);
        }
        handler = eventHandler;
        delivered = 0;
        deliveryLimit = limit;
        if (null == cursor) {
            cursor = journal.openCursor(nextSequence);
        }
        int blocks;
        do {
            blocks = cursor.poll(blockHandler, BLOCKS_A_POLL);
            rethrowFault();
        } while (blocks > 0 && delivered < limit);
        if (0 == blocks) {
            atJournalEnd();
        }
        return 0 == blocks && 0 == delivered && wasClosed ? ReturnCode.CLOSED : delivered;
    }

    /** Begins where the core has begun to feed it. */
    void beginLive() {
        nextSequence = feed.joinedAt();
    }

    /** The core's end. */
    SubscriptionFeed feed() {
        return feed;
    }

    /** Whether the next events come from the journal, through {@link #catchUp}. */
    public boolean isLagging() {
        return isLagging;
    }

    /** First sequence not looked at yet: everything below it that matches has been delivered. */
    public long nextSequence() {
        return nextSequence;
    }

    /** What it asks for. */
    public Filter filter() {
        return feed.filter();
    }

    /**
     * Leaves the router. On the polling thread. Repeated calls do nothing.
     */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            closeCursor();
            if (null != report) {
                report.close();
            }
            port.requestLeave(feed);
        }
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
        if (count < limit) {
            eventHandler.onSnapshotEnd(position);
            report.close();
            report = null;
            nextSequence = position + 1;
        }
        return count;
    }

    private void atJournalEnd() {
        if (!isJoining) {
            // what is in the ring now lies below the sequence the core will name: make room (a read stops at the ring's edge, hence two)
            feed.ring().controlledRead(staleHandler);
            feed.ring().controlledRead(staleHandler);
            feed.forgetJoin();
            isJoining = port.requestJoin(feed);
        }
        final long joinedAt = isJoining ? feed.joinedAt() : 0;
        if (0 != joinedAt && nextSequence >= joinedAt) {
            closeCursor();
            isJoining = false;
            isLagging = false;
        }
    }

    private ControlledMessageHandler.Action onEntry(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        final long sequence = buffer.getLong(index + SubscriptionFeed.SEQUENCE_OFFSET);
        if (sequence < nextSequence) {
            return ControlledMessageHandler.Action.CONTINUE;
        }
        final int recordLength = buffer.getInt(index + SubscriptionFeed.LENGTH_OFFSET);
        if (!window.copy(buffer.getLong(index + SubscriptionFeed.POSITION_OFFSET), recordLength, copy)) {
            nextSequence = sequence;
            isLagging = true;
            return ControlledMessageHandler.Action.ABORT;
        }
        if (!deliver(copy, 0)) {
            return ControlledMessageHandler.Action.ABORT;
        }
        nextSequence = sequence + 1;
        return ControlledMessageHandler.Action.CONTINUE;
    }

    private boolean onBlock(final DirectBuffer buffer, final int offset, final int length) {
        final long end = BlockLayout.firstSequence(buffer, offset) + BlockLayout.count(buffer, offset);
        if (feed.filter().mayMatchBlock(buffer, offset)) {
            records.wrap(buffer, offset);
            while (records.next()) {
                if (records.sequence() >= nextSequence && records.hasEvent()) {
                    if (feed.filter().matches(event.wrap(buffer, records.record())) && !deliver(buffer, records.record())) {
                        return false;
                    }
                    nextSequence = records.sequence() + 1;
                }
            }
        }
        nextSequence = Math.max(nextSequence, end);
        return delivered < deliveryLimit && !port.hasFailed();
    }

    /** Returns false when the handler threw. */
    private boolean deliver(final DirectBuffer buffer, final int record) {
        try {
            handler.onEvent(buffer, record);
            delivered++;
            return true;
        } catch (final RuntimeException | Error fault) {
            handlerFault = fault;
            return false;
        }
    }

    private void rethrowFault() {
        final Throwable fault = handlerFault;
        if (null != fault) {
            handlerFault = null;
            closeCursor();
            if (fault instanceof Error error) {
                throw error;
            }
            throw (RuntimeException)fault;
        }
    }

    private void closeCursor() {
        if (null != cursor) {
            cursor.close();
            cursor = null;
        }
    }
}
