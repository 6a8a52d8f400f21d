package io.strowger.bench.pipeline;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredJvm;
import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Results;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The pipeline benchmark: one process a number of sessions, each with the flags of {@link MeasuredJvm}, run by {@link PipelineMain}.
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
        return String.join(" ", MeasuredJvm.flags(HEAP_MB, true));
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
        final List<String> command = new ArrayList<>();
        command.add(MeasuredJvm.java());
        command.addAll(MeasuredJvm.flags(HEAP_MB, true));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PipelineMain.class.getName(),
            Integer.toString(sessions), Boolean.toString(options.quick()), options.data().toString(), rounds.toString()));
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); null != line; line = lines.readLine()) {
                results.add(ResultLine.parse(line));
            }
        } finally {
            process.destroy();
        }
        return 0 == process.waitFor();
    }
}
