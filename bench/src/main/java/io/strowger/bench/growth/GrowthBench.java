package io.strowger.bench.growth;

import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ten million open sessions of a hundred thousand users, twenty thousand subscriptions: the memory it takes, what an event costs then, and
 * with a follower how long a status of one user takes. Run by {@link GrowthMain}, once without and once with a follower.
 */
public final class GrowthBench extends SizedBench {
    /** With its own sizes. */
    public GrowthBench() {
        super("growth", new GrowthSizes(10_000_000, 100_000, 20_000, 5_000, 50_000, 5),
            new GrowthSizes(100_000, 1_000, 200, 200, 2_000, 2));
    }

    @Override
    boolean run(final GrowthSizes sizes, final Path data, final Path rounds, final Results results)
        throws IOException, InterruptedException {
        boolean isWell = true;
        for (final boolean hasFollower : new boolean[] {false, true}) {
            final List<String> arguments = new ArrayList<>(sizes.arguments());
            arguments.addAll(List.of(data.toString(), rounds.toString(),
                Boolean.toString(hasFollower)));
            isWell &= MeasuredProcess.run(HEAP_MB, GrowthMain.class, arguments, results);
        }
        return isWell;
    }
}
