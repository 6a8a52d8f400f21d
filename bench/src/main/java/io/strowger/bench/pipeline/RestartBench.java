package io.strowger.bench.pipeline;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a source that restarts with a million open sessions costs the others: how long a signal of another source waits meanwhile, and how
 * long it takes until the last session has ended. Run by {@link RestartMain} in a process of its own.
 */
public final class RestartBench implements Bench {
    private static final int HEAP_MB = 1024;
    private static final int SESSIONS = 1_000_000;
    private static final int QUICK_SESSIONS = 20_000;

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        final int sessions = options.quick() ? QUICK_SESSIONS : SESSIONS;
        return MeasuredProcess.run(HEAP_MB, RestartMain.class, List.of(Integer.toString(sessions), Boolean.toString(options.quick()),
            options.data().toString(), raw.resolve(name() + ".rounds.csv").toString()), results);
    }
}
