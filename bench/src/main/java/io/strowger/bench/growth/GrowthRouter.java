package io.strowger.bench.growth;

import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.Router;
import io.strowger.router.RouterConfiguration;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.follower.FollowerSettings;
import io.strowger.router.journal.Journal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.RouterCounter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.ErrorHandler;

/**
 * A router on a journal on disk, with the limits that such sizes need.
 *
 * <p>What must be set: sessions and users, for which there is room to 65,536 by default; the events that may wait for one subscription,
 * which are 128 KiB for each by default and 2 KiB here; the window that those events stand in, 4 MiB by default, a tenth of a second at
 * full speed, and 64 MiB here, as nobody can poll so many so often; the bytes of a status that may wait, 512 MiB by default; and for how
 * long a question to the core thread, such as for its digest, may take, 5 seconds by default. Threading mode is {@code shared} where no
 * other is asked for. In mode invoker whoever has to wait turns the router, and the subscriptions with it, on the one thread there is.
 */
final class GrowthRouter implements AutoCloseable {
    private static final long JOURNAL_BLOCK_BYTES = 256L << 20;
    private static final long HASH_SEED = 20_261_126L;
    private static final int SPARE = 64 * 1024;
    private static final int WAITING_EVENTS = 63;
    private static final int WINDOW_BYTES = 64 << 20;
    /** Four times what they take, and a margin. */
    private static final long STATUS_BYTES_A_SESSION = 400;
    private static final long STATUS_BYTES = 64L << 20;
    private static final long LOOK_AGAIN_NS = 200_000;
    /** A sleep, because cores are few: the router may be waiting for this one. */
    private static final long CHANNEL_FULL_NS = 20_000;

    private final Journal journal;
    private final SnapshotFolder snapshots;
    private final Router router;
    private final boolean isInvoker;
    /** Null until there are some. */
    private UserSubscriptions turned;

    /**
     * Opens the journal and launches a router behind its newest snapshot, in mode shared.
     *
     * @param folder       of the journal.
     * @param hasFollower  whether a follower runs beside the router.
     * @param errorHandler told of what goes wrong beside it, as a snapshot that is passed over.
     */
    GrowthRouter(final Path folder, final GrowthSizes sizes, final boolean hasFollower,
                 final ErrorHandler errorHandler) {
        this(folder, sizes, hasFollower, ThreadingMode.SHARED, errorHandler);
    }

    /**
     * Opens the journal and launches a router behind its newest snapshot.
     *
     * @param mode which threads turn it; the others as above.
     */
    GrowthRouter(final Path folder, final GrowthSizes sizes, final boolean hasFollower, final ThreadingMode mode,
                 final ErrorHandler errorHandler) {
        isInvoker = ThreadingMode.INVOKER == mode;
        journal = openJournal(folder);
        snapshots = SnapshotFolder.of(folder);
        final RouterContext context = new RouterContext().journal(journal).threadingMode(mode)
            .sessionCapacity(sizes.sessions() + SPARE).userCapacity(sizes.users() + SPARE).subscriptionCapacity(WAITING_EVENTS)
            .windowCapacityBytes(sizes.subscriptions() > 0 ? WINDOW_BYTES : RouterConfiguration.WINDOW_CAPACITY_DEFAULT)
            .snapshots(snapshots).closeTimeoutNs(TimeUnit.MINUTES.toNanos(5)).errorHandler(errorHandler)
            .sourceDownLimitMs(RouterConfiguration.NEVER);
        if (hasFollower) {
            context.follower(FollowerSettings.defaults()
                .withStatusCapacity(STATUS_BYTES + sizes.sessions() * STATUS_BYTES_A_SESSION).withTenantShares(1));
        }
        router = Router.launch(context);
    }

    /** The journal of a folder, as every router here opens it. */
    static Journal openJournal(final Path folder) {
        return ChronicleJournal.open(
            new ChronicleJournalContext().directory(folder).blockSize(JOURNAL_BLOCK_BYTES).hashSeed(HASH_SEED));
    }

    Router router() {
        return router;
    }

    Journal journal() {
        return journal;
    }

    SnapshotFolder snapshots() {
        return snapshots;
    }

    /** Begins the calls of the only source. */
    GrowthCalls newCalls(final GrowthSizes sizes, final long seed) {
        return newCalls(sizes, 1, seed);
    }

    /** Begins the calls of so many sources, each with a channel of its own. */
    GrowthCalls newCalls(final GrowthSizes sizes, final int sources, final long seed) {
        final List<Channel> channels = Stream.generate(router::openChannel).limit(sources).toList();
        final GrowthCalls calls = new GrowthCalls(channels, () -> rest(CHANNEL_FULL_NS), sizes.users(), sizes.sessions() / 2, seed);
        calls.hello();
        return calls;
    }

    /** Subscribes to the first users. They are polled by a thread of their own, or where there is only one by whoever rests. */
    UserSubscriptions subscribe(final int count) {
        final UserSubscriptions subscriptions = new UserSubscriptions(router, count, !isInvoker);
        turned = isInvoker ? subscriptions : null;
        return subscriptions;
    }

    /** Waits until everything that was said is folded. */
    void awaitFolded(final GrowthCalls calls) {
        await(() -> router.counters().get(RouterCounter.SIGNALS) >= calls.said());
    }

    /** Waits until the follower stands where the router stands. */
    void awaitFollower() {
        await(() -> router.counters().get(RouterCounter.FOLLOWER_POSITION) >= router.lastSequence());
    }

    /** Sees that nothing was refused. */
    void check(final GrowthCalls calls) {
        final boolean isComplete = router.counters().get(RouterCounter.SIGNALS) == calls.said()
            && 0 == router.counters().get(RouterCounter.REJECTED) && 0 == router.counters().get(RouterCounter.REFUSED);
        if (!isComplete) {
            throw new IllegalStateException("the router has lost something: said " + calls.said() + ", " + router.counters());
        }
    }

    private void await(final BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            if (router.isClosed()) {
                throw new IllegalStateException("the router has stopped", router.failure());
            }
            rest(LOOK_AGAIN_NS);
        }
    }

    private void rest(final long restNs) {
        if (!isInvoker) {
            LockSupport.parkNanos(restNs);
            return;
        }
        router.poll();
        if (null != turned) {
            turned.pollOnce();
        }
    }

    @Override
    public void close() {
        router.close();
        journal.close();
    }
}
