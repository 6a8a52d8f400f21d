package io.strowger.bench.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.agrona.IoUtil;

/**
 * The measured process of {@link StatusBench}: {@code SIZES DATA_FOLDER ROUNDS_FILE}. Each round is a pair of windows, alone and beside
 * the reader of the status, in turns which comes first; before each the follower has caught up.
 */
public final class StatusMain {
    private static final String BENCH = "status";
    private static final long SEED = 20_261_126L;
    private static final int WARM_UPS = 2;

    private final GrowthSizes sizes;
    private final Figures figures = new Figures(BENCH);
    private final String alone;
    private final String beside;

    private StatusMain(final GrowthSizes sizes) {
        this.sizes = sizes;
        this.alone = "signals, follower alone, sessions=" + sizes.sessions();
        this.beside = "signals, a full status read again and again, sessions=" + sizes.sessions();
    }

    /**
     * Measures.
     *
     * @param arguments as above.
     * @throws IOException when a folder can't be made or removed.
     */
    public static void main(final String[] arguments) throws IOException {
        final StatusMain main = new StatusMain(GrowthSizes.of(arguments));
        final Path data = Files.createTempDirectory(Path.of(GrowthSizes.rest(arguments, 0)), BENCH + "-");
        try {
            main.measure(data);
            main.figures.print(Map.of(main.beside, main.alone), Path.of(GrowthSizes.rest(arguments, 1)));
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
    }

    private void measure(final Path data) {
        try (GrowthRouter router = new GrowthRouter(data, sizes, true, Throwable::printStackTrace)) {
            final GrowthCalls calls = router.newCalls(sizes, SEED);
            calls.open(sizes.sessions());
            router.awaitFolded(calls);
            final RouterThread thread = new RouterThread(RouterThread.ROUTER);
            for (int round = 0; round < WARM_UPS + sizes.rounds(); round++) {
                final boolean isAloneFirst = 0 == round % 2;
                final CostWindow first = window(router, calls, thread, isAloneFirst ? -1 : round);
                final CostWindow second = window(router, calls, thread, isAloneFirst ? round : -1);
                if (round >= WARM_UPS) {
                    pair(isAloneFirst ? first : second, isAloneFirst ? second : first);
                }
            }
            router.check(calls);
        }
    }

    /** Opens a window; beside the reader unless the round is below 0. */
    private CostWindow window(final GrowthRouter router, final GrowthCalls calls, final RouterThread thread, final int round) {
        router.awaitFollower();
        if (round < 0) {
            return CostWindow.of(router, calls, thread, sizes.turnovers());
        }
        try (StatusReader reader = new StatusReader(router.router(), sizes.sessions())) {
            final CostWindow window = CostWindow.of(router, calls, thread, sizes.turnovers());
            if (round >= WARM_UPS) {
                figures.add("items read of the status, sessions=" + sizes.sessions(), "items/s", reader.items() * 1e9 / window.wallNs());
            }
            return window;
        }
    }

    private void pair(final CostWindow own, final CostWindow disturbed) {
        figures.add(alone, "signals/s", own.signalsPerSecond());
        figures.add(beside, "signals/s", disturbed.signalsPerSecond());
        figures.add("ratio of a pair, sessions=" + sizes.sessions(), "x", disturbed.signalsPerSecond() / own.signalsPerSecond());
        figures.add("an event, router thread alone, follower alone, sessions=" + sizes.sessions(), "cpu-ns/event", own.cpuPerEventNs());
        figures.add("an event, router thread alone, a full status read again and again, sessions=" + sizes.sessions(), "cpu-ns/event",
            disturbed.cpuPerEventNs());
        Figures.say(figures.line("ratio of a pair, sessions=" + sizes.sessions(), null).toText());
    }
}
