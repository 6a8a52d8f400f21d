package io.strowger.bench.subscribe;

import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.agrona.IoUtil;

/**
 * The measured process: {@code SIZES DATA_FOLDER ROUNDS_FILE}. In each round events are delivered in process, then over TCP, by the same
 * router to the same subscriptions.
 */
public final class DeliveriesMain {
    static final String BENCH = "deliveries";
    static final String IN_PROCESS = "in process";
    static final String OVER_TCP = "as over TCP";

    private DeliveriesMain() {
    }

    /**
     * Runs all rounds.
     *
     * @param arguments as above.
     * @throws IOException when a folder can't be made or removed.
     */
    public static void main(final String[] arguments) throws IOException {
        final DeliveriesSizes sizes = DeliveriesSizes.of(arguments);
        final List<DeliveriesRound> rounds = new ArrayList<>();
        final Path data = Files.createTempDirectory(Path.of(DeliveriesSizes.rest(arguments, 0)), BENCH + "-");
        try (DeliveriesRun run = new DeliveriesRun(data, sizes)) {
            for (int i = 0; i < sizes.warmUps() + sizes.rounds(); i++) {
                final List<DeliveriesRound> both = List.of(run.round(false), run.round(true));
                if (i >= sizes.warmUps()) {
                    rounds.addAll(both);
                }
            }
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
        Files.write(Path.of(DeliveriesSizes.rest(arguments, 1)), table(rounds));
        lines(rounds, sizes).forEach(line -> System.out.println(line.toJson()));
    }

    /** What the rounds say: over TCP beside in process. */
    static List<ResultLine> lines(final List<DeliveriesRound> rounds, final DeliveriesSizes sizes) {
        final String with = ", subscriptions=" + sizes.subscriptions() + ", sessions=" + sizes.sessions();
        final List<ResultLine> lines = new ArrayList<>();
        lines.addAll(beside(with, rounds, DeliveriesRound::deliveriesPerSecond, "deliveries/s"));
        lines.addAll(beside(with, rounds, DeliveriesRound::recordsPerSecond, "records/s"));
        lines.addAll(beside(with, rounds, DeliveriesRound::signalsPerSecond, "signals/s"));
        lines.addAll(beside(with, rounds, DeliveriesRound::cpuPerDeliveryNs, "cpu-ns/delivery"));
        lines.add(line("through the connections" + with, rounds, true, DeliveriesRound::tcpMegabytesPerSecond, "MB/s"));
        lines.add(line("fallen behind in a round, " + IN_PROCESS + with, rounds, false, DeliveriesRound::lagged, "subscriptions"));
        lines.add(line("fallen behind in a round, " + OVER_TCP + with, rounds, true, DeliveriesRound::lagged, "subscriptions"));
        return lines;
    }

    private static List<ResultLine> beside(final String with, final List<DeliveriesRound> rounds,
                                           final ToDoubleFunction<DeliveriesRound> figure, final String unit) {
        final ResultLine inProcess = line("all events, " + IN_PROCESS + with, rounds, false, figure, unit);
        return List.of(inProcess, line("all events, " + OVER_TCP + with, rounds, true, figure, unit).beside(inProcess));
    }

    private static ResultLine line(final String name, final List<DeliveriesRound> rounds, final boolean isOverTcp,
                                   final ToDoubleFunction<DeliveriesRound> figure, final String unit) {
        return ResultLine.alone(BENCH, name, Spread.of(
            rounds.stream().filter(round -> isOverTcp == round.isOverTcp()).mapToDouble(figure).toArray()), unit);
    }

    private static List<String> table(final List<DeliveriesRound> rounds) {
        final List<String> table = new ArrayList<>(
            List.of("round,over_tcp,signals,records,deliveries,tcp_bytes,lagged,wall_ns,cpu_ns"));
        for (int i = 0; i < rounds.size(); i++) {
            final DeliveriesRound round = rounds.get(i);
            table.add((i / 2 + 1) + "," + round.isOverTcp() + "," + round.signals() + "," + round.records() + "," + round.deliveries() + ","
                + round.tcpBytes() + "," + round.lagged() + "," + round.wallNs() + "," + round.cpuNs());
        }
        return table;
    }
}
