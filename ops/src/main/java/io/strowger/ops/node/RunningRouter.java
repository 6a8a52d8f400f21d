package io.strowger.ops.node;

import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.ops.config.KeepConfig;
import io.strowger.ops.config.RouterConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.KeptCycles;
import io.strowger.persistence.retention.Retention;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.follower.FollowerSettings;
import io.strowger.router.journal.FoldLimits;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * Journal and router of a server, with threads of their own. Any thread.
 */
public final class RunningRouter implements AutoCloseable {
    private static final long SNAPSHOT_RECORDS = 1_000_000;
    /** Few for each of many streams: who falls behind reads the journal, with all others that do. */
    private static final int SUBSCRIPTION_EVENTS = 255;

    private final ChronicleJournal journal;
    private final Router router;
    private final OffsetEpochNanoClock clock;
    private final long reserveBytes;
    /** Null when everything is kept. */
    private JournalKeeping keeping;

    private RunningRouter(final ChronicleJournal journal, final Router router, final OffsetEpochNanoClock clock,
                          final long reserveBytes) {
        this.journal = journal;
        this.router = router;
        this.clock = clock;
        this.reserveBytes = reserveBytes;
    }

    /**
     * Opens the journal and replays it.
     *
     * @param notes   told what a person should know, a line each.
     * @param onFatal told what has ended the router.
     * @param tap     sees every event.
     * @throws io.strowger.router.journal.JournalException when it can't be opened, or is damaged.
     */
    public static RunningRouter open(final ServerConfig config, final Consumer<String> notes, final Consumer<Throwable> onFatal,
                                     final Tap tap) {
        final Path directory = Path.of(config.journal().directory());
        final ChronicleJournalContext kept = new ChronicleJournalContext().directory(directory);
        final OffsetEpochNanoClock clock = new OffsetEpochNanoClock();
        final ChronicleJournal journal = ChronicleJournal.open(kept);
        try {
            final RouterContext context = new RouterContext()
                .journal(journal)
                .epochNanoClock(clock)
                .snapshots(SnapshotFolder.of(directory))
                .follower(FollowerSettings.defaults().withSnapshotRecords(SNAPSHOT_RECORDS))
                .durability(config.journal().durability())
                .visibility(config.journal().durability())
                .admission(new AdmissionWalk(TemplateSet.forSources())::check)
                .errorHandler(fault -> notes.accept(fault.getMessage()))
                .fatalHandler(onFatal::accept)
                .subscriptionCapacity(SUBSCRIPTION_EVENTS)
                .tap(tap);
            size(context, config.router());
            final Router router = Router.launch(context);
            return keep(config.journal().keep(), directory, new RunningRouter(journal, router, clock, kept.reserveBytes()));
        } catch (final RuntimeException | Error fault) {
            journal.close();
            throw fault;
        }
    }

    private static RunningRouter keep(final KeepConfig keep, final Path directory, final RunningRouter running) {
        if (null != keep) {
            try {
                final Retention retention =
                    new Retention(directory, JournalKeeping.limits(keep)).hold("follower", running.router::followerNeeds);
                running.keeping =
                    new JournalKeeping(KeptCycles.of(running.journal), retention, SystemEpochNanoClock.INSTANCE::nanoTime);
                running.keeping.start();
            } catch (final RuntimeException | Error fault) {
                running.router.close();
                throw fault;
            }
        }
        return running;
    }

    /** Sets what is said. */
    static void size(final RouterContext context, final RouterConfig config) {
        set(config.sessions(), context::sessionCapacity);
        set(config.users(), context::userCapacity);
        set(config.groups(), context::groupCapacity);
        set(config.sources(), context::sourceCapacity);
        set(config.actions(), context::actionCapacity);
        set(config.actionKeepMinutes(), minutes -> context.actionKeepMs(TimeUnit.MINUTES.toMillis(minutes)));
        if (null != config.threads()) {
            context.threadingMode(config.threads());
        }
    }

    private static void set(final Integer value, final IntConsumer setter) {
        if (null != value) {
            setter.accept(value);
        }
    }

    /** The router. */
    public Router router() {
        return router;
    }

    /**
     * Sees whether the machine's clock was set, or stood still with the machine: the router reads one that only goes on, and by itself
     * looks at the other once an hour.
     */
    public void lookAtClock() {
        clock.sample();
    }

    /** What the router's tables hold at most. */
    public FoldLimits limits() {
        return FoldLimits.of(journal);
    }

    /** Bytes on the disk that the journal leaves alone: it takes nothing while no more is free. */
    public long reserveBytes() {
        return reserveBytes;
    }

    /** Begins nothing more that takes long: before the rest of the server ends. */
    public void ending() {
        if (null != keeping) {
            keeping.ending();
        }
    }

    /** What removes from the journal; null when everything is kept. */
    JournalKeeping keeping() {
        return keeping;
    }

    @Override
    public void close() {
        if (null != keeping) {
            keeping.close();
        }
        try {
            router.close();
        } finally {
            journal.close();
        }
    }
}
