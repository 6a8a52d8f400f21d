package io.strowger.bench.pipeline;

import com.sun.management.OperatingSystemMXBean;
import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.router.journal.Durability;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.agrona.IoUtil;

/**
 * The measured process: {@code SESSIONS QUICK DATA_FOLDER ROUNDS_FILE}. Prints result lines as JSON on stdout and writes every round to the
 * file.
 */
public final class DurabilityMain {
    private static final String BENCH = "durability";
    private static final long SEED = 20_261_125L;
    private static final int SIGNALS = 1_000_000;
    private static final int QUICK_SIGNALS = 50_000;
    private static final int ROUNDS = 5;
    private static final int WARM_UPS = 2;
    private static final int BYTES_A_SIGNAL = 384;

    private DurabilityMain() {
    }

    /**
     * Runs one race of three routers.
     *
     * @param arguments number of sessions, whether it is quick, folder for the journals, file for the rounds.
     * @throws IOException when a folder can't be made or removed.
     */
    public static void main(final String[] arguments) throws IOException {
        final int sessions = Integer.parseInt(arguments[0]);
        final boolean quick = Boolean.parseBoolean(arguments[1]);
        final Path data = Files.createTempDirectory(Path.of(arguments[2]), "durability-");
        try {
            final Map<String, List<Window>> windows = windows(data, sessions, quick);
            Files.write(Path.of(arguments[3]), PipelineMain.table(windows));
            PipelineMain.lines(BENCH, windows, sessions).forEach(line -> System.out.println(line.toJson()));
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
    }

    private static Map<String, List<Window>> windows(final Path data, final int sessions, final boolean quick) {
        final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        final int signals = quick ? QUICK_SIGNALS : SIGNALS;
        final SignalPool pool = new SignalPool(signals * BYTES_A_SIGNAL);
        final Traffic traffic = Traffic.ofCaptures(sessions, SEED);
        try (Contender accepted = new RouterContender(data.resolve("accepted"), sessions);
            Contender durable = new RouterContender(data.resolve("durable"), sessions, Durability.DURABLE, Durability.ACCEPTED);
            Contender visible = new RouterContender(data.resolve("visible"), sessions, Durability.DURABLE, Durability.DURABLE)) {
            final Race race = new Race(List.of(accepted, durable, visible), System::nanoTime, system::getProcessCpuTime);
            race.preload(traffic, pool);
            return race.run(traffic, pool, signals, quick ? 1 : WARM_UPS, quick ? 2 : ROUNDS);
        }
    }
}
