package io.strowger.bench.pipeline;

import io.strowger.bench.load.SignalPool;
import io.strowger.codecs.SignalLayout;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bare journal of {@link ChronicleContender}, which appends the signals of a pool over and over: it does not pay for making them.
 */
final class SustainedChronicle implements SustainedContender {
    static final String NAME = "bare Chronicle, one excerpt a signal";
    static final String SETTINGS = "blocks of 256 MiB, one thread, roll cycle LARGE_DAILY, bytes written at their address; the same"
        + " signals over and over, made before";

    private static final int SIGNALS_AT_A_TIME = 512;

    private final Path folder;
    private final SignalPool pool;
    private final ChronicleContender chronicle;
    /** Written by the appending thread once a call. */
    private final AtomicLong appended = new AtomicLong();
    private int place;
    private int appendedOfPool;

    /**
     * An empty queue.
     *
     * @param folder for its files.
     * @param pool   with one signal or more.
     */
    SustainedChronicle(final Path folder, final SignalPool pool) {
        this.folder = folder;
        this.pool = pool;
        chronicle = new ChronicleContender(folder);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void offer() {
        final int count = Math.min(SIGNALS_AT_A_TIME, pool.count() - appendedOfPool);
        place = chronicle.append(pool, place, count);
        appendedOfPool += count;
        appended.lazySet(appended.get() + count);
        if (appendedOfPool == pool.count()) {
            appendedOfPool = 0;
            place = 0;
        }
    }

    @Override
    public long carried() {
        return appended.get();
    }

    @Override
    public void finish() {
        DiskFiles.force(folder);
    }

    @Override
    public void check() {
        final int last = (int)((appended.get() - 1) % pool.count());
        int at = 0;
        for (int i = 0; i < last; i++) {
            at = pool.next(at);
        }
        chronicle.check(appended.get(), SignalLayout.sourceSequence(pool.buffer(), pool.signal(at)));
    }

    @Override
    public long events() {
        return 0;
    }

    @Override
    public void close() {
        chronicle.close();
    }
}
