package io.strowger.bench.subscribe;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What subscribers that stop, dawdle and die do to those beside them: how long the events of the others take, at a steady rate, with and
 * without them in turn, and what becomes of the memory. Run by {@link IsolationMain} in a process of its own.
 */
public final class IsolationBench implements Bench {
    private static final int HEAP_MB = 512;
    private static final String RATE = "rate";
    private static final String WINDOW_MS = "window-ms";
    private static final String PAIRS = "pairs";

    @Override
    public String name() {
        return "isolation";
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public Set<String> settings() {
        return Set.of(RATE, WINDOW_MS, PAIRS);
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        return MeasuredProcess.run(HEAP_MB, IsolationMain.class, List.of(
            options.setting(RATE, options.quick() ? 10_000 : 100_000),
            options.setting(WINDOW_MS, options.quick() ? 2_000 : 10_000),
            options.setting(PAIRS, options.quick() ? 1 : 5),
            options.data().toString(), raw.resolve(name() + ".rounds.csv").toString()), results);
    }
}
