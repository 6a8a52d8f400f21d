package io.strowger.bench.subscribe;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What it takes to bring many subscriptions back that are far behind, while the router goes on: how often the journal is read for all of
 * them, how long it takes, and what they cost in memory. Run by {@link RejoinMain} in a process of its own.
 */
public final class RejoinBench implements Bench {
    private static final int HEAP_MB = 1024;
    private static final String RECORDS = "records";
    private static final String USERS = "users";
    private static final String SUBSCRIPTIONS = "subscriptions";
    private static final String ROUNDS = "rounds";

    @Override
    public String name() {
        return "rejoin";
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public Set<String> settings() {
        return Set.of(RECORDS, USERS, SUBSCRIPTIONS, ROUNDS);
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        return MeasuredProcess.run(HEAP_MB, RejoinMain.class, List.of(
            options.setting(RECORDS, options.quick() ? 500_000 : 10_000_000),
            options.setting(USERS, options.quick() ? 10_000 : 100_000),
            options.setting(SUBSCRIPTIONS, options.quick() ? 1_000 : 10_000),
            options.setting(ROUNDS, options.quick() ? 1 : 3),
            options.data().toString(), raw.resolve(name() + ".rounds.csv").toString()), results);
    }
}
