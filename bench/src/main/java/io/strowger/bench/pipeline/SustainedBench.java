package io.strowger.bench.pipeline;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.ResultNote;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the whole router keeps up for minutes, until the disk has it, beside a bare Chronicle append: bursts end in the page cache, this
 * does not. Run by {@link SustainedMain} in a process of its own.
 */
public final class SustainedBench implements Bench {
    private static final int HEAP_MB = 2048;
    private static final String SESSIONS = "sessions";
    private static final String SECONDS = "seconds";
    private static final String ROUNDS = "rounds";
    private static final int OWN_SESSIONS = 10_000;
    private static final int PROBE_MS = 2_000;

    @Override
    public String name() {
        return SustainedLines.BENCH;
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public Set<String> settings() {
        return Set.of(SESSIONS, SECONDS, ROUNDS);
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        final boolean quick = options.quick();
        final SustainedSizes sizes = new SustainedSizes(options.size(SESSIONS, OWN_SESSIONS), options.size(SECONDS, quick ? 2 : 120),
            options.size(ROUNDS, quick ? 1 : 3), quick ? 100_000 : 2_000_000, quick ? PROBE_MS / 4 : PROBE_MS);
        final List<String> arguments = new ArrayList<>(sizes.arguments());
        arguments.addAll(List.of(options.data().toString(), raw.resolve(name() + ".rounds.csv").toString(),
            raw.resolve(name() + ".seconds.csv").toString()));
        final boolean isWell = MeasuredProcess.run(HEAP_MB, SustainedMain.class, arguments, results);
        results.add(new ResultNote(name(), SustainedRouter.NAME, SustainedRouter.SETTINGS));
        results.add(new ResultNote(name(), SustainedChronicle.NAME, SustainedChronicle.SETTINGS));
        return isWell;
    }
}
