package io.strowger.bench.growth;

import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the input loses while a full status of a million sessions is read again and again, at the end of a line and as fast as it goes,
 * beside the follower alone. A window is long enough for a whole status at the end of the line. Run by {@link StatusMain}.
 */
public final class StatusBench extends SizedBench {
    /** With its own sizes. */
    public StatusBench() {
        super("status", new GrowthSizes(1_000_000, 100_000, 0, 1_000, 1_000_000, 5), new GrowthSizes(20_000, 1_000, 0, 10, 5_000, 2));
    }

    @Override
    boolean run(final GrowthSizes sizes, final Path data, final Path rounds, final Results results)
        throws IOException, InterruptedException {
        final List<String> arguments = new ArrayList<>(sizes.arguments());
        arguments.addAll(List.of(data.toString(), rounds.toString()));
        return MeasuredProcess.run(HEAP_MB, StatusMain.class, arguments, results);
    }
}
