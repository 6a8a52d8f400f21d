package io.strowger.bench.growth;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the input loses while a full status of a million sessions is read again and again, beside the follower alone. Run by
 * {@link StatusMain}.
 */
public final class StatusBench implements Bench {
    private static final int HEAP_MB = 3072;
    private static final GrowthSizes SIZES = new GrowthSizes(1_000_000, 100_000, 0, 1_000, 200_000, 7);
    private static final GrowthSizes QUICK_SIZES = new GrowthSizes(20_000, 1_000, 0, 10, 5_000, 2);

    @Override
    public String name() {
        return "status";
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
        final List<String> arguments = new ArrayList<>(sizes.arguments());
        arguments.addAll(List.of(options.data().toString(), rounds.toString()));
        return MeasuredProcess.run(HEAP_MB, StatusMain.class, arguments, results);
    }
}
