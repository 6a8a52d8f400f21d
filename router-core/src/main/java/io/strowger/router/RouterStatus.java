package io.strowger.router;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.dispatch.StatusRoom;
import io.strowger.router.follower.Follower;
import io.strowger.router.follower.FollowerSettings;
import io.strowger.router.follower.StatusService;
import io.strowger.router.journal.Journal;
import io.strowger.router.pipeline.Pipeline;
import io.strowger.router.pipeline.Waker;
import io.strowger.router.snapshot.SnapshotStore;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;

/**
 * What a router answers when it is asked for its status: through its follower, or, without one, by folding the journal on the asker's
 * thread.
 */
final class RouterStatus {
    private static final long LOOK_AGAIN_NS = 1_000_000;

    private final Journal journal;
    private final SnapshotStore snapshots;
    private final ErrorHandler errorHandler;
    private final FollowerSettings settings;
    private final StatusService service;
    private final DutyThread thread;

    RouterStatus(final RouterContext context, final Pipeline pipeline) {
        journal = pipeline.visibleJournal();
        snapshots = pipeline.snapshots();
        errorHandler = context.errorHandler();
        settings = null == context.follower() ? FollowerSettings.defaults() : context.follower();
        if (null == context.follower()) {
            service = null;
            thread = null;
        } else {
            final IdleStrategy idleStrategy = context.newIdleStrategy();
            final Waker waker = context.waker(idleStrategy);
            service = new StatusService(journal, snapshots, settings, context.counters(), errorHandler, waker);
            thread = ThreadingMode.INVOKER == context.threadingMode() ? null : new DutyThread(service, idleStrategy, pipeline);
        }
    }

    void start() {
        if (null != thread) {
            thread.start();
        }
    }

    /** Turns the follower on the caller's thread, where it has none of its own. Returns how much it found to do. */
    int turn() {
        return null == service || null != thread ? 0 : service.doWork();
    }

    StatusReport ask(final Filter filter) {
        if (null != service) {
            return service.ask(filter);
        }
        final StatusReport report = new StatusReport(filter, new StatusRoom(settings.statusCapacityBytes()));
        try (Follower follower = Follower.open(journal, snapshots, Long.MAX_VALUE, errorHandler)) {
            follower.run(Long.MAX_VALUE, position -> { });
            follower.indexUsers();
            report.answer(follower);
        }
        return report;
    }

    /** Ends the follower, before the journal may be closed: a snapshot that is being written is finished. */
    void close() {
        if (null == service) {
            return;
        }
        service.stop();
        if (null == thread) {
            service.close();
        }
        boolean wasInterrupted = false;
        while (null != thread && thread.isAlive() && thread != Thread.currentThread()) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
            wasInterrupted |= Thread.interrupted();
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
