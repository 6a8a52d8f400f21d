package io.strowger.router.dispatch;

import io.strowger.router.journal.BlockHandler;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.PositionException;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One reading of the journal for all subscriptions that have fallen behind, with an index and a window of its own.
 *
 * <pre>
 *   enter ──► behind the pass?  ──► it goes back if that is near, else the next pass begins with the one farthest behind
 *     └─────► else in the pass: each match goes into its ring
 *                 │                                    └── ring full for too long, or a fault ──► out: it reads the journal itself
 *                 v  near the journal's end
 *             the core is asked, names J ──► the pass goes on to J - 1 ──► out: its ring, then the core's
 * </pre>
 *
 * <p>A pass waits a little for a ring that is full, and for whoever has not taken what its window is about to lose, then goes on without
 * them: who reads slowly, or wants more than it can take, delays the others little, and so do all of them together. Where records were
 * removed from the journal beneath it, it goes on without those who want them. The core does nothing for whoever is here.
 *
 * <p>One thread turns it; pollers enter from any.
 */
public final class CatchUpPass {
    private static final int BLOCKS_A_TURN = 16;
    private static final int JOINS_A_COMMAND = 64;

    /** Records before the journal's end from which the core is asked to take over. */
    private static final int NEAR = 1024;

    private final Journal journal;
    private final RecordWindow window;
    private final PassWindow halves;
    private final Subscriptions port;
    private final RouterCounters counters;
    private final ErrorHandler errorHandler;
    private final Runnable wake;
    private final Queue<PassFeed> entering = new ConcurrentLinkedQueue<>();
    private final WaitingFeeds waiting = new WaitingFeeds();
    private final Passengers passengers = new Passengers();
    /** Out of the pass, while the core owes them an answer. */
    private final List<PassFeed> owed = new ArrayList<>();
    private final FeedBucket matches = new FeedBucket();
    private final FullRings full = new FullRings();
    private final PassPatience patience = new PassPatience();
    private final EventView event = new EventView();
    private final RecordCursor records = new RecordCursor();
    private final BlockHandler blockHandler = this::onBlock;
    /** The rest of a block, while the pass waits for readers. */
    private final MutableDirectBuffer held = new ExpandableArrayBuffer(64 * 1024);
    private JournalCursor cursor;
    private long position;
    private boolean isHolding;
    private volatile boolean isOver;

    /**
     * A pass that nobody is in.
     *
     * @param journal      to read.
     * @param window       of its own, shared with the pollers.
     * @param port         to the core.
     * @param counters     for the blocks it reads.
     * @param errorHandler told of a fault, behind which everybody reads the journal for himself.
     * @param wake         wakes the thread that turns it.
     */
    public CatchUpPass(final Journal journal, final RecordWindow window, final Subscriptions port, final RouterCounters counters,
                       final ErrorHandler errorHandler, final Runnable wake) {
        this.journal = journal;
        this.window = window;
        this.halves = new PassWindow(window, patience);
        this.port = port;
        this.counters = counters;
        this.errorHandler = errorHandler;
        this.wake = wake;
    }

    /** Takes a subscription in. Poller's thread. */
    void enter(final PassFeed feed) {
        entering.add(feed);
        if (isOver) {
            turnAway();
        }
        wake.run();
    }

    /** Its window, for the pollers. */
    RecordWindow window() {
        return window;
    }

    /** Whether nobody is in it, or on the way in or out. On the thread that turns it. */
    public boolean isEmpty() {
        return passengers.isEmpty() && waiting.isEmpty() && owed.isEmpty() && entering.isEmpty();
    }

    /** Takes one turn. Returns how much it found to do. */
    public int doWork() {
        if (isOver) {
            return turnAway() + settleOwed();
        }
        try {
            return turn();
        } catch (final RuntimeException | Error fault) {
            turnOut();
            errorHandler.onError(fault);
            return 1;
        }
    }

