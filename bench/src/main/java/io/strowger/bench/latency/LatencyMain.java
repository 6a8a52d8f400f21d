package io.strowger.bench.latency;

import io.strowger.bench.result.ResultLine;
import io.strowger.ops.doctor.Standstill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The measured process of {@link LatencyBench}: {@code SIZES DATA_FOLDER MEMORY_FOLDER ROUNDS_FILE CURVES_FILE}; the memory folder is empty
 * when there is none. Ends with 1 when most windows with or without a journal missed the rate of the pairs.
 */
public final class LatencyMain {
    private static final int DATA = 0;
    private static final int MEMORY = 1;
    private static final int ROUNDS = 2;
    private static final int CURVES = 3;
    private static final int LOOKS = 3;
    private static final int LOOK_MS = 1_000;

    private final Path rounds;
    private final Path curves;

    private LatencyMain(final Path rounds, final Path curves) {
        this.rounds = rounds;
        this.curves = curves;
    }

    /**
     * Runs it and ends the process.
     *
     * @param arguments as above.
     * @throws IOException when a folder can't be made or removed.
     * @throws InterruptedException when the thread is interrupted.
     */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        System.exit(measure(arguments) ? 0 : 1);
    }

    /**
     * Runs it.
     *
     * @param arguments as above.
     * @return whether the pairs kept their rate.
     */
    static boolean measure(final String[] arguments) throws IOException, InterruptedException {
        final LatencySizes sizes = LatencySizes.of(arguments);
        final String memory = LatencySizes.rest(arguments, MEMORY);
        final LatencyRun run = new LatencyRun(sizes.sessions(), Path.of(LatencySizes.rest(arguments, DATA)),
            memory.isEmpty() ? null : Path.of(memory));
        final LatencyMain main = new LatencyMain(Path.of(LatencySizes.rest(arguments, ROUNDS)),
            Path.of(LatencySizes.rest(arguments, CURVES)));
        final LatencyPlan plan = new LatencyPlan((asked, rate, windowMs) -> said(run.window(asked, rate, windowMs)), sizes);
        append(main.rounds, List.of(LatencyFiles.heading()));
        final List<Standstill> still = new ArrayList<>();
        stand(still, sizes);
        final List<List<LatencyWindow>> turns = plan.pairs(LatencyCase.pairs());
        main.keep("pairs", turns.stream().flatMap(List::stream).toList(), LatencyLines.ofPairs(turns));
        stand(still, sizes);
        final List<List<LatencyWindow>> actionTurns = plan.pairs(LatencyCase.actionPairs());
        main.keep("actions", actionTurns.stream().flatMap(List::stream).toList(), LatencyLines.ofActionPairs(actionTurns));
        stand(still, sizes);
        LatencyLines.ofStandstill(still).forEach(line -> System.out.println(line.toJson()));
        final List<LatencyWindow> climb = plan.climb(LatencyCase.all(!memory.isEmpty()));
        main.keep("climb", climb, LatencyLines.ofClimb(climb));
        return LatencyLines.keepTheirRate(turns) && LatencyLines.keepTheirRate(actionTurns);
    }

    private void keep(final String part, final List<LatencyWindow> windows, final List<ResultLine> lines) throws IOException {
        append(rounds, LatencyFiles.rows(part, windows));
        append(curves, LatencyFiles.curves(part, windows));
        lines.forEach(line -> System.out.println(line.toJson()));
    }

    /** Looks how much of their time the machine takes from threads that only read the clock, while nothing is measured. */
    private static void stand(final List<Standstill> still, final LatencySizes sizes) throws InterruptedException {
        for (int i = 0; i < LOOKS; i++) {
            still.add(Standstill.measure(TimeUnit.MILLISECONDS.toNanos(Math.min(LOOK_MS, sizes.pairMs()))));
        }
    }

    private static void append(final Path file, final List<String> lines) throws IOException {
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Says on stderr where it stands, for who waits. */
    private static LatencyWindow said(final LatencyWindow window) {
        System.err.printf("%tT %s, %d/s%s: p50 %.1f us, p99 %.1f us%n", System.currentTimeMillis(), window.caseName(), window.rate(),
            window.isMissed() ? ", missed" : "", window.us(50), window.us(99));
        return window;
    }
}
