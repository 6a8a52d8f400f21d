package io.strowger.bench.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;

/**
 * The process of PBXs and subscribers: {@code CLIENTS RATE SECONDS USERS SESSIONS DATA_FOLDER RAW_FOLDER}. Ends with 1 when a subscriber
 * has missed something or seen it twice, the PBXs could not keep their pace, or, in a run of minutes, memory has grown.
 */
public final class ServerMain {
    /** Name on the command line. */
    static final String BENCH = "server";

    private static final int DATA = 5;
    private static final int RAW = 6;
    private static final int OTHER_FILES = 1_000;
    private static final int MINUTES_S = 300;
    private static final double NS_PER_MS = 1e6;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    private ServerMain() {
    }

    /**
     * Runs once.
     *
     * @param arguments as above.
     * @throws IOException          when something can't be started, or does not answer.
     * @throws InterruptedException when the thread is interrupted.
     */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        final ServerSettings settings = ServerSettings.of(arguments);
        checkFiles(settings.clients());
        final Path data = Files.createTempDirectory(Path.of(arguments[DATA]), BENCH + "-");
        final ServerOutcome outcome;
        try (ServerRun run = new ServerRun(settings, data, Path.of(arguments[RAW]).resolve(BENCH + ".memory.rounds.csv"))) {
            outcome = run.run();
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
        lines(settings, outcome).forEach(line -> System.out.println(line.toJson()));
        outcome.exactness().faults().forEach(fault -> System.err.println("bench: not exact: " + fault));
        final boolean isFlat = outcome.isFlat() || settings.seconds() < MINUTES_S;
        if (!isFlat) {
            System.err.println("bench: memory has grown by more than a tenth");
        }
        if (outcome.isLate()) {
            System.err.println("bench: the PBXs could not keep their pace");
        }
        System.exit(outcome.isExact(settings) && isFlat ? 0 : 1);
    }

    /** Each connection takes a file here and one in the server. A JVM raises its own limit as far as it may. */
    private static void checkFiles(final int clients) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            && system.getMaxFileDescriptorCount() < clients + OTHER_FILES) {
            throw new IllegalStateException(clients + " subscribers need " + (clients + OTHER_FILES) + " open files, and a process may"
                + " have " + system.getMaxFileDescriptorCount() + " (ulimit -Hn)");
        }
    }

    /** What a run says. */
    static List<ResultLine> lines(final ServerSettings settings, final ServerOutcome outcome) {
        final String of = ", " + settings.clients() + " subscribers" + (outcome.isLate() ? ", FAILED: rate missed" : "");
        final List<ResultLine> lines = new ArrayList<>();
        lines.add(line("every event once and in order (goal: " + settings.clients() + ')' + of, outcome.exactness().exact(),
            "subscribers"));
        lines.add(line("see all, and have the sessions open that the status has, " + outcome.exactness().openSessions() + of,
            outcome.exactness().sameOpen(), "subscribers"));
        lines.add(line("events in" + of, outcome.window().events(), "events/s"));
        lines.add(line("deliveries out" + of, outcome.window().deliveries(), "deliveries/s"));
        lines.addAll(delays(outcome.delaysNs(), of));
        lines.add(line("processors of the server" + of, outcome.window().serverCpu(), "CPUs"));
        lines.add(line("processors of PBXs and subscribers" + of, outcome.window().clientCpu(), "CPUs"));
        lines.addAll(thirds("resident memory of the server without mapped files" + of, outcome.residentMiB()));
        lines.addAll(thirds("heap of the server behind a collection" + of, outcome.heapMiB()));
        if (outcome.collected().beforeMiB() > 0) {
            final ResultLine before = line("heap behind a full collection, before the first event" + of,
                outcome.collected().beforeMiB(), "MiB");
            lines.add(before);
            lines.add(line("heap behind a full collection, behind the last" + of, outcome.collected().behindMiB(), "MiB").beside(before));
        }
        return lines;
    }

    private static List<ResultLine> delays(final Histogram delays, final String of) {
        final List<ResultLine> lines = new ArrayList<>();
        for (final double percentile : PERCENTILES) {
            final String name = 100 == percentile ? "longest delay" : "p" + Double.toString(percentile).replaceAll("\\.0$", "") + " delay";
            lines.add(line(name + of, delays.getValueAtPercentile(percentile) / NS_PER_MS, "ms"));
        }
        return lines;
    }

    private static List<ResultLine> thirds(final String name, final Thirds thirds) {
        final ResultLine second = line(name + ", second third", thirds.second(), "MiB");
        return List.of(second, line(name + ", last third (goal: at most 1.1)", thirds.last(), "MiB").beside(second));
    }

    private static ResultLine line(final String name, final double value, final String unit) {
        return ResultLine.alone(BENCH, name, Spread.of(value), unit);
    }
}