    /** Turns everybody out, behind the router's end. On the thread that turns it. */
    public void close() {
        isOver = true;
        turnOut();
        owed.forEach(PassFeed::leave);
        owed.clear();
    }

    /** Whom a fault of the journal turns out reads for himself, and finds it there or does not; the next pass tries again. */
    private void turnOut() {
        while (!passengers.isEmpty()) {
            final PassFeed feed = passengers.get(passengers.size() - 1);
            out(feed, feed.wants(position));
        }
        waiting.release(feed -> feed.leave(feed.from()));
        turnAway();
        closeCursor();
    }

    private int turnAway() {
        int count = 0;
        for (PassFeed feed = entering.poll(); null != feed; feed = entering.poll()) {
            feed.leave(feed.from());
            count++;
        }
        return count;
    }

    private int turn() {
        int work = accept() + settleOwed();
        if (passengers.isEmpty()) {
            isHolding = false;
            full.clear();
            closeCursor();
            if (waiting.isEmpty()) {
                return work;
            }
            begin();
            if (passengers.isEmpty()) {
                return work + 1;
            }
        } else if (!isHolding && waiting.isWorthGoingBack(position, journal.lastSequence())) {
            goBack();
        }
        if (isHolding) {
            work += goOn() ? 1 : 0;
        }
        if (!isHolding) {
            final int blocks = readOn();
            work += blocks;
            if (0 == blocks || journal.lastSequence() - position < NEAR) {
                work += askCore();
            }
        }
        return work + handOver();
    }

    /** While somebody waits nobody else gets on: else a pass that is always joined by others would never begin again for him. */
    private int accept() {
        int count = 0;
        for (PassFeed feed = entering.poll(); null != feed; feed = entering.poll()) {
            if (feed.wantsOut()) {
                feed.leave(feed.from());
            } else if (!passengers.isEmpty() && waiting.isEmpty() && feed.from() >= position) {
                passengers.add(feed);
            } else {
                waiting.add(feed);
            }
            count++;
        }
        return count;
    }

    private void begin() {
        position = Long.MAX_VALUE;
        waiting.beginPass();
        patience.begin();
        boardAll();
    }

    /** Reads again for those who wait; whoever is in the pass has had what comes until it is here again. */
    private void goBack() {
        for (int i = 0; i < passengers.size(); i++) {
            passengers.get(i).hasHadUpTo(position);
        }
        closeCursor();
        boardAll();
    }

    private void boardAll() {
        final long first = journal.firstSequence();
        waiting.release(feed -> {
            if (feed.from() < first) {
                // it finds out for itself that its position is gone
                feed.leave(feed.from());
            } else {
                position = Math.min(position, feed.from());
                passengers.add(feed);
            }
        });
    }

    /** Reads the next blocks. Returns how much it found to do. */
    private int readOn() {
        try {
            if (null == cursor) {
                cursor = journal.openCursor(position);
            }
            return cursor.poll(blockHandler, BLOCKS_A_TURN);
        } catch (final PositionException gone) {
            if (!gone.isTooOld()) {
                throw gone;
            }
            goOnBehind(gone.first());
            return 1;
        }
    }

    /** Goes on with those who want nothing that was removed; the others find out for themselves that their position is gone. */
    private void goOnBehind(final long first) {
        closeCursor();
        long next = Long.MAX_VALUE;
        for (int i = passengers.size() - 1; i >= 0; i--) {
            final PassFeed feed = passengers.get(i);
            final long wanted = feed.wants(position);
            if (wanted < first) {
                out(feed, wanted);
            } else {
                next = Math.min(next, wanted);
            }
        }
        position = next;
    }

    private boolean onBlock(final DirectBuffer buffer, final int offset, final int length) {
        counters.increment(RouterCounter.CATCH_UP_BLOCKS);
        if (passengers.mayMatch(buffer, offset) && !read(buffer, offset)) {
            held.putBytes(0, buffer, offset, length);
            isHolding = true;
            return false;
        }
        position = BlockLayout.firstSequence(buffer, offset) + BlockLayout.count(buffer, offset);
        return true;
    }

