package io.strowger.bench.pipeline;

import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.IoUtil;

/**
 * The measured process: {@code SESSIONS QUICK DATA_FOLDER ROUNDS_FILE}. Each round opens the sessions of one source, lets another say
 * something every millisecond, first undisturbed, then while the first one restarts and until its last session has ended.
 */
public final class RestartMain {
    private static final String BENCH = "restart";
    private static final int ROUNDS = 5;
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long JOURNAL_BLOCK_BYTES = 256L << 20;
    private static final double NANOS_PER_MICRO = 1_000;
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final int sessions;
    private final List<double[]> rounds = new ArrayList<>();

    private RestartMain(final int sessions) {
        this.sessions = sessions;
    }

    /**
     * Runs all rounds.
     *
     * @param arguments number of sessions, whether it is quick, folder for the journals, file for the rounds.
     * @throws IOException when a folder can't be made or removed.
     */
    public static void main(final String[] arguments) throws IOException {
        final boolean quick = Boolean.parseBoolean(arguments[1]);
        final RestartMain main = new RestartMain(Integer.parseInt(arguments[0]));
        for (int round = 0; round < (quick ? 2 : ROUNDS); round++) {
            final Path data = Files.createTempDirectory(Path.of(arguments[2]), "restart-");
            try {
                main.round(data);
            } finally {
                IoUtil.delete(data.toFile(), false);
            }
        }
        Files.write(Path.of(arguments[3]), main.table());
        main.lines().forEach(line -> System.out.println(line.toJson()));
    }

    private void round(final Path data) {
        final RestartTap tap = new RestartTap(sessions);
        try (Journal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(data).blockSize(JOURNAL_BLOCK_BYTES));
            Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.SHARED)
                .sessionCapacity(sessions + 65_536).tap(tap))) {
            final RestartSources sources = new RestartSources(router.openChannel(), sessions);
            sources.open();
            await(router, () -> router.lastSourceSequence(RestartSources.LARGE) == sources.largeSequence());
            pace(sources, System.nanoTime() + QUIET_NS, null);
            final double quiet = tap.longestWaitNs();
            final double quiet99 = tap.waitNs(0.99);
            tap.forgetWaits();
            final long began = System.nanoTime();
            sources.restart();
            pace(sources, Long.MAX_VALUE, tap);
            final double wholeNs = System.nanoTime() - began;
            tap.check();
            rounds.add(new double[] {quiet / NANOS_PER_MICRO, tap.longestWaitNs() / NANOS_PER_MICRO, quiet99 / NANOS_PER_MICRO,
                tap.waitNs(0.99) / NANOS_PER_MICRO, wholeNs / NANOS_PER_MILLI});
        }
    }

    /** A signal a millisecond until the time is over, or all sessions have ended. */
    private static void pace(final RestartSources sources, final long endNs, final RestartTap until) {
        long nextNs = System.nanoTime();
        while (nextNs < endNs && (null == until || !until.isComplete())) {
            while (System.nanoTime() < nextNs) {
                LockSupport.parkNanos(20_000);
            }
            sources.say(nextNs);
            nextNs += STEP_NS;
        }
    }

    private static void await(final Router router, final BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            if (router.isClosed()) {
                throw new IllegalStateException("the router has stopped", router.failure());
            }
            LockSupport.parkNanos(STEP_NS);
        }
    }

    private List<ResultLine> lines() {
        final String with = "while a source with " + sessions + " open sessions restarts";
        final ResultLine quiet = line("longest wait of another source's signal, undisturbed", 0, "us");
        final ResultLine quiet99 = line("p99 wait of another source's signal, undisturbed", 2, "us");
        return List.of(line("longest wait of another source's signal, " + with, 1, "us").beside(quiet), quiet,
            line("p99 wait of another source's signal, " + with, 3, "us").beside(quiet99), quiet99,
            line("until the last of " + sessions + " sessions has ended", 4, "ms"));
    }

    private ResultLine line(final String name, final int column, final String unit) {
        return ResultLine.alone(BENCH, name, Spread.of(rounds.stream().mapToDouble(round -> round[column]).toArray()), unit);
    }

    private List<String> table() {
        final List<String> table = new ArrayList<>(List.of("round,quiet_max_us,restart_max_us,quiet_p99_us,restart_p99_us,whole_ms"));
        for (int i = 0; i < rounds.size(); i++) {
            final StringBuilder line = new StringBuilder().append(i + 1);
            for (final double figure : rounds.get(i)) {
                line.append(',').append(figure);
            }
            table.add(line.toString());
        }
        return table;
    }
}
