package io.strowger.bench.growth;

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
import org.agrona.IoUtil;

/**
 * How long a router with ten million open sessions takes to start behind a snapshot, and how fast it replays a journal at a million. Run
 * by {@link SnapshotMain}: one process writes, then there is one for each start, because a router that starts has a cold JVM as well.
 */
public final class SnapshotBench extends SizedBench {
    private static final int REPLAY_SESSIONS = 1_000_000;

    /** With its own sizes. */
    public SnapshotBench() {
        super("snapshot", new GrowthSizes(10_000_000, 100_000, 0, 3, 50_000, 3), new GrowthSizes(50_000, 1_000, 0, 1, 2_000, 1));
    }

    @Override
    boolean run(final GrowthSizes sizes, final Path data, final Path rounds, final Results results)
        throws IOException, InterruptedException {
        return starts(sizes, data, rounds, results)
            && replay(sizes.withSessions(Math.min(REPLAY_SESSIONS, sizes.sessions())), data, rounds, results);
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
