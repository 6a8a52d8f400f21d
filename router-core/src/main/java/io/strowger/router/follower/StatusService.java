package io.strowger.router.follower;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.dispatch.StatusRoom;
import io.strowger.router.journal.Journal;
import io.strowger.router.pipeline.Duty;
import io.strowger.router.pipeline.Waker;
import io.strowger.router.snapshot.SnapshotStore;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;

/**
 * The follower of a live router: it folds the journal once more, on a thread of its own, answers what is asked, and writes snapshots. The
 * router does nothing for it.
 *
 * <pre>
 *   ask ──► questions, the tenants in turn ──► answered when the follower stands at least where the journal's end was at the asking
 * </pre>
 *
 * <p>A fault of the journal, of a snapshot or of the fold is said to the error handler, once, and tried again a while later; who asks
 * or waits behind the second failed try is refused with the reason, until one is good. A journal that is not what its inputs give ends
 * the follower alone, for good: whoever asks is refused.
 *
 * <p>Any thread asks; one thread turns it.
 */
public final class StatusService implements Duty {
    private static final int BLOCKS_A_TURN = 16;

    private final Journal journal;
    private final SteadyFollower steady;
    private final PeriodicSnapshots snapshots;
    private final RouterCounters counters;
    private final ErrorHandler errorHandler;
    private final Waker waker;
    private final StatusRoom room;
    private final OpenQuestions questions = new OpenQuestions();
    /** Why nobody is answered any more, null while they are. */
    private final AtomicReference<String> end = new AtomicReference<>();
    private volatile boolean isStopped;

    /**
     * A service that has folded nothing yet: its first turn begins with the newest good snapshot.
     *
     * @param journal      of the router.
     * @param snapshots    of the journal, null for none.
     * @param counters     for its position and its answers.
     * @param errorHandler told of its faults, and of each snapshot that was passed over.
     * @param waker        wakes its thread.
     * @param clock        of the waits behind faults.
     */
    public StatusService(final Journal journal, final SnapshotStore snapshots, final FollowerSettings settings,
                         final RouterCounters counters, final ErrorHandler errorHandler, final Waker waker, final NanoClock clock) {
        this.journal = journal;
        this.steady = new SteadyFollower(journal, snapshots, counters, errorHandler, clock);
        this.snapshots = new PeriodicSnapshots(null == snapshots ? FollowerSettings.NO_SNAPSHOTS : settings.snapshotRecords(), counters,
            errorHandler, clock);
        this.counters = counters;
        this.errorHandler = errorHandler;
        this.waker = waker;
        this.room = new StatusRoom(settings.statusCapacityBytes(), settings.tenantCapacityBytes());
    }

    /**
     * Asks for a status as it is now or a little later.
     *
     * @param filter of whose tenant, names and kinds.
     * @return to be polled until it is ready, then read, then closed.
     */
    public StatusReport ask(final Filter filter) {
        final StatusReport report = new StatusReport(filter, room);
        if (!questions.add(report, journal.lastSequence())) {
            report.refuse("more questions wait for an answer than one tenant may ask at once");
        }
        if (null != end.get()) {
            refuseAll();
        }
        waker.wake();
        return report;
    }

    /**
     * First sequence of the journal that the follower still needs, for retention. Any thread.
     *
     * @return {@link Long#MAX_VALUE} when it needs nothing: behind its end, or when its faults have lasted for minutes and it will begin
     *     again with a snapshot.
     */
    public long needs() {
        return steady.needs();
    }

    @Override
    public int doWork() {
        if (null != end.get()) {
            tellPlace(null);
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
        int work = steady.follow(BLOCKS_A_TURN);
        if (steady.isOver()) {
            endWith(steady.refusal());
        } else if (null != steady.refusal()) {
            questions.refuseAll(steady.refusal());
        }
        final Follower follower = steady.follower();
        tellPlace(follower);
        if (null == follower) {
            return work;
        }
        final long position = follower.position();
        final StatusReport question = questions.next(position);
        if (null != question) {
            answer(question, follower);
            counters.increment(RouterCounter.STATUS_ANSWERS);
            work++;
        }
        // behind a fault it may stand within a block, where no recovery begins
        return steady.isWell() ? work + snapshots.write(follower) : work;
    }

    /** Where there is none, it lags behind where the last one stood. */
    private void tellPlace(final Follower follower) {
        if (null != follower) {
            counters.set(RouterCounter.FOLLOWER_POSITION, follower.position());
        }
        counters.set(RouterCounter.FOLLOWER_LAG, journal.lastSequence() - counters.get(RouterCounter.FOLLOWER_POSITION));
    }

    /** An answer that can't be given harms who has asked, nobody else. */
    private void answer(final StatusReport report, final Follower follower) {
        try {
            report.answer(follower);
        } catch (final RuntimeException | Error fault) {
            report.refuse("the status could not be written: " + fault.getMessage());
            errorHandler.onError(fault);
        }
    }

    private void endWith(final String reason) {
        end.compareAndSet(null, reason);
        steady.close();
        refuseAll();
    }

    private int refuseAll() {
        return questions.refuseAll(end.get());
    }
}
