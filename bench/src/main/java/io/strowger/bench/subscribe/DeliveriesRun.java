package io.strowger.bench.subscribe;

import com.sun.management.OperatingSystemMXBean;
import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.bench.pipeline.DiskFiles;
import io.strowger.bench.pipeline.RaceProcess;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.journal.Journal;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A router whose events all go to several subscriptions, round by round.
 */
final class DeliveriesRun implements AutoCloseable {
    private static final long JOURNAL_BLOCK_BYTES = 256L << 20;
    private static final int SPARE = 1024;
    private static final int POOL_SPARE = 1 << 20;
    private static final int SPINS = 50;
    private static final long PAUSE_NS = 50_000;
    private static final long DEADLINE_NS = TimeUnit.MINUTES.toNanos(10);

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final DeliveriesSizes sizes;
    private final Path folder;
    private final Journal journal;
    private final EventTally tally = new EventTally();
    private final Router router;
    private final RouterCounters counters;
    private final SignalSink sink;
    private final Traffic traffic;
    private final SignalPool pool;
    private final TcpDrain drain = new TcpDrain();
    private final EventReaders readers;
    private final long countBefore;
    private final long sumBefore;
    private long offered;

    /**
     * Opens the sessions, then subscribes.
     *
     * @param folder for the journal.
     */
    DeliveriesRun(final Path folder, final DeliveriesSizes sizes) {
        this(folder, sizes, sizes.subscriptionCapacity(), sizes.windowBytes());
    }

    /**
     * The same with other room for what waits.
     *
     * @param subscriptionCapacity events that wait for one subscription.
     * @param windowBytes          of the records that all share.
     */
    DeliveriesRun(final Path folder, final DeliveriesSizes sizes, final int subscriptionCapacity, final int windowBytes) {
        this.folder = folder;
        this.sizes = sizes;
        journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder).blockSize(JOURNAL_BLOCK_BYTES));
        final AdmissionWalk admission = new AdmissionWalk(TemplateSet.forSources());
        router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.SHARED)
            .sessionCapacity(sizes.sessions() + sizes.sessions() / 2 + SPARE).windowCapacityBytes(windowBytes)
            .subscriptionCapacity(subscriptionCapacity).admission(admission::check).tap(tally));
        counters = router.counters();
        sink = router.openChannel().asSink();
        traffic = Traffic.ofCaptures(sizes.sessions(), RaceProcess.SEED);
        pool = new SignalPool(sizes.signals() * RaceProcess.BYTES_A_SIGNAL + POOL_SPARE);
        while (traffic.preload(pool)) {
            offer();
        }
        await(this::isShown);
        countBefore = tally.count();
        sumBefore = tally.sum();
        readers = new EventReaders(router, sizes.subscriptions(), drain);
    }

    /**
     * Runs one.
     *
     * @param isOverTcp how events are delivered.
     * @throws IllegalStateException when a subscription did not get each event once, in order.
     */
    DeliveriesRound round(final boolean isOverTcp) {
        traffic.fill(pool, sizes.signals());
        readers.deliver(isOverTcp);
        final long eventsBefore = tally.count();
        final long recordsBefore = counters.get(RouterCounter.RECORDS);
        final long laggedBefore = counters.get(RouterCounter.LAGGING);
        final long bytesBefore = drain.received();
        final long cpu = system.getProcessCpuTime();
        final long start = System.nanoTime();
        offer();
        await(this::isShown);
        await(() -> readers.leastCount() >= tally.count() - countBefore && drain.received() >= readers.sentBytes());
        final long wallNs = System.nanoTime() - start;
        final long cpuNs = system.getProcessCpuTime() - cpu;
        readers.check(tally.count() - countBefore, tally.sum() - sumBefore);
        if (counters.get(RouterCounter.SIGNALS) != offered || 0 != counters.get(RouterCounter.REJECTED)) {
            throw new IllegalStateException("the router has lost something: offered " + offered + ", " + counters);
        }
        DiskFiles.force(folder);
        return new DeliveriesRound(isOverTcp, pool.count(), counters.get(RouterCounter.RECORDS) - recordsBefore,
            (tally.count() - eventsBefore) * sizes.subscriptions(), drain.received() - bytesBefore,
            counters.get(RouterCounter.LAGGING) - laggedBefore, wallNs, cpuNs);
    }

    @Override
    public void close() {
        readers.close();
        drain.close();
        router.close();
        journal.close();
    }

    private void offer() {
        int place = 0;
        for (int i = 0; i < pool.count(); i++) {
            while (!sink.offer(pool.buffer(), pool.signal(place), pool.length(place))) {
                // as in the pipeline's own benchmark: asking at once takes the ring's cache lines from the router
                for (int spin = 0; spin < SPINS; spin++) {
                    Thread.onSpinWait();
                }
            }
            place = pool.next(place);
        }
        offered += pool.count();
    }

    private boolean isShown() {
        return counters.get(RouterCounter.SIGNALS) >= offered && tally.lastShown() >= router.lastSequence();
    }

    private void await(final BooleanSupplier done) {
        final long beganNs = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (router.isClosed() || System.nanoTime() - beganNs > DEADLINE_NS) {
                throw new IllegalStateException("not all events were delivered in time", router.failure());
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
