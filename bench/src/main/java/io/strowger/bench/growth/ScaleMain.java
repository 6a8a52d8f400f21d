package io.strowger.bench.growth;

import com.sun.management.OperatingSystemMXBean;
import io.strowger.bench.pipeline.DiskFiles;
import io.strowger.router.ThreadingMode;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.agrona.IoUtil;

/**
 * A measured process of {@link ScaleBench}: {@code CASE USERS TURNOVERS ROUNDS WARM_UPS DATA_FOLDER ROUNDS_FILE}. Opens the sessions, then
 * turns calls over, window by window; between the windows the journal is forced to the disk.
 */
public final class ScaleMain {
    private static final String BENCH = "scale";
    private static final long SEED = 20_261_126L;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ScaleCase scale;
    private final GrowthSizes sizes;
    private final int warmUps;
    private final Figures figures = new Figures(BENCH);

    private ScaleMain(final ScaleCase scale, final GrowthSizes sizes, final int warmUps) {
        this.scale = scale;
        this.sizes = sizes;
        this.warmUps = warmUps;
    }

    /**
     * Measures.
     *
     * @param arguments as above.
     * @throws IOException when a folder can't be made or removed.
     */
    public static void main(final String[] arguments) throws IOException {
        final ScaleCase scale = ScaleCase.of(arguments);
        final GrowthSizes sizes = new GrowthSizes(scale.sessions(), Integer.parseInt(ScaleCase.rest(arguments, 0)), scale.subscriptions(),
            0, Integer.parseInt(ScaleCase.rest(arguments, 1)), Integer.parseInt(ScaleCase.rest(arguments, 2)));
        final ScaleMain main = new ScaleMain(scale, sizes, Integer.parseInt(ScaleCase.rest(arguments, 3)));
        final Path data = Files.createTempDirectory(Path.of(ScaleCase.rest(arguments, 4)), BENCH + "-");
        try {
            main.measure(data);
            main.figures.print(Map.of(), Path.of(ScaleCase.rest(arguments, 5)));
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
    }

    private void measure(final Path data) {
        try (GrowthRouter router = new GrowthRouter(data, sizes, false, scale.mode(), Throwable::printStackTrace)) {
            final GrowthCalls calls = router.newCalls(sizes, scale.sources(), SEED);
            calls.open(sizes.sessions());
            router.awaitFolded(calls);
            final RouterCounters counters = router.router().counters();
            try (UserSubscriptions subscriptions = router.subscribe(scale.subscriptions())) {
                for (int round = 0; round < warmUps + sizes.rounds(); round++) {
                    DiskFiles.force(data);
                    window(router, calls, round >= warmUps);
                }
                final long fallen = counters.get(RouterCounter.LAGGING);
                if (0 == fallen) {
                    subscriptions.await(counters.get(RouterCounter.DELIVERIES));
                }
                figures.add("subscriptions that fell behind" + of(), "subscriptions", (double)fallen);
            }
            router.check(calls);
        }
    }

    private void window(final GrowthRouter router, final GrowthCalls calls, final boolean isCounted) {
        final RouterCounters counters = router.router().counters();
        final boolean isShared = ThreadingMode.SHARED == scale.mode();
        final RouterThread thread = isShared ? new RouterThread(RouterThread.ROUTER) : null;
        final long delivered = counters.get(RouterCounter.DELIVERIES);
        final long threadBefore = isShared ? thread.cpuNs() : 0;
        final CostWindow window = CostWindow.of(router, calls, system::getProcessCpuTime, sizes.turnovers());
        final long threadNs = isShared ? thread.cpuNs() - threadBefore : 0;
        if (isCounted) {
            figures.add("an event, at full speed" + of(), "ns/event", window.wallPerEventNs());
            if (isShared) {
                figures.add("an event, router thread alone" + of(), "cpu-ns/event", (double)threadNs / window.events());
            }
            figures.add("an event, whole process" + of(), "cpu-ns/event", window.cpuPerEventNs());
            figures.add("deliveries of an event" + of(), "deliveries/event",
                (double)(counters.get(RouterCounter.DELIVERIES) - delivered) / window.events());
        }
    }

    private String of() {
        return ", " + scale.name();
    }
}
