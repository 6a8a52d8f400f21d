package io.strowger.bench.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.IoUtil;

/**
 * The measured process of {@link StatusBench}: {@code SIZES DATA_FOLDER ROUNDS_FILE}. In each round there is one window without
 * a reader of the status, one beside a reader at the end of a line, one beside a reader that takes what it can; each round begins with
 * another of them. Before each the follower has caught up.
 */
public final class StatusMain {
    private static final String BENCH = "status";
    private static final long SEED = 20_261_126L;
    private static final int WARM_UPS = 2;
    private static final int MBIT = 100;
    private static final long LINE_BYTES_PER_SECOND = MBIT * 1_000_000L / Byte.SIZE;

    private final GrowthSizes sizes;
    private final Figures figures = new Figures(BENCH);
    private final String with;
    private boolean isWarm;

    private StatusMain(final GrowthSizes sizes) {
        this.sizes = sizes;
        this.with = ", sessions=" + sizes.sessions();
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
            main.figures.print(main.yardsticks(), Path.of(GrowthSizes.rest(arguments, 1)));
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
            final Readers[] readers = Readers.values();
            for (int round = 0; round < WARM_UPS + sizes.rounds(); round++) {
                isWarm = round >= WARM_UPS;
                final Map<Readers, CostWindow> windows = new EnumMap<>(Readers.class);
                for (int i = 0; i < readers.length; i++) {
                    final Readers which = readers[(round + i) % readers.length];
                    windows.put(which, window(router, calls, thread, which));
                }
                if (isWarm) {
                    add(windows);
                }
            }
            router.check(calls);
        }
    }

    private CostWindow window(final GrowthRouter router, final GrowthCalls calls, final RouterThread thread, final Readers which) {
        router.awaitFollower();
        if (Readers.NONE == which) {
            return CostWindow.of(router, calls, thread, sizes.turnovers());
        }
        try (StatusReader reader = new StatusReader(router.router(), sizes.sessions(), which.bytesPerSecond)) {
            final CostWindow window = CostWindow.of(router, calls, thread, sizes.turnovers());
            if (isWarm) {
                figures.add("items of the status, " + which.text + with, "items/s", reader.items() * 1e9 / window.wallNs());
            }
            return window;
        }
    }

    private void add(final Map<Readers, CostWindow> windows) {
        for (final Readers which : Readers.values()) {
            final CostWindow window = windows.get(which);
            figures.add(signals(which), "signals/s", window.signalsPerSecond());
            figures.add("an event, router thread alone, " + which.text + with, "cpu-ns/event", window.cpuPerEventNs());
            if (Readers.NONE != which) {
                final String ratio = "ratio in a round, " + which.text + with;
                figures.add(ratio, "x", window.signalsPerSecond() / windows.get(Readers.NONE).signalsPerSecond());
                Figures.say(figures.line(ratio, null).toText());
            }
        }
    }

    private String signals(final Readers which) {
        return "signals, " + which.text + with;
    }

    private Map<String, String> yardsticks() {
        return Map.of(signals(Readers.LINE), signals(Readers.NONE), signals(Readers.FLAT_OUT), signals(Readers.NONE));
    }

    /** Who reads a full status again and again. */
    private enum Readers {
        NONE("follower alone", 0),
        LINE("a full status read at " + MBIT + " Mbit/s", LINE_BYTES_PER_SECOND),
        FLAT_OUT("a full status read as fast as it goes", StatusReader.FLAT_OUT);

        private final String text;
        private final long bytesPerSecond;

        Readers(final String text, final long bytesPerSecond) {
            this.text = text;
            this.bytesPerSecond = bytesPerSecond;
        }
    }
}
