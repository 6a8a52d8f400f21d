package io.strowger.bench.latency;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.ResultNote;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How long a signal takes to its subscriber at a steady rate: the journal on disk against none, in pairs at one rate, beside a plain ring
 * with Chronicle; then every case at rates that double until it misses one. Run by {@link LatencyMain} in a process of its own.
 */
public final class LatencyBench implements Bench {
    private static final int HEAP_MB = 2048;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @Override
    public String name() {
        return LatencyLines.BENCH;
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public Set<String> settings() {
        return LatencySizes.NAMES;
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        final LatencySizes sizes = (options.quick() ? LatencySizes.QUICK : LatencySizes.OWN).with(options);
        final boolean hasMemory = Files.isWritable(SHARED_MEMORY);
        final Path rounds = raw.resolve(name() + ".rounds.csv");
        final Path curves = raw.resolve(name() + ".curves.jsonl");
        Files.deleteIfExists(rounds);
        Files.deleteIfExists(curves);
        final List<String> arguments = new ArrayList<>(sizes.arguments());
        arguments.addAll(List.of(options.data().toString(), hasMemory ? SHARED_MEMORY.toString() : "", rounds.toString(),
            curves.toString()));
        final boolean isWell = MeasuredProcess.run(HEAP_MB, LatencyMain.class, arguments, results);
        results.add(new ResultNote(name(), "sizes", sizes.toString()));
        LatencyCase.all(hasMemory).forEach(one -> results.add(new ResultNote(name(), one.name(), one.settings())));
        if (!hasMemory) {
            results.add(new ResultNote(name(), "memory", "not run: " + SHARED_MEMORY + " can't be written to"));
        }
        return isWell;
    }
}
