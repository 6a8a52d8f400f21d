package io.strowger.bench.growth;

import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.follower.Follower;
import io.strowger.router.journal.Journal;
import io.strowger.router.replay.Replay;
import io.strowger.router.snapshot.Recovery;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A measured process of {@link SnapshotBench}: {@code SIZES DATA_FOLDER ROUNDS_FILE STEP}.
 *
 * <pre>
 *   write       all sessions are opened, a snapshot is written, some calls turn over behind it; what the state is then is kept
 *   start-warm  a router is launched behind snapshot and tail, and holds its state against what was kept
 *   start-cold  the same, nothing of the files in memory
 *   write-long  as write, with a tail ten times as long
 *   replay      the tail is replayed behind the snapshot: records compared byte for byte, as a launch does; then as a follower does
 * </pre>
 */
public final class SnapshotMain {
    static final String WRITE = "write";
    static final String START_WARM = "start-warm";
    static final String START_COLD = "start-cold";
    static final String WRITE_LONG = "write-long";
    static final String REPLAY = "replay";

    private static final String BENCH = "snapshot";
    private static final String EXPECTED = "expected.txt";
    private static final long SEED = 20_261_126L;
    private static final int LONG = 10;
    private static final double NS_PER_SECOND = 1e9;
    private static final double MB = 1e6;

    private final GrowthSizes sizes;
    private final Path data;
    private final Path journal;
    private final String with;
    private final Figures figures = new Figures(BENCH);
    /** Others may compute on this machine meanwhile: processor time says what it would take without them. */
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private SnapshotMain(final GrowthSizes sizes, final Path data) {
        this.sizes = sizes;
        this.data = data;
        this.journal = data.resolve("journal");
        this.with = ", sessions=" + sizes.sessions();
    }

    /**
     * Carries one step out.
     *
     * @param arguments as above.
     * @throws IOException when a file can't be read or written.
     */
    public static void main(final String[] arguments) throws IOException {
        final SnapshotMain main = new SnapshotMain(GrowthSizes.of(arguments), Path.of(GrowthSizes.rest(arguments, 0)));
        main.step(GrowthSizes.rest(arguments, 2));
        main.figures.print(Map.of(), Path.of(GrowthSizes.rest(arguments, 1)));
    }

    private void step(final String step) throws IOException {
        switch (step) {
            case WRITE -> write(sizes.turnovers());
            case WRITE_LONG -> write(LONG * sizes.turnovers());
            case START_WARM -> startWarm();
            case START_COLD -> startCold();
            case REPLAY -> replay();
            default -> throw new IllegalArgumentException("no such step: " + step);
        }
    }

    private void write(final int tail) throws IOException {
        try (GrowthRouter router = new GrowthRouter(journal, sizes, false, SnapshotMain::fail)) {
            final GrowthCalls calls = router.newCalls(sizes, SEED);
            calls.open(sizes.sessions());
            router.awaitFolded(calls);
            writeSnapshot(router.journal(), router.snapshots());
            final long behind = router.router().lastSequence();
            calls.turnOver(tail);
            calls.leave();
            router.awaitFolded(calls);
            router.check(calls);
            figures.add("tail behind the snapshot" + with, "records", (double)(router.router().lastSequence() - behind));
            Files.write(data.resolve(EXPECTED), List.of(state(router)));
        }
    }

    private void writeSnapshot(final Journal from, final SnapshotFolder snapshots) throws IOException {
        try (Follower follower = Follower.open(from, snapshots, Long.MAX_VALUE, SnapshotMain::fail)) {
            follower.run(Long.MAX_VALUE, position -> { });
            final long start = System.nanoTime();
            final long cpu = threads.getCurrentThreadCpuTime();
            follower.writeSnapshot();
            figures.add("snapshot written and on the disk" + with, "s", seconds(start));
            figures.add("the same, processor time of the thread that writes it" + with, "cpu-s", cpuSeconds(cpu));
        }
        figures.add("size of the snapshot" + with, "MB", size(journal.resolve("snapshots")) / MB);
    }

    private void startWarm() throws IOException {
        figures.add("snapshot read, page cache warm" + with, "MB/s", PageCache.read(journal.resolve("snapshots")));
        launch("page cache warm");
    }

    private void startCold() throws IOException {
        if (!PageCache.drop(journal)) {
            Figures.say("the page cache can't be dropped here: no cold start is measured");
            return;
        }
        figures.add("snapshot read, page cache cold: the disk" + with, "MB/s", PageCache.read(journal.resolve("snapshots")));
        PageCache.drop(journal);
        launch("page cache cold");
    }

    /** A launch with the JVM still cold. */
    private void launch(final String how) throws IOException {
        final long start = System.nanoTime();
        final long cpu = threads.getCurrentThreadCpuTime();
        try (GrowthRouter router = new GrowthRouter(journal, sizes, false, SnapshotMain::fail)) {
            figures.add("router started from snapshot and tail, " + how + with, "s", seconds(start));
            figures.add("the same, processor time of the thread that starts it, " + how + with, "cpu-s", cpuSeconds(cpu));
            final String expected = Files.readAllLines(data.resolve(EXPECTED)).get(0);
            final String state = state(router);
            if (!state.equals(expected)) {
                throw new IllegalStateException("the router stands at " + state + ", it was at " + expected);
            }
        }
    }

    private void replay() {
        for (int round = 0; round < sizes.rounds(); round++) {
            try (Journal from = GrowthRouter.openJournal(journal)) {
                final Recovery.Start start = Recovery.intoCores(from, SnapshotFolder.of(journal), SnapshotMain::fail).begin(Long.MAX_VALUE);
                final Replay replay = start.replay();
                final long behind = replay.position();
                final long began = System.nanoTime();
                final long cpu = threads.getCurrentThreadCpuTime();
                final long end = replay.run(from);
                figures.add("records replayed, held byte for byte against the journal" + with, "records/s",
                    (end - behind) / seconds(began));
                figures.add("the same, by processor time" + with, "records/cpu-s", (end - behind) / cpuSeconds(cpu));
                follow(from);
            }
            System.gc();
        }
    }

    private void follow(final Journal from) {
        try (Follower follower = Follower.open(from, SnapshotFolder.of(journal), Long.MAX_VALUE, SnapshotMain::fail)) {
            final long behind = follower.position();
            final long began = System.nanoTime();
            final long cpu = threads.getCurrentThreadCpuTime();
            follower.run(Long.MAX_VALUE, position -> { });
            figures.add("records folded by a follower" + with, "records/s", (follower.position() - behind) / seconds(began));
            figures.add("records folded by a follower, by processor time" + with, "records/cpu-s",
                (follower.position() - behind) / cpuSeconds(cpu));
        }
    }

    private static String state(final GrowthRouter router) {
        return router.router().lastSequence() + " " + Long.toHexString(router.router().digest());
    }

    private double cpuSeconds(final long since) {
        return (threads.getCurrentThreadCpuTime() - since) / NS_PER_SECOND;
    }

    private static double seconds(final long start) {
        return (System.nanoTime() - start) / NS_PER_SECOND;
    }

    private static long size(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void fail(final Throwable fault) {
        throw new IllegalStateException("nothing may go wrong here", fault);
    }
}
