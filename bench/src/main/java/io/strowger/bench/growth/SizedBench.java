package io.strowger.bench.growth;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A benchmark at sizes that the command line can change, in processes with the same heap.
 */
abstract class SizedBench implements Bench {
    static final int HEAP_MB = 3072;

    private final String name;
    private final GrowthSizes sizes;
    private final GrowthSizes quickSizes;

    SizedBench(final String name, final GrowthSizes sizes, final GrowthSizes quickSizes) {
        this.name = name;
        this.sizes = sizes;
        this.quickSizes = quickSizes;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public final Set<String> settings() {
        return GrowthSizes.NAMES;
    }

    @Override
    public final boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        final Path rounds = raw.resolve(name + ".rounds.csv");
        Files.deleteIfExists(rounds);
        return run((options.quick() ? quickSizes : sizes).with(options), options.data(), rounds, results);
    }

    /**
     * Measures.
     *
     * @param asked   sizes.
     * @param data    folder for journals.
     * @param rounds  file for raw figures, not there yet.
     * @param results takes each result as it comes.
     * @return whether all went well.
     */
    abstract boolean run(GrowthSizes asked, Path data, Path rounds, Results results) throws IOException, InterruptedException;
}
