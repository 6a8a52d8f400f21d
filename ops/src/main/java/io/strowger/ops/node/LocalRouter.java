package io.strowger.ops.node;

import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.ingest.IngestTarget;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.Router;
import io.strowger.router.RouterConfiguration;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.follower.Follower;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.snapshot.SnapshotStore;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * A router over a Chronicle journal on the caller's thread, with journal time from the sources: the same input gives the same records.
 *
 * <p>One thread makes all calls.
 */
public final class LocalRouter implements IngestTarget, AutoCloseable {
    /** Records that a start need not fold again are worth a snapshot from so many on. */
    private static final long WORTH_A_SNAPSHOT = 50_000;

    private final ChronicleJournal journal;
    private final SnapshotStore snapshots;
    private final Router router;
    private final Channel channel;

    private LocalRouter(final ChronicleJournal journal, final SnapshotStore snapshots, final Router router) {
        this.journal = journal;
        this.snapshots = snapshots;
        this.router = router;
        this.channel = router.openChannel();
    }

    /**
     * Opens the journal, or makes it, and replays it from the newest good snapshot on.
     *
     * @param directory of the journal.
     * @param notes     told what a person should know, a line each.
     * @param taps      see every event from now on.
     * @throws io.strowger.router.journal.JournalException when it can't be opened, or is damaged.
     */
    public static LocalRouter open(final Path directory, final Consumer<String> notes, final Tap... taps) {
        final ChronicleJournal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(directory));
        try {
            final SnapshotStore snapshots = SnapshotFolder.of(directory);
            final RouterContext context = new RouterContext()
                .journal(journal)
                .snapshots(snapshots)
                .errorHandler(fault -> notes.accept(fault.getMessage()))
                .threadingMode(ThreadingMode.INVOKER)
                .journalTime(JournalTime.SOURCE)
                .admission(new AdmissionWalk(TemplateSet.forSources())::check)
                .rejectRecordsPerSecond(RouterConfiguration.ALL_REJECTS)
                .fatalHandler(fault -> { });
            for (final Tap tap : taps) {
                context.tap(tap);
            }
            return new LocalRouter(journal, snapshots, Router.launch(context));
        } catch (final RuntimeException | Error fault) {
            journal.close();
            throw fault;
        }
    }

    @Override
    public int sourceNumber(final int tenant, final String name) {
        return router.sourceNumber(tenant, name);
    }

    @Override
    public long lastSourceSequence(final int source) {
        return Math.max(router.lastSourceSequence(source), router.lastRejectedSequence(source));
    }

    @Override
    public int offer(final DirectBuffer signal, final int offset, final int length) {
        final long code = channel.offer(signal, offset, length);
        if (code >= 0) {
            return TAKEN;
        }
        if (ReturnCode.BACK_PRESSURED == code) {
            return FULL;
        }
        if (ReturnCode.CLOSED == code) {
            throw failed();
        }
        return ReturnCode.rejectReason(code);
    }

    @Override
    public void drain() {
        final long refusals = router.counters().get(RouterCounter.JOURNAL_FULL);
        int work;
        do {
            work = router.poll();
        } while (work > 0);
        if (ReturnCode.CLOSED == work) {
            throw failed();
        }
        if (router.counters().get(RouterCounter.JOURNAL_FULL) > refusals) {
            throw new FailedException("the disk of the journal is full: what is not in it yet comes when this is run again");
        }
    }

    @Override
    public long lastSequence() {
        return router.lastSequence();
    }

    @Override
    public long chain() {
        return router.chain();
    }

    @Override
    public long digest() {
        return router.digest();
    }

    /**
     * Writes a snapshot of the state at the journal's end, if that spares the next start much.
     *
     * @throws io.strowger.router.snapshot.SnapshotException when it can't be written: nothing else is harmed.
     */
    public void keepSnapshot() {
        final long[] kept = snapshots.sequences();
        if (journal.lastSequence() - (0 == kept.length ? 0 : kept[0]) >= WORTH_A_SNAPSHOT) {
            final Follower follower = Follower.open(journal, snapshots, Long.MAX_VALUE, fault -> { });
            try {
                follower.run(Long.MAX_VALUE, position -> { });
                follower.writeSnapshot();
            } finally {
                follower.discard();
            }
        }
    }

    /** The journal it stands on, for readers. */
    public ChronicleJournal journal() {
        return journal;
    }

    @Override
    public void close() {
        try {
            router.close();
        } finally {
            journal.close();
        }
    }

    private FailedException failed() {
        final Throwable failure = router.failure();
        return new FailedException("the router has stopped: " + (null == failure.getMessage() ? failure : failure.getMessage()));
    }
}
