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
 * Ten million open sessions of a hundred thousand users, twenty thousand subscriptions: the memory it takes, what an event costs then, and
 * with a follower how long a status of one user takes. Run by {@link GrowthMain}, once without and once with a follower.
 */
public final class GrowthBench implements Bench {
    private static final int HEAP_MB = 3072;
    private static final GrowthSizes SIZES = new GrowthSizes(10_000_000, 100_000, 20_000, 5_000, 50_000, 5);
    private static final GrowthSizes QUICK_SIZES = new GrowthSizes(100_000, 1_000, 200, 200, 2_000, 2);

    @Override
    public String name() {
        return "growth";
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
        boolean isWell = true;
        for (final boolean hasFollower : new boolean[] {false, true}) {
            final List<String> arguments = new ArrayList<>(sizes.arguments());
            arguments.addAll(List.of(options.data().toString(), rounds.toString(),
                Boolean.toString(hasFollower)));
            isWell &= MeasuredProcess.run(HEAP_MB, GrowthMain.class, arguments, results);
        }
        return isWell;
    }
}
