package io.strowger.bench.latency;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.ResultNote;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.IoUtil;

/**
 * How long a signal takes to its subscriber at a steady rate: the journal on disk against none, in pairs at one rate, beside a plain ring
 * with Chronicle; then every case at rates that double until it misses one. Run by {@link LatencyMain} in a process of its own.
 */
public final class LatencyBench implements Bench {
    private static final int HEAP_MB = 2048;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String FOLDER = "strowger-latency-";
    /** What a window may write, and what the journal leaves alone. */
    private static final long MEMORY_BYTES = 4L << 30;

    @Override
    public String name() {
        return LatencyLines.BENCH;
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public Set<String> settings() {
        return LatencySizes.NAMES;
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        final LatencySizes sizes = (options.quick() ? LatencySizes.QUICK : LatencySizes.OWN).with(options);
        final boolean hasMemory = hasRoomInMemory();
        final Path data = Files.createTempDirectory(options.data(), FOLDER);
        final Path memory = hasMemory ? Files.createTempDirectory(SHARED_MEMORY, FOLDER) : null;
        try {
            final boolean isWell = run(sizes, List.of(data.toString(), hasMemory ? memory.toString() : ""), raw, results);
            results.add(new ResultNote(name(), "sizes", sizes.toString()));
            LatencyCase.all(hasMemory).forEach(one -> results.add(new ResultNote(name(), one.name(), one.settings())));
            if (!hasMemory) {
                results.add(new ResultNote(name(), "memory", "not run: there is not enough room in " + SHARED_MEMORY));
            }
            return isWell;
        } finally {
            // also what a process leaves that was killed: in memory it would stay for good
            IoUtil.delete(data.toFile(), false);
            if (hasMemory) {
                IoUtil.delete(memory.toFile(), false);
            }
        }
    }

    private boolean run(final LatencySizes sizes, final List<String> folders, final Path raw, final Results results)
        throws IOException, InterruptedException {
        final Path rounds = raw.resolve(name() + ".rounds.csv");
        final Path curves = raw.resolve(name() + ".curves.jsonl");
        Files.deleteIfExists(rounds);
        Files.deleteIfExists(curves);
        final List<String> arguments = new ArrayList<>(sizes.arguments());
        arguments.addAll(folders);
        arguments.addAll(List.of(rounds.toString(), curves.toString()));
        return MeasuredProcess.run(HEAP_MB, LatencyMain.class, arguments, results);
    }

    private static boolean hasRoomInMemory() throws IOException {
        return Files.isWritable(SHARED_MEMORY) && Files.getFileStore(SHARED_MEMORY).getUsableSpace() >= MEMORY_BYTES;
    }
}
