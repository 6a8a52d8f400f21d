package io.strowger.bench.growth;

import io.strowger.bench.result.ResultLine;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.IoUtil;

/**
 * A measured process of {@link GrowthBench}: {@code SIZES DATA_FOLDER ROUNDS_FILE HAS_FOLLOWER}. Opens a hundredth of the sessions and
 * measures what an event costs, opens all of them and measures it again, and the memory, and the asks.
 */
public final class GrowthMain {
    private static final String BENCH = "growth";
    private static final long SEED = 20_261_126L;
    private static final int WARM_UPS = 2;
    private static final int SMALL_PART = 100;
    private static final double NS_PER_US = 1_000;
    private static final double NS_PER_SECOND = 1e9;
    private static final double MIB = 1 << 20;

    private final GrowthSizes sizes;
    private final boolean hasFollower;
    private final String with;
    private final Figures figures = new Figures(BENCH);
    private final Map<String, String> yardsticks = new LinkedHashMap<>();

    private GrowthMain(final GrowthSizes sizes, final boolean hasFollower) {
        this.sizes = sizes;
        this.hasFollower = hasFollower;
        this.with = (hasFollower ? "with" : "without") + " follower, users=" + sizes.users() + ", subscriptions=" + sizes.subscriptions()
            + ", sessions=";
    }

