package io.strowger.bench.pipeline;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What it costs to wait for the disk: the router with acknowledgements of level accepted, beside one whose acknowledgements, and one of
 * which the taps as well, are durable. Run by {@link DurabilityMain} in a process of its own, on the disk that the data folder is on.
 */
public final class DurabilityBench implements Bench {
    private static final int HEAP_MB = 2048;
    private static final int SESSIONS = 10_000;

    @Override
    public String name() {
        return "durability";
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        return MeasuredProcess.run(HEAP_MB, DurabilityMain.class, List.of(Integer.toString(SESSIONS), Boolean.toString(options.quick()),
            options.data().toString(), raw.resolve(name() + ".rounds.csv").toString()), results);
    }
}