    /** Reads a block from {@link #position} on; false when it has stopped within, to wait for readers. */
    private boolean read(final DirectBuffer buffer, final int block) {
        records.wrap(buffer, block);
        while (records.next()) {
            if (records.sequence() >= position && records.hasEvent()) {
                position = records.sequence();
                if (!halves.makeRoom(records.length(), passengers, this::leaveBehind)) {
                    return false;
                }
                feed(buffer);
                if (!full.isEmpty()) {
                    position = records.sequence() + 1;
                    return false;
                }
            }
        }
        return true;
    }

    private void feed(final DirectBuffer block) {
        final long sequence = records.sequence();
        passengers.match(event.wrap(block, records.record()), sequence, matches);
        long place = 0;
        boolean isInWindow = false;
        for (int i = 0; i < matches.size(); i++) {
            final PassFeed feed = (PassFeed)matches.get(i);
            if (sequence < feed.from()) {
                continue;
            }
            if (!isInWindow) {
                place = halves.append(block, records.record(), records.length());
                full.event(sequence, place, records.length());
                isInWindow = true;
            }
            if (!feed.offer(sequence, place, records.length())) {
                full.add(feed);
            }
        }
    }

    /** Tries full rings again, and goes on with the block when it need not wait any longer. Returns whether it could. */
    private boolean goOn() {
        if (!full.retry(patience, this::leaveBehind)) {
            return false;
        }
        final long before = position;
        if (!read(held, 0)) {
            return position != before;
        }
        position = BlockLayout.firstSequence(held, 0) + BlockLayout.count(held, 0);
        isHolding = false;
        return true;
    }

    private void leaveBehind(final PassFeed feed) {
        counters.increment(RouterCounter.LEFT_BEHIND);
        out(feed, feed.wants(position));
    }

    /** Asks the core to feed some of those who are near the journal's end. */
    private int askCore() {
        final List<PassFeed> asked = new ArrayList<>();
        for (int i = 0; i < passengers.size() && asked.size() < JOINS_A_COMMAND; i++) {
            if (!passengers.get(i).isJoinAsked()) {
                asked.add(passengers.get(i));
            }
        }
        if (asked.isEmpty()) {
            return 0;
        }
        asked.forEach(feed -> feed.isJoinAsked(true));
        final boolean isPassedOn = port.requestJoins(asked);
        asked.forEach(feed -> feed.isJoinAsked(isPassedOn));
        return isPassedOn ? asked.size() : 0;
    }

    /** Lets those go on whom the core feeds from a place that the pass has reached. */
    private int handOver() {
        int count = 0;
        for (int i = passengers.size() - 1; i >= 0; i--) {
            final PassFeed feed = passengers.get(i);
            final long joinedAt = feed.isJoinAsked() ? feed.core().joinedAt() : 0;
            final long wanted = feed.wants(position);
            // while a block is held, a full ring has not got the event before the position
            if ((0 != joinedAt && wanted >= joinedAt && !isHolding) || feed.wantsOut()) {
                out(feed, wanted);
                count++;
            }
        }
        return count;
    }

    private void out(final PassFeed feed, final long missedFrom) {
        passengers.remove(feed);
        // whose ring is full has not got the event that the pass has come to
        feed.out(full.missedFrom(feed, missedFrom));
        if (feed.isJoinOwed() && !feed.core().isAbandoned()) {
            owed.add(feed);
        } else {
            feed.leave();
        }
    }

    /** Who has left while the core owed an answer may go when it has come: an answer must not come later, unawaited. */
    private int settleOwed() {
        int count = 0;
        for (int i = owed.size() - 1; i >= 0; i--) {
            final PassFeed feed = owed.get(i);
            if (!feed.isJoinOwed()) {
                feed.leave();
                owed.remove(i);
                count++;
            }
        }
        return count;
    }

    private void closeCursor() {
        if (null != cursor) {
            cursor.close();
            cursor = null;
        }
    }
}
