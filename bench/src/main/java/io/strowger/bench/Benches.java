package io.strowger.bench;

import io.strowger.bench.growth.GrowthBench;
import io.strowger.bench.growth.ScaleBench;
import io.strowger.bench.growth.SnapshotBench;
import io.strowger.bench.growth.StatusBench;
import io.strowger.bench.jmh.UnitBenches;
import io.strowger.bench.latency.LatencyBench;
import io.strowger.bench.peers.PeersBench;
import io.strowger.bench.pipeline.DurabilityBench;
import io.strowger.bench.pipeline.PipelineBench;
import io.strowger.bench.pipeline.RestartBench;
import io.strowger.bench.pipeline.SustainedBench;
import io.strowger.bench.server.ServerBench;
import io.strowger.bench.subscribe.DeliveriesBench;
import io.strowger.bench.subscribe.IsolationBench;
import io.strowger.bench.subscribe.RejoinBench;
import java.util.ArrayList;
import java.util.List;

/**
 * All benchmarks there are, in the order in which {@code all} runs them.
 */
final class Benches {
    private static final String ALL = "all";

    private Benches() {
    }

    /** The names on the command line. */
    static List<String> names() {
        return everything().stream().map(Bench::name).toList();
    }

    /**
     * Finds what a name means.
     *
     * @param name of one benchmark, or {@code all}.
     * @throws IllegalArgumentException when there is none of that name.
     */
    static List<Bench> named(final String name) {
        final List<Bench> found = everything().stream().filter(bench -> ALL.equals(name) || bench.name().equals(name)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no benchmark is named " + name);
        }
        return found;
    }

    private static List<Bench> everything() {
        final List<Bench> benches = new ArrayList<>(UnitBenches.all());
        benches.add(new PipelineBench());
        benches.add(new SustainedBench());
        benches.add(new RestartBench());
        benches.add(new DurabilityBench());
        benches.add(new LatencyBench());
        benches.add(new PeersBench());
        benches.add(new DeliveriesBench());
        benches.add(new IsolationBench());
        benches.add(new RejoinBench());
        benches.add(new GrowthBench());
        benches.add(new ScaleBench());
        benches.add(new StatusBench());
        benches.add(new SnapshotBench());
        benches.add(new ServerBench());
        return List.copyOf(benches);
    }
}
