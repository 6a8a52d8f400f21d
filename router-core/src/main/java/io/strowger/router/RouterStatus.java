package io.strowger.router;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.dispatch.StatusRoom;
import io.strowger.router.follower.Follower;
import io.strowger.router.follower.FollowerSettings;
import io.strowger.router.follower.StatusService;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalException;
import io.strowger.router.pipeline.Pipeline;
import io.strowger.router.snapshot.SnapshotStore;
import org.agrona.ErrorHandler;

/**
 * What a router answers when it is asked for its status: through its follower, or, without one, by folding the journal on the asker's
 * thread.
 */
final class RouterStatus {
    private final Pipeline pipeline;
    private final Journal journal;
    private final SnapshotStore snapshots;
    private final ErrorHandler errorHandler;
    private final FollowerSettings settings;
    /** Null without a follower. */
    private final StatusService service;

    /**
     * What a router answers.
     *
     * @param service of its follower, null for none.
     */
    RouterStatus(final RouterContext context, final Pipeline pipeline, final StatusService service) {
        this.pipeline = pipeline;
        this.journal = pipeline.visibleJournal();
        this.snapshots = pipeline.snapshots();
        this.errorHandler = context.errorHandler();
        this.settings = null == context.follower() ? FollowerSettings.defaults() : context.follower();
        this.service = service;
    }

    /** First sequence that the follower needs, {@link Long#MAX_VALUE} for none. */
    long needs() {
        return null == service ? Long.MAX_VALUE : service.needs();
    }

    StatusReport ask(final Filter filter) {
        if (null != service) {
            return service.ask(filter);
        }
        // kept for the caller: it would close the journal's files
        boolean isInterrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return fold(filter);
                } catch (final JournalException ex) {
                    if (!Thread.interrupted()) {
                        throw ex;
                    }
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private StatusReport fold(final Filter filter) {
        final StatusReport report = new StatusReport(filter, StatusRoom.forOne(settings.statusCapacityBytes()));
        pipeline.awaitFlush();
        final Follower follower = Follower.open(journal, snapshots, Long.MAX_VALUE, errorHandler);
        try {
            follower.run(Long.MAX_VALUE, position -> { });
            report.answer(follower);
        } finally {
            follower.discard();
        }
        return report;
    }
}