    /**
     * Measures.
     *
     * @param arguments as above.
     * @throws IOException when a folder can't be made or removed.
     */
    public static void main(final String[] arguments) throws IOException {
        final GrowthMain main = new GrowthMain(GrowthSizes.of(arguments), Boolean.parseBoolean(GrowthSizes.rest(arguments, 2)));
        final Path data = Files.createTempDirectory(Path.of(GrowthSizes.rest(arguments, 0)), BENCH + "-");
        try {
            main.measure(data);
            main.figures.print(main.yardsticks, Path.of(GrowthSizes.rest(arguments, 1)));
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
    }

    private void measure(final Path data) throws IOException {
        try (GrowthRouter router = new GrowthRouter(data, sizes, hasFollower, Throwable::printStackTrace)) {
            final GrowthCalls calls = router.newCalls(sizes, SEED);
            final int few = Math.max(2, sizes.sessions() / SMALL_PART & ~1);
            calls.open(few);
            withSubscriptions(router, () -> costs(router, calls, few));
            final MemoryUse atFew = memory(router, calls);
            open(router, calls);
            withSubscriptions(router, () -> {
                costs(router, calls, sizes.sessions());
                memory(memory(router, calls), atFew, sizes.sessions() - few);
            });
            yardsticks.put(costName(sizes.sessions()), costName(few));
            yardsticks.put(cpuName(sizes.sessions()), cpuName(few));
            if (hasFollower) {
                asks(router, calls);
            }
            router.check(calls);
        }
    }

    private void open(final GrowthRouter router, final GrowthCalls calls) {
        final long said = calls.said();
        final long start = System.nanoTime();
        calls.open(sizes.sessions());
        router.awaitFolded(calls);
        figures.add("sessions begun, " + with + sizes.sessions(), "signals/s",
            (calls.said() - said) * NS_PER_SECOND / (System.nanoTime() - start));
    }

    /** Measures while there are subscriptions, and sees that they get everything. */
    private void withSubscriptions(final GrowthRouter router, final Measurement measurement) throws IOException {
        final RouterCounters counters = router.router().counters();
        final long before = counters.get(RouterCounter.DELIVERIES);
        final long fallenBefore = counters.get(RouterCounter.LAGGING);
        try (UserSubscriptions subscriptions = new UserSubscriptions(router.router(), sizes.subscriptions())) {
            measurement.run();
            final long fallen = counters.get(RouterCounter.LAGGING) - fallenBefore;
            if (0 == fallen) {
                subscriptions.await(counters.get(RouterCounter.DELIVERIES) - before);
            }
            figures.add("subscriptions that fell behind, " + with + sizes.sessions(), "subscriptions", (double)fallen);
        }
    }

    private void costs(final GrowthRouter router, final GrowthCalls calls, final int sessions) {
        final RouterThread thread = new RouterThread(RouterThread.ROUTER);
        for (int round = 0; round < WARM_UPS + sizes.rounds(); round++) {
            final CostWindow window = CostWindow.of(router, calls, thread, sizes.turnovers());
            if (round >= WARM_UPS) {
                figures.add(costName(sessions), "ns/event", window.wallPerEventNs());
                figures.add(cpuName(sessions), "cpu-ns/event", window.cpuPerEventNs());
            }
        }
        Figures.say(sessions + " sessions: " + figures.line(costName(sessions), null).toText());
    }

    private String costName(final int sessions) {
        return "an event, at full speed, " + with + sessions;
    }

    private String cpuName(final int sessions) {
        return "an event, router thread alone, " + with + sessions;
    }

    private MemoryUse memory(final GrowthRouter router, final GrowthCalls calls) throws IOException {
        router.awaitFolded(calls);
        if (hasFollower) {
            router.awaitFollower();
        }
        return MemoryUse.now();
    }

    /** What all sessions take all told, and each further one takes more: tables for all there may ever be are made at the start. */
    private void memory(final MemoryUse all, final MemoryUse atFew, final int more) {
        final String at = ", " + with + sizes.sessions();
        figures.add("resident, without files" + at, "MiB", all.resident() / MIB);
        figures.add("resident files, the journal's" + at, "MiB", all.files() / MIB);
        figures.add("heap in use behind a collection" + at, "MiB", all.heap() / MIB);
        figures.add("direct memory" + at, "MiB", all.offHeap() / MIB);
        figures.add("mapped memory" + at, "MiB", all.mapped() / MIB);
        figures.add("a session all told: heap in use and direct memory" + at, "B",
            (double)(all.heap() + all.offHeap()) / sizes.sessions());
        figures.add("a further session: heap in use and direct memory" + at, "B",
            (double)(all.heap() + all.offHeap() - atFew.heap() - atFew.offHeap()) / more);
    }

    private void asks(final GrowthRouter router, final GrowthCalls calls) {
        final AskLatency asker = new AskLatency(router.router(), sizes.users(), SEED);
        final int asks = sizes.asks() / sizes.rounds();
        final RouterThread follower = new RouterThread(RouterThread.FOLLOWER);
        asker.ask(asks, calls);
        for (int round = 0; round < sizes.rounds(); round++) {
            final long cpu = follower.cpuNs();
            asked(asker.ask(asks, calls), "no input");
            figures.add("a status of one user, follower thread alone, no input, " + with + sizes.sessions(), "cpu-us",
                (follower.cpuNs() - cpu) / NS_PER_US / asks);
        }
        final long start = System.nanoTime();
        final long said = calls.said();
        try (PacedLoad load = new PacedLoad(calls)) {
            asker.ask(asks, null);
            for (int round = 0; round < sizes.rounds(); round++) {
                asked(asker.ask(asks, null), load.name());
            }
        }
        router.awaitFolded(calls);
        figures.add("input while asked, " + with + sizes.sessions(), "signals/s",
            (calls.said() - said) * NS_PER_SECOND / (System.nanoTime() - start));
    }

    private void asked(final long[] sortedNs, final String input) {
        final String of = " of " + sortedNs.length + " statuses of one user, " + input + ", " + with + sizes.sessions();
        figures.add("p50" + of, "us", AskLatency.quantile(sortedNs, 0.5) / NS_PER_US);
        figures.add("p99" + of, "us", AskLatency.quantile(sortedNs, 0.99) / NS_PER_US);
        figures.add("longest" + of, "us", AskLatency.quantile(sortedNs, 1) / NS_PER_US);
        final ResultLine line = figures.line("p99" + of, null);
        Figures.say(line.toText());
    }

    /** What is done while there are subscriptions. */
    @FunctionalInterface
    private interface Measurement {
        void run() throws IOException;
    }
}
