package io.strowger.bench.pipeline;

import com.sun.management.OperatingSystemMXBean;
import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;

/**
 * A measured process that runs one race: {@code SESSIONS QUICK DATA_FOLDER ROUNDS_FILE}. Prints result lines as JSON on stdout and writes
 * every round to the file.
 */
public final class RaceProcess {
    /** Of the traffic. */
    public static final long SEED = 20_261_125L;
    private static final int QUICK_SIGNALS = 50_000;
    private static final int ROUNDS = 5;
    private static final int WARM_UPS = 2;
    /** Room in a pool for a signal, as they are on average. */
    public static final int BYTES_A_SIGNAL = 384;

    private RaceProcess() {
    }

    /**
     * Runs it.
     *
     * @param bench     name in the results.
     * @param arguments number of sessions, whether it is quick, folder for the journals, file for the rounds.
     * @param signals   of each round, when it is not quick.
     * @param lineUp    makes the contenders.
     * @throws IOException when a folder can't be made or removed.
     */
    static void run(final String bench, final String[] arguments, final int signals, final LineUp lineUp) throws IOException {
        final int sessions = Integer.parseInt(arguments[0]);
        final boolean quick = Boolean.parseBoolean(arguments[1]);
        final Path data = Files.createTempDirectory(Path.of(arguments[2]), bench + "-");
        try {
            final Map<String, List<Window>> windows = windows(lineUp.contenders(data, sessions), sessions, signals, quick);
            Files.write(Path.of(arguments[3]), table(windows));
            lines(bench, windows, sessions).forEach(line -> System.out.println(line.toJson()));
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
    }

    private static Map<String, List<Window>> windows(final List<Contender> contenders, final int sessions, final int most,
                                                     final boolean quick) {
        try {
            final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            final int signals = quick ? QUICK_SIGNALS : most;
            final SignalPool pool = new SignalPool(signals * BYTES_A_SIGNAL);
            final Traffic traffic = Traffic.ofCaptures(sessions, SEED);
            final Race race = new Race(contenders, System::nanoTime, system::getProcessCpuTime);
            race.preload(traffic, pool);
            return race.run(traffic, pool, signals, quick ? 1 : WARM_UPS, quick ? 2 : ROUNDS);
        } finally {
            CloseHelper.closeAll(contenders);
        }
    }

    /**
     * The rate of each, then its processor time; the first contender beside each of the others.
     *
     * @param bench    name in the results.
     * @param windows  of each contender, two or more of them.
     * @param sessions that were open.
     * @return the lines.
     */
    public static List<ResultLine> lines(final String bench, final Map<String, List<Window>> windows, final int sessions) {
        final List<ResultLine> lines = new ArrayList<>();
        lines.addAll(beside(bench, windows, sessions, Window::rate, "signals/s"));
        lines.addAll(beside(bench, windows, sessions, Window::cpuPerSignalNs, "cpu-ns/signal"));
        return lines;
    }

    /**
     * Every round as comma-separated values.
     *
     * @param windows of each contender, in the order in which it ran them.
     * @return lines with a heading.
     */
    public static List<String> table(final Map<String, List<Window>> windows) {
        final List<String> table = new ArrayList<>(List.of("contender,round,signals,wall_ns,cpu_ns"));
        windows.forEach((name, rounds) -> {
            for (int i = 0; i < rounds.size(); i++) {
                final Window window = rounds.get(i);
                table.add(String.join(",", "\"" + name + "\"", Integer.toString(i + 1), Integer.toString(window.signals()),
                    Long.toString(window.wallNs()), Long.toString(window.cpuNs())));
            }
        });
        return table;
    }

    private static List<ResultLine> beside(final String bench, final Map<String, List<Window>> windows, final int sessions,
        final ToDoubleFunction<Window> figure, final String unit) {
        final List<ResultLine> lines = new ArrayList<>();
        final List<ResultLine> own = new ArrayList<>();
        windows.forEach((name, rounds) -> own.add(ResultLine.alone(bench, name + ", sessions=" + sessions,
            Spread.of(rounds.stream().mapToDouble(figure).toArray()), unit)));
        final List<ResultLine> yardsticks = own.subList(1, own.size());
        yardsticks.forEach(yardstick -> lines.add(own.get(0).beside(yardstick)));
        lines.addAll(yardsticks);
        return lines;
    }

    /** Who takes part. */
    @FunctionalInterface
    interface LineUp {
        /**
         * Makes the contenders, the measured one first.
         *
         * @param data     folder for their journals.
         * @param sessions that will be open.
         */
        List<Contender> contenders(Path data, int sessions);
    }
}
