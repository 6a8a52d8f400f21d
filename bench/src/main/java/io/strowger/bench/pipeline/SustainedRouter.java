package io.strowger.bench.pipeline;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.router.status.RouterCounter;
import java.nio.file.Path;

/**
 * The router of {@link RouterContender} on live traffic: the thread that offers makes the next signals itself, so the window pays for that
 * too.
 */
final class SustainedRouter implements SustainedContender {
    static final String NAME = "router, shared, 3 taps";
    static final String SETTINGS = "threading mode SHARED, admission, fold, journal on disk in files' blocks of 256 MiB, full"
        + " blocks packed, 3 taps, durability accepted; traffic made by the offering thread, in the window, which spins when the channel"
        + " is full, and its processor time counts; bounds checks on, as shipped";

    /** So few that they stay in a core's own cache between making and offering. */
    private static final int SIGNALS_AT_A_TIME = 512;
    private static final int POOL_BYTES = 1 << 20;

    private final Path folder;
    private final RouterContender router;
    private final Traffic traffic;
    private final SignalPool pool = new SignalPool(POOL_BYTES);
    private final long signalsBefore;
    private final long eventsBefore;

    /**
     * A router on an empty journal, its sessions open.
     *
     * @param folder   for the journal.
     * @param sessions open at a time.
     */
    SustainedRouter(final Path folder, final int sessions) {
        this.folder = folder;
        router = new RouterContender(folder, sessions);
        traffic = Traffic.ofCaptures(sessions, RaceProcess.SEED);
        while (traffic.preload(pool)) {
            router.run(pool);
        }
        DiskFiles.force(folder);
        signalsBefore = router.counted(RouterCounter.SIGNALS);
        eventsBefore = router.counted(RouterCounter.EVENTS);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void offer() {
        traffic.fill(pool, SIGNALS_AT_A_TIME);
        router.offer(pool);
    }

    @Override
    public long carried() {
        return router.counted(RouterCounter.SIGNALS) - signalsBefore;
    }

    @Override
    public void finish() {
        router.await();
        DiskFiles.force(folder);
    }

    @Override
    public void check() {
        router.settle(pool);
    }

    @Override
    public long events() {
        return router.counted(RouterCounter.EVENTS) - eventsBefore;
    }

    @Override
    public void close() {
        router.close();
    }
}
