package io.strowger.bench.pipeline;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The pipeline benchmark: one process a number of sessions, each with the flags of {@link io.strowger.bench.MeasuredJvm}, run by
 * {@link PipelineMain}.
 */
public final class PipelineBench implements Bench {
    private static final int HEAP_MB = 2048;
    private static final int FEW_SESSIONS = 10_000;
    private static final int MANY_SESSIONS = 1_000_000;

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        boolean holds = true;
        for (final int sessions : options.quick() ? List.of(FEW_SESSIONS) : List.of(FEW_SESSIONS, MANY_SESSIONS)) {
            holds &= run(options, sessions, raw.resolve(name() + "-" + sessions + ".rounds.csv"), results);
        }
        return holds;
    }

    private static boolean run(final BenchOptions options, final int sessions, final Path rounds, final Results results)
        throws IOException, InterruptedException {
        return MeasuredProcess.run(HEAP_MB, PipelineMain.class, List.of(Integer.toString(sessions), Boolean.toString(options.quick()),
            options.data().toString(), rounds.toString()), results);
    }
}
