package io.strowger.bench.subscribe;

import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.agrona.IoUtil;

/**
 * The measured process: {@code RATE WINDOW_MS PAIRS DATA_FOLDER ROUNDS_FILE}. One pair of windows to warm up, then as many as are asked
 * for. Ends with 1 when a window missed its rate, or memory has grown from behind the warm-up to the end.
 */
public final class IsolationMain {
    private static final String BENCH = "isolation";
    private static final long NS_PER_MS = 1_000_000;
    private static final long SLACK = 32L << 20;
    private static final double MIB = 1 << 20;
    private static final String GOAL = " (goal: at most 1.5)";

    private IsolationMain() {
    }

    /**
     * Runs all windows.
     *
     * @param arguments as above.
     * @throws IOException when a folder can't be made or removed.
     */
    public static void main(final String[] arguments) throws IOException {
        final int rate = Integer.parseInt(arguments[0]);
        final List<IsolationRound> rounds = new ArrayList<>();
        final Path data = Files.createTempDirectory(Path.of(arguments[3]), BENCH + "-");
        final Memory begin;
        final Memory end;
        try (IsolationRun run = new IsolationRun(data, rate, Integer.parseInt(arguments[1]) * NS_PER_MS)) {
            run.round(false);
            run.round(true);
            begin = Memory.afterCollection();
            for (int pair = 0; pair < Integer.parseInt(arguments[2]); pair++) {
                rounds.add(run.round(false));
                rounds.add(run.round(true));
            }
            end = Memory.afterCollection();
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
        Files.write(Path.of(arguments[4]), table(rounds));
        final List<ResultLine> lines = new ArrayList<>(lines(rounds, rate));
        lines.addAll(memoryLines(begin, end));
        lines.forEach(line -> System.out.println(line.toJson()));
        final boolean isFlat = end.isFlatSince(begin, SLACK);
        if (!isFlat) {
            System.err.println("bench: memory has grown: " + begin + " as it began, " + end + " at the end");
        }
        System.exit(isFlat && rounds.stream().noneMatch(IsolationRound::isMissed) ? 0 : 1);
    }

    /** What the windows say; they come in pairs, the undisturbed one first. */
    static List<ResultLine> lines(final List<IsolationRound> rounds, final int rate) {
        final String mark = rounds.stream().anyMatch(IsolationRound::isMissed) ? ", FAILED: rate missed" : "";
        final String of = " of good subscriptions, " + rate + " signals/s";
        final List<ResultLine> lines = new ArrayList<>();
        lines.add(ResultLine.alone(BENCH, "p99" + of + ", beside 3 bad ones, of each pair" + mark + GOAL,
            Spread.of(ratios(rounds)), "x undisturbed"));
        lines.addAll(beside("p50", of, mark, rounds, IsolationRound::p50));
        lines.addAll(beside("p99", of, mark, rounds, IsolationRound::p99));
        lines.addAll(beside("p99.9", of, mark, rounds, IsolationRound::p999));
        lines.addAll(beside("longest wait", of, mark, rounds, IsolationRound::max));
        return lines;
    }

    private static double[] ratios(final List<IsolationRound> rounds) {
        final double[] ratios = new double[rounds.size() / 2];
        for (int pair = 0; pair < ratios.length; pair++) {
            ratios[pair] = rounds.get(2 * pair + 1).p99() / rounds.get(2 * pair).p99();
        }
        return ratios;
    }

    private static List<ResultLine> beside(final String figure, final String of, final String mark, final List<IsolationRound> rounds,
                                           final ToDoubleFunction<IsolationRound> value) {
        final ResultLine quiet = line(figure + of + ", undisturbed" + mark, rounds, false, value);
        return List.of(line(figure + of + ", beside 3 bad ones" + mark, rounds, true, value).beside(quiet), quiet);
    }

    private static ResultLine line(final String name, final List<IsolationRound> rounds, final boolean isDisturbed,
                                   final ToDoubleFunction<IsolationRound> value) {
        return ResultLine.alone(BENCH, name, Spread.of(
            rounds.stream().filter(round -> isDisturbed == round.isDisturbed()).mapToDouble(value).toArray()), "us");
    }

    private static List<ResultLine> memoryLines(final Memory begin, final Memory end) {
        return List.of(memoryLine("heap behind a collection", begin.heap(), end.heap()),
            memoryLine("direct memory", begin.direct(), end.direct()),
            memoryLine("resident memory without mapped files", begin.resident(), end.resident()));
    }

    private static ResultLine memoryLine(final String name, final long begin, final long end) {
        final ResultLine before = ResultLine.alone(BENCH, name + ", as the run begins", Spread.of(begin / MIB), "MiB");
        return ResultLine.alone(BENCH, name + ", as it ends", Spread.of(end / MIB), "MiB").beside(before);
    }

    private static List<String> table(final List<IsolationRound> rounds) {
        final List<String> table = new ArrayList<>(List.of("window,disturbed,p50_us,p99_us,p999_us,max_us,rate_missed"));
        for (int i = 0; i < rounds.size(); i++) {
            final IsolationRound round = rounds.get(i);
            table.add((i + 1) + "," + round.isDisturbed() + "," + round.p50() + "," + round.p99() + "," + round.p999() + ","
                + round.max() + "," + round.isMissed());
        }
        return table;
    }
}
