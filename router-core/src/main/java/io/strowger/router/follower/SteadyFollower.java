package io.strowger.router.follower;

import io.strowger.router.journal.Journal;
import io.strowger.router.journal.MissingRecordsException;
import io.strowger.router.journal.PositionException;
import io.strowger.router.snapshot.SnapshotStore;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;

/**
 * A follower that gets over the faults of its journal and its snapshots.
 *
 * <pre>
 *   a fault of   a read                            it goes on where it stands, a while later
 *                a fold, or the place is gone      another begins with the newest snapshot, a while later
 *                determinism: other records        the end: no other fold would give what the journal has
 * </pre>
 *
 * <p>One thread, but for what says so.
 */
final class SteadyFollower {
    /** In place of a position: it needs nothing of the journal that its snapshots do not. */
    static final long NOTHING = Long.MAX_VALUE;

    private static final long FIRST_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_WAIT_NS = TimeUnit.MINUTES.toNanos(1);

    /** Faults in a row, some minutes, behind which the journal is no longer kept for it. */
    private static final int LETS_GO = 16;

    private final Journal journal;
    private final SnapshotStore snapshots;
    private final ErrorHandler errorHandler;
    private final Outage outage;
    private Follower follower;
    private long failedAt;
    /** What to say to those who wait, behind a try that has failed again or for good. */
    private String refusal;
    /** First sequence it still needs. */
    private volatile long needs = 1;
    private boolean isOver;

    /**
     * One that has folded nothing yet.
     *
     * @param snapshots    null for none.
     * @param errorHandler told of the first of its faults in a row, and of each snapshot that was passed over.
     * @param clock        of the waits between its tries.
     */
    SteadyFollower(final Journal journal, final SnapshotStore snapshots, final RouterCounters counters, final ErrorHandler errorHandler,
                   final NanoClock clock) {
        this.journal = journal;
        this.snapshots = snapshots;
        this.errorHandler = errorHandler;
        this.outage = new Outage(clock, FIRST_WAIT_NS, LONGEST_WAIT_NS, errorHandler, counters, RouterCounter.FOLLOWER_FAULTS);
    }

    /**
     * Folds what the journal has behind it, unless it waits before it tries again.
     *
     * @param blocks most blocks in this call.
     * @return how much it found to do.
     */
    int follow(final int blocks) {
        if (!outage.isTimeToTry()) {
            return 0;
        }
        try {
            if (null == follower) {
                follower = Follower.open(journal, snapshots, Long.MAX_VALUE, this::onPassedOver);
                follower.indexUsers();
            }
            final int work = follower.follow(blocks);
            onGoodTurn();
            return work;
        } catch (final RuntimeException | Error fault) {
            onFault(fault);
            return 1;
        }
    }

    /** What has been folded; null when there is nothing. */
    Follower follower() {
        return follower;
    }

    /** Why those who wait should wait no longer, as the last try has found; null when they should. */
    String refusal() {
        return refusal;
    }

    /** Whether it has got over every fault. */
    boolean isWell() {
        return 0 == outage.faults();
    }

    /** Whether it has come to its end. */
    boolean isOver() {
        return isOver;
    }

    /** First sequence of the journal that it needs, {@link #NOTHING} for none. Any thread. */
    long needs() {
        return needs;
    }

    /** Lets go of everything. */
    void close() {
        isOver = true;
        needs = NOTHING;
        final Follower last = follower;
        follower = null;
        if (null != last) {
            last.discard();
        }
    }

    private void onGoodTurn() {
        final long position = follower.position();
        needs = position + 1;
        // a fold that was begun again has to come past the place first
        if (outage.faults() > 0 && (position > failedAt || (position == failedAt && 0 == follower.lag()))) {
            outage.end();
            failedAt = 0;
        }
        if (0 == outage.faults()) {
            refusal = null;
        }
    }

    private void onFault(final Throwable fault) {
        outage.onFault(fault);
        if (null != follower) {
            failedAt = Math.max(failedAt, follower.position());
            isOver = follower.isDifferent();
            closeBehind(fault);
        }
        if (isOver && outage.faults() > 1) {
            // the end is told, whatever was told before
            errorHandler.onError(fault);
        }
        if (null == follower || outage.faults() > LETS_GO) {
            needs = NOTHING;
        }
        if (isOver || outage.faults() > 1) {
            refusal = "the follower has failed" + (isOver ? ": " : ", and tries again: ") + fault.getMessage();
        }
    }

    private void closeBehind(final Throwable fault) {
        final Follower last = follower;
        try {
            if (isOver || !last.isIntact() || fault instanceof PositionException || fault instanceof MissingRecordsException) {
                follower = null;
                last.discard();
            } else {
                last.close();
            }
        } catch (final RuntimeException | Error second) {
            fault.addSuppressed(second);
        }
    }

    private void onPassedOver(final Throwable snapshot) {
        if (0 == outage.faults()) {
            errorHandler.onError(snapshot);
        }
    }
}
