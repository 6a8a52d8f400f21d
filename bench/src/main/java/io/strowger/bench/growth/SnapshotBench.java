package io.strowger.bench.growth;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Results;
import io.strowger.bench.result.Spread;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.IoUtil;

/**
 * How long a router with ten million open sessions takes to start behind a snapshot, and how fast it replays a journal at a million. Run
 * by {@link SnapshotMain}: one process writes, then there is one for each start, because a router that starts has a cold JVM as well.
 */
public final class SnapshotBench implements Bench {
    private static final int HEAP_MB = 3072;
    private static final int REPLAY_SESSIONS = 1_000_000;
    private static final GrowthSizes SIZES = new GrowthSizes(10_000_000, 100_000, 0, 3, 50_000, 3);
    private static final GrowthSizes QUICK_SIZES = new GrowthSizes(50_000, 1_000, 0, 1, 2_000, 1);

    @Override
    public String name() {
        return "snapshot";
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public Set<String> settings() {
        return GrowthSizes.NAMES;
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        final GrowthSizes sizes = (options.quick() ? QUICK_SIZES : SIZES).with(options);
        final Path rounds = raw.resolve(name() + ".rounds.csv");
        Files.deleteIfExists(rounds);
        return starts(sizes, options.data(), rounds, results)
            && replay(sizes.withSessions(Math.min(REPLAY_SESSIONS, sizes.sessions())), options.data(), rounds, results);
    }

    private boolean starts(final GrowthSizes sizes, final Path folder, final Path rounds, final Results results)
        throws IOException, InterruptedException {
        final Path data = Files.createTempDirectory(folder, name() + "-");
        try {
            boolean isWell = run(SnapshotMain.WRITE, sizes, data, rounds, results);
            final Results single = new Results(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), true);
            for (final String step : List.of(SnapshotMain.START_WARM, SnapshotMain.START_COLD)) {
                for (int round = 0; round < sizes.rounds() && isWell; round++) {
                    isWell = run(step, sizes, data, rounds, single);
                }
            }
            together(single.lines()).forEach(results::add);
            return isWell;
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
    }

    /** One line for each case, over the processes that measured it once each. */
    static List<ResultLine> together(final List<ResultLine> single) {
        final Map<String, List<ResultLine>> byCase = new LinkedHashMap<>();
        single.forEach(line -> byCase.computeIfAbsent(line.caseName(), name -> new ArrayList<>()).add(line));
        return byCase.values().stream().map(lines -> ResultLine.alone(lines.get(0).bench(), lines.get(0).caseName(),
            Spread.of(lines.stream().mapToDouble(line -> line.spread().median()).toArray()), lines.get(0).unit())).toList();
    }

    private boolean replay(final GrowthSizes sizes, final Path folder, final Path rounds, final Results results)
        throws IOException, InterruptedException {
        final Path data = Files.createTempDirectory(folder, name() + "-");
        try {
            return run(SnapshotMain.WRITE_LONG, sizes, data, rounds, results) && run(SnapshotMain.REPLAY, sizes, data, rounds, results);
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
    }

    private static boolean run(final String step, final GrowthSizes sizes, final Path data, final Path rounds, final Results results)
        throws IOException, InterruptedException {
        final List<String> arguments = new ArrayList<>(sizes.arguments());
        arguments.addAll(List.of(data.toString(), rounds.toString(), step));
        return MeasuredProcess.run(HEAP_MB, SnapshotMain.class, arguments, results);
    }
}
