package io.strowger.bench.server;

import io.strowger.bench.MeasuredJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The memory of a server over a run, seen from outside: sampled now and then, and its thirds held beside one another.
 */
final class ServerMemory {
    private static final double KIB_A_MIB = 1024;
    private static final String RESIDENT = "RssAnon:";
    private static final long COLLECT_S = 60;

    private final long pid;
    private final Path collections;
    private final long beganNs;
    private final List<Sample> samples = new ArrayList<>();

    /**
     * Of a server that has just been started.
     *
     * @param pid         of it.
     * @param collections log of its garbage collections.
     * @param beganNs     when it was started, by {@link System#nanoTime}.
     */
    ServerMemory(final long pid, final Path collections, final long beganNs) {
        this.pid = pid;
        this.collections = collections;
        this.beganNs = beganNs;
    }

    /** Looks. */
    void sample() throws IOException {
        samples.add(new Sample(uptimeS(), residentMiB()));
    }

    /** Has the server collect all garbage, and says what is left, in MiB; 0 where the JDK has no tool for that. */
    int collect() throws IOException, InterruptedException {
        final Path tool = Path.of(MeasuredJvm.java()).resolveSibling("jcmd");
        if (!Files.isExecutable(tool)) {
            return 0;
        }
        final Process collecting = new ProcessBuilder(tool.toString(), Long.toString(pid), "GC.run")
            .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (!collecting.waitFor(COLLECT_S, TimeUnit.SECONDS) || 0 != collecting.exitValue()) {
            collecting.destroyForcibly();
            return 0;
        }
        return HeapLog.of(collections).last(uptimeS());
    }

    /** Resident memory without mapped files, the mean of each third of the samples, in MiB. */
    Thirds resident() {
        return thirds(third -> third.stream().mapToDouble(Sample::residentMiB).average().orElseThrow());
    }

    /** The least heap behind a collection in each third, in MiB. */
    Thirds heap() throws IOException {
        final HeapLog log = HeapLog.of(collections);
        return thirds(third -> log.least(third.get(0).uptimeS(), third.get(third.size() - 1).uptimeS()));
    }

    /** All samples, a line each under a head. */
    List<String> table() throws IOException {
        final HeapLog log = HeapLog.of(collections);
        final List<String> table = new ArrayList<>(List.of("server_uptime_s,resident_mib,heap_behind_last_collection_mib"));
        for (final Sample sample : samples) {
            table.add(sample.uptimeS() + "," + sample.residentMiB() + "," + log.last(sample.uptimeS()));
        }
        return table;
    }

    private Thirds thirds(final ToDoubleFunction<List<Sample>> figure) {
        final int third = samples.size() / 3;
        return new Thirds(figure.applyAsDouble(samples.subList(0, third)), figure.applyAsDouble(samples.subList(third, 2 * third)),
            figure.applyAsDouble(samples.subList(2 * third, samples.size())));
    }

    private double uptimeS() {
        return (System.nanoTime() - beganNs) / (double)TimeUnit.SECONDS.toNanos(1);
    }

    private double residentMiB() throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(RESIDENT)) {
                return Long.parseLong(line.substring(RESIDENT.length()).replace("kB", "").strip()) / KIB_A_MIB;
            }
        }
        return 0;
    }

    /**
     * A look.
     *
     * @param uptimeS     seconds since the server began.
     * @param residentMiB without mapped files.
     */
    private record Sample(double uptimeS, double residentMiB) {
    }
}
