package io.strowger.bench.growth;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.ResultNote;
import io.strowger.bench.result.Results;
import io.strowger.router.ThreadingMode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an event costs as one thing grows and the rest stays: open sessions, subscriptions, sources; and in each threading mode. Each case
 * is run by {@link ScaleMain} in a process of its own, and stands beside the base case, the smallest of each.
 */
public final class ScaleBench implements Bench {
    private static final int HEAP_MB = SizedBench.HEAP_MB;
    private static final String MOST_SESSIONS = "most-sessions";
    private static final String ROUNDS = "rounds";
    private static final ScaleCase BASE = new ScaleCase(10_000, 10, 1, ThreadingMode.SHARED);
    private static final int USERS = 100_000;
    private static final int TURNOVERS = 100_000;
    private static final int WARM_UPS = 10;
    private static final ScaleCase QUICK_BASE = new ScaleCase(1_000, 10, 1, ThreadingMode.SHARED);
    private static final int QUICK_USERS = 1_000;
    private static final int QUICK_TURNOVERS = 2_000;

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public Set<String> settings() {
        return Set.of(MOST_SESSIONS, ROUNDS);
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        final boolean quick = options.quick();
        final int rounds = options.size(ROUNDS, quick ? 2 : 5);
        final int most = options.size(MOST_SESSIONS, Integer.MAX_VALUE);
        final List<ScaleCase> cases = (quick ? quickCases() : cases()).stream().filter(one -> one.sessions() <= most).toList();
        if (rounds < 1 || cases.isEmpty()) {
            throw new IllegalArgumentException("sizes that can't be: rounds=" + rounds + ", most-sessions=" + most);
        }
        final Path table = raw.resolve(name() + ".rounds.csv");
        Files.deleteIfExists(table);
        final List<String> how = List.of(Integer.toString(quick ? QUICK_USERS : USERS),
            Integer.toString(quick ? QUICK_TURNOVERS : TURNOVERS), Integer.toString(rounds), Integer.toString(quick ? 1 : WARM_UPS),
            options.data().toString(), table.toString());
        final boolean isWell = run(cases, how, results);
        note(results, "all", "a router on a journal on disk, durability accepted; each subscription is of one of " + how.get(0)
            + " users, each source has a channel of its own, one thread says everything");
        note(results, "invoker", "the thread that says everything turns the router when a channel is full, and polls the subscriptions;"
            + " else these have a thread of their own");
        return isWell;
    }

    private void note(final Results results, final String what, final String text) {
        results.add(new ResultNote(name(), what, text));
    }

    /** The base case first, then what grows. */
    static List<ScaleCase> cases() {
        return Stream.of(Stream.of(BASE), IntStream.of(100_000, 1_000_000, 10_000_000).mapToObj(BASE::withSessions),
            IntStream.of(100, 1_000, 20_000).mapToObj(BASE::withSubscriptions), IntStream.of(10, 100, 1_000).mapToObj(BASE::withSources),
            modes(BASE)).flatMap(own -> own).toList();
    }

    private static List<ScaleCase> quickCases() {
        return Stream.concat(Stream.of(QUICK_BASE, QUICK_BASE.withSessions(10_000), QUICK_BASE.withSubscriptions(100),
            QUICK_BASE.withSources(10)), modes(QUICK_BASE)).toList();
    }

    private static Stream<ScaleCase> modes(final ScaleCase base) {
        return Stream.of(ThreadingMode.SPLIT, ThreadingMode.INVOKER).map(base::withMode);
    }

    private static boolean run(final List<ScaleCase> cases, final List<String> how, final Results results)
        throws IOException, InterruptedException {
        final List<ResultLine> base = new ArrayList<>();
        boolean isWell = true;
        for (final ScaleCase one : cases) {
            final Results own = ownResults();
            isWell &= measure(one, how, own);
            if (base.isEmpty()) {
                base.addAll(own.lines());
            }
            besideBase(own.lines(), one, base, cases.get(0)).forEach(results::add);
        }
        // what the machine has drifted meanwhile no case can be told from
        final Results again = ownResults();
        isWell &= measure(cases.get(0), how, again);
        again.lines().forEach(line -> results.add(besideItself(line, base)));
        return isWell;
    }

    private static Results ownResults() {
        return new Results(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), true);
    }

    private static boolean measure(final ScaleCase one, final List<String> how, final Results results)
        throws IOException, InterruptedException {
        Figures.say(one.name());
        final List<String> arguments = new ArrayList<>(one.arguments());
        arguments.addAll(how);
        return MeasuredProcess.run(HEAP_MB, ScaleMain.class, arguments, results);
    }

    /** The base case at the end, beside what it was at the beginning. */
    static ResultLine besideItself(final ResultLine line, final List<ResultLine> base) {
        final ResultLine again = ResultLine.alone(line.bench(), line.caseName() + ", again at the end", line.spread(), line.unit());
        return base.stream().filter(other -> other.unit().equals(line.unit()) && other.caseName().equals(line.caseName())).findFirst()
            .map(again::beside).orElse(again);
    }

    /**
     * Puts what a case costs beside what the base case does.
     *
     * @param lines of the case.
     * @param base  lines of the base case, which itself stands alone.
     */
    static List<ResultLine> besideBase(final List<ResultLine> lines, final ScaleCase one, final List<ResultLine> base,
                                       final ScaleCase baseCase) {
        return lines.stream().map(line -> base.stream()
            .filter(other -> !one.equals(baseCase) && line.unit().endsWith("ns/event")
                && other.caseName().equals(line.caseName().replace(one.name(), baseCase.name())))
            .findFirst().map(line::beside).orElse(line)).toList();
    }
}
