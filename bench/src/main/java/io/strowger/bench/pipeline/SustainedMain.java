package io.strowger.bench.pipeline;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;

/**
 * The measured process: {@code SIZES DATA_FOLDER ROUNDS_FILE SECONDS_FILE}. A short window of each to warm up and to learn what it writes,
 * then as many long ones as are asked for, in turn. Before each the files of the one before it are removed and the disk is synced. Ends
 * with 1 when the disk has no room for a window.
 */
public final class SustainedMain {
    private static final int DATA = 0;
    private static final int ROUNDS = 1;
    private static final int SECONDS = 2;
    /** Room for one call more than the signals take, in a pool however small. */
    private static final int SPARE_BYTES = 1 << 20;

    private final SustainedSizes sizes;
    private final Path data;
    private final SignalPool pool;
    private final DiskRoom room;
    private final SustainedRun run;
    private final DiskSync sync;
    private final List<SustainedWindow> windows = new ArrayList<>();

    private SustainedMain(final SustainedSizes sizes, final Path data, final DiskSync sync) {
        this.sizes = sizes;
        this.data = data;
        this.sync = sync;
        room = new DiskRoom(() -> usableBytes(data));
        run = new SustainedRun(room);
        pool = new SignalPool(sizes.poolSignals() * RaceProcess.BYTES_A_SIGNAL + SPARE_BYTES);
        final Traffic traffic = Traffic.ofCaptures(sizes.sessions(), RaceProcess.SEED);
        while (traffic.preload(pool)) {
            // a bare journal has no sessions that would have to be opened
            pool.clear();
        }
        traffic.fill(pool, sizes.poolSignals());
    }

    /**
     * Runs it and ends the process.
     *
     * @param arguments as above.
     * @throws IOException          when a folder can't be made or removed, or the disk not be synced.
     * @throws InterruptedException when the thread is interrupted meanwhile.
     */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        System.exit(measure(arguments, SustainedMain::syncAll) ? 0 : 1);
    }

    /**
     * Runs it.
     *
     * @param arguments as above.
     * @param sync      is called before each window.
     * @return whether the disk had room for it; else it has said so on stderr.
     */
    static boolean measure(final String[] arguments, final DiskSync sync) throws IOException, InterruptedException {
        final SustainedSizes sizes = SustainedSizes.of(arguments);
        final Path data = Files.createTempDirectory(Path.of(SustainedSizes.rest(arguments, DATA)), SustainedLines.BENCH + "-");
        try {
            final SustainedMain main = new SustainedMain(sizes, data, sync);
            main.measure();
            Files.write(Path.of(SustainedSizes.rest(arguments, ROUNDS)), SustainedLines.table(main.windows));
            Files.write(Path.of(SustainedSizes.rest(arguments, SECONDS)), SustainedLines.seconds(main.windows));
            SustainedLines.of(main.windows, sizes).forEach(line -> System.out.println(line.toJson()));
            return true;
        } catch (final DiskRoom.NoRoomException e) {
            System.err.println("bench: " + SustainedLines.BENCH + ": " + e.getMessage());
            return false;
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
    }

    private void measure() throws IOException, InterruptedException {
        final long probeNs = TimeUnit.MILLISECONDS.toNanos(sizes.probeMs());
        final List<SustainedWindow> probes = List.of(window(true, probeNs), window(false, probeNs));
        probes.forEach(probe -> room.check(probe, sizes.seconds()));
        final long offerNs = TimeUnit.SECONDS.toNanos(sizes.seconds());
        for (int round = 0; round < sizes.rounds(); round++) {
            // in turn the first: a disk may be fresher for who comes first
            final boolean isRouterFirst = 0 == round % 2;
            windows.add(window(isRouterFirst, offerNs));
            windows.add(window(!isRouterFirst, offerNs));
        }
    }

    private SustainedWindow window(final boolean isRouter, final long offerNs) throws IOException, InterruptedException {
        sync.sync();
        final Path folder = Files.createDirectory(data.resolve(isRouter ? "router" : "chronicle"));
        try (SustainedContender contender = isRouter ? new SustainedRouter(folder, sizes.sessions())
            : new SustainedChronicle(folder, pool)) {
            final SustainedWindow window = run.window(contender, offerNs);
            System.err.printf("%tT %s: %,.0f signals/s, %,.0f MB/s%n", System.currentTimeMillis(), window.contender(), window.rate(),
                window.megabytesPerSecond());
            return window;
        } finally {
            IoUtil.delete(folder.toFile(), false);
        }
    }

    /** Whatever is still on its way to the disk, from whomever, would be charged to the next window: waits until all of it is there. */
    private static void syncAll() throws IOException, InterruptedException {
        if (0 != new ProcessBuilder("sync").inheritIO().start().waitFor()) {
            throw new IOException("the disk can't be synced");
        }
    }

    private static long usableBytes(final Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings what is under way to the disk. */
    @FunctionalInterface
    interface DiskSync {
        /**
         * Waits until it is there.
         *
         * @throws IOException          when it can't be done.
         * @throws InterruptedException when the thread is interrupted meanwhile.
         */
        void sync() throws IOException, InterruptedException;
    }
}
