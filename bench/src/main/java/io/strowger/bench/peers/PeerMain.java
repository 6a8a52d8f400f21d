package io.strowger.bench.peers;

import com.sun.management.OperatingSystemMXBean;
import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.bench.pipeline.Contender;
import io.strowger.bench.pipeline.Race;
import io.strowger.bench.pipeline.RaceProcess;
import io.strowger.bench.pipeline.Window;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The process of one case: {@code CASE SESSIONS SIGNALS FOLDER}. It runs a round at each line of its input and ends with it, together with
 * its server; so it never outlives the process that started it.
 *
 * <pre>
 *   out: ready TAB SETTINGS | absent TAB WHY          once
 *   in:  a line                                       each round
 *   out: window TAB SIGNALS TAB WALL_NS TAB CPU_NS    each round
 * </pre>
 */
public final class PeerMain {
    private PeerMain() {
    }

    /**
     * Runs the case.
     *
     * @param arguments as above.
     * @throws Exception when the case fails, or its check.
     */
    public static void main(final String[] arguments) throws Exception {
        final PrintStream answers = System.out;
        System.setOut(System.err);
        final PeerCase peer = PeerCase.valueOf(arguments[0]);
        final int sessions = Integer.parseInt(arguments[1]);
        try (Contender contender = peer.contender(Path.of(arguments[3]), sessions)) {
            runRounds(contender, sessions, Integer.parseInt(arguments[2]), answers);
        } catch (final NotRunException e) {
            answers.println(PeerProcess.ABSENT + "\t" + e.getMessage());
        }
    }

    private static void runRounds(final Contender contender, final int sessions, final int signals, final PrintStream answers)
        throws IOException {
        final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        final Race race = new Race(List.of(contender), System::nanoTime, () -> system.getProcessCpuTime() + contender.serverCpuNs());
        final SignalPool pool = new SignalPool(signals * RaceProcess.BYTES_A_SIGNAL);
        final Traffic traffic = Traffic.ofCaptures(sessions, RaceProcess.SEED);
        race.preload(traffic, pool);
        answers.println(PeerProcess.READY + "\t" + contender.settings());
        final BufferedReader rounds = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (null != rounds.readLine()) {
            final Window window = race.run(traffic, pool, signals, 0, 1).get(contender.name()).get(0);
            answers.println(PeerProcess.WINDOW + "\t" + window.signals() + "\t" + window.wallNs() + "\t" + window.cpuNs());
        }
    }
}
