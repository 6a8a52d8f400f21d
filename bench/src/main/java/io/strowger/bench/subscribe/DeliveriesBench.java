package io.strowger.bench.subscribe;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.ResultNote;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How many deliveries a second come out of one router when several subscriptions want all of its events: to handlers in the process, and
 * into connections. Run by {@link DeliveriesMain} in a process of its own.
 */
public final class DeliveriesBench implements Bench {
    private static final int HEAP_MB = 1024;
    private static final String SUBSCRIPTIONS = "subscriptions";
    private static final String SESSIONS = "sessions";
    private static final String SIGNALS = "signals";
    private static final String ROUNDS = "rounds";

    @Override
    public String name() {
        return DeliveriesMain.BENCH;
    }

    @Override
    public String flags() {
        return String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public Set<String> settings() {
        return Set.of(SUBSCRIPTIONS, SESSIONS, SIGNALS, ROUNDS);
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        final boolean quick = options.quick();
        final DeliveriesSizes sizes = new DeliveriesSizes(options.size(SUBSCRIPTIONS, 10), options.size(SESSIONS, 10_000),
            options.size(SIGNALS, quick ? 50_000 : 2_000_000), options.size(ROUNDS, quick ? 2 : 5), quick ? 1 : 2);
        final List<String> arguments = new ArrayList<>(sizes.arguments());
        arguments.addAll(List.of(options.data().toString(), raw.resolve(name() + ".rounds.csv").toString()));
        final boolean isWell = MeasuredProcess.run(HEAP_MB, DeliveriesMain.class, arguments, results);
        note(results, "router", "threading mode SHARED, admission, fold, journal on disk, durability accepted; room for "
            + sizes.subscriptionCapacity() + " events for each subscription and a window of " + (sizes.windowBytes() >> 20)
            + " MiB for all, so that a poller may be late");
        note(results, DeliveriesMain.IN_PROCESS, "one thread polls all subscriptions; the handler reads type, sequence and the length of"
            + " the local user's name");
        note(results, DeliveriesMain.OVER_TCP, "the same thread copies each event, behind its length and sequence, into the subscription's"
            + " own buffer of " + (TcpLine.BUFFER_BYTES >> 10) + " KiB, which is written to its own loopback connection when it is full or"
            + " nothing more has come; one more thread of the process reads all connections");
        return isWell;
    }

    private void note(final Results results, final String what, final String text) {
        results.add(new ResultNote(name(), what, text));
    }
}
