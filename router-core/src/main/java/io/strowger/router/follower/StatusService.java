package io.strowger.router.follower;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.dispatch.StatusRoom;
import io.strowger.router.journal.Journal;
import io.strowger.router.pipeline.Duty;
import io.strowger.router.pipeline.Waker;
import io.strowger.router.snapshot.SnapshotException;
import io.strowger.router.snapshot.SnapshotStore;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.ErrorHandler;

/**
 * The follower of a live router: it folds the journal once more, on a thread of its own, answers what is asked, and writes snapshots. The
 * router does nothing for it.
 *
 * <pre>
 *   ask ──► questions ──► answered when the follower stands at least where the journal's end was at the asking
 * </pre>
 *
 * <p>A fault of the follower (a journal that is not what its inputs give, records removed before they were folded) ends the follower
 * alone: it is said to the error handler, and whoever asks is refused with its reason. A snapshot that can't be written is said and tried
 * again an interval later.
 *
 * <p>Any thread asks; one thread turns it.
 */
public final class StatusService implements Duty {
    private static final int BLOCKS_A_TURN = 16;

    private final Journal journal;
    private final SnapshotStore snapshots;
    private final FollowerSettings settings;
    private final RouterCounters counters;
    private final ErrorHandler errorHandler;
    private final Waker waker;
    private final StatusRoom room;
    private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
    /** Why nobody is answered any more, null while they are. */
    private final AtomicReference<String> end = new AtomicReference<>();
    private volatile boolean isStopped;
    private Follower follower;
    private long nextSnapshot;

    /**
     * A service that has folded nothing yet: its first turn begins with the newest good snapshot.
     *
     * @param journal      of the router.
     * @param snapshots    of the journal, null for none.
     * @param counters     for its position and its answers.
     * @param errorHandler told of its faults, and of each snapshot that was passed over.
     * @param waker        wakes its thread.
     */
    public StatusService(final Journal journal, final SnapshotStore snapshots, final FollowerSettings settings,
                         final RouterCounters counters, final ErrorHandler errorHandler, final Waker waker) {
        this.journal = journal;
        this.snapshots = snapshots;
        this.settings = settings;
        this.counters = counters;
        this.errorHandler = errorHandler;
        this.waker = waker;
        this.room = new StatusRoom(settings.statusCapacityBytes());
    }

    /**
     * Asks for a status as it is now or a little later.
     *
     * @param filter of whose tenant, names and kinds.
     * @return to be polled until it is ready, then read, then closed.
     */
    public StatusReport ask(final Filter filter) {
        final StatusReport report = new StatusReport(filter, room);
        questions.add(new Question(report, journal.lastSequence()));
        if (null != end.get()) {
            refuseAll();
        }
        waker.wake();
        return report;
    }

    @Override
    public int doWork() {
        if (null != end.get()) {
            return refuseAll();
        }
        try {
            return turn();
        } catch (final RuntimeException | Error fault) {
            errorHandler.onError(fault);
            endWith("the follower has failed: " + fault.getMessage());
            return 1;
        }
    }

    @Override
    public boolean isDone() {
        return isStopped;
    }

    @Override
    public void stop() {
        isStopped = true;
        waker.wake();
    }

    @Override
    public String name() {
        return "strowger-follower";
    }

    @Override
    public void close() {
        endWith("the router is closed");
    }

    private int turn() {
        if (null == follower) {
            follower = Follower.open(journal, snapshots, Long.MAX_VALUE, errorHandler);
            follower.indexUsers();
            nextSnapshot = follower.startedAt() + settings.snapshotRecords();
        }
        int work = follower.follow(BLOCKS_A_TURN);
        final long position = follower.position();
        counters.set(RouterCounter.FOLLOWER_POSITION, position);
        counters.set(RouterCounter.FOLLOWER_LAG, follower.lag());
        final Question question = questions.peek();
        if (null != question && position >= question.atLeast()) {
            questions.remove();
            answer(question.report());
            counters.increment(RouterCounter.STATUS_ANSWERS);
            work++;
        }
        if (FollowerSettings.NO_SNAPSHOTS != settings.snapshotRecords() && null != snapshots && position >= nextSnapshot) {
            writeSnapshot(position);
            work++;
        }
        return work;
    }

    /** An answer that can't be given harms who has asked, nobody else. */
    private void answer(final StatusReport report) {
        try {
            report.answer(follower);
        } catch (final RuntimeException | Error fault) {
            report.refuse("the status could not be written: " + fault.getMessage());
            errorHandler.onError(fault);
        }
    }

    private void writeSnapshot(final long position) {
        nextSnapshot = position + settings.snapshotRecords();
        try {
            follower.writeSnapshot();
            counters.increment(RouterCounter.SNAPSHOTS);
        } catch (final SnapshotException fault) {
            errorHandler.onError(fault);
        }
    }

    private void endWith(final String reason) {
        end.compareAndSet(null, reason);
        if (null != follower) {
            follower.close();
            follower = null;
        }
        refuseAll();
    }

    private int refuseAll() {
        int count = 0;
        for (Question question = questions.poll(); null != question; question = questions.poll()) {
            question.report().refuse(end.get());
            count++;
        }
        return count;
    }

    /**
     * Somebody waits.
     *
     * @param report  to be answered.
     * @param atLeast the sequence it must not be older than.
     */
    private record Question(StatusReport report, long atLeast) {
    }
}
