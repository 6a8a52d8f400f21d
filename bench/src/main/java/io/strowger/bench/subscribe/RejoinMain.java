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
 * The measured process: {@code RECORDS USERS SUBSCRIPTIONS ROUNDS DATA_FOLDER ROUNDS_FILE}. One round to warm up, then as many as are
 * asked for. Ends with 1 when the journal was read more often than it should be, or memory has grown from behind the warm-up to the end.
 */
public final class RejoinMain {
    /** Most readings of the journal that all subscriptions together may need. */
    static final double MOST_PASSES = 1.5;

    private static final String BENCH = "rejoin";
    private static final int READERS_A_MESSAGE = 1_000;
    private static final long SLACK = 64L << 20;
    private static final double MIB = 1 << 20;

    private RejoinMain() {
    }

    /**
     * Runs all rounds.
     *
     * @param arguments as above.
     * @throws IOException when a folder can't be made or removed.
     */
    public static void main(final String[] arguments) throws IOException {
        final RejoinSettings settings = new RejoinSettings(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]), READERS_A_MESSAGE);
        final List<RejoinRound> rounds = new ArrayList<>();
        final Path data = Files.createTempDirectory(Path.of(arguments[4]), BENCH + "-");
        final Memory end;
        try (RejoinRun run = new RejoinRun(data, settings)) {
            run.round();
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                rounds.add(run.round());
            }
            end = Memory.afterCollection();
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
        Files.write(Path.of(arguments[5]), table(rounds));
        lines(rounds, settings).forEach(line -> System.out.println(line.toJson()));
        final Memory begin = rounds.get(0).before();
        final boolean isFlat = end.isFlatSince(begin, SLACK);
        if (!isFlat) {
            System.err.println("bench: memory has grown: " + begin + " as it began, " + end + " at the end");
        }
        System.exit(isFlat && rounds.stream().allMatch(round -> round.passes() <= MOST_PASSES) ? 0 : 1);
    }

    /** What the rounds say. */
    static List<ResultLine> lines(final List<RejoinRound> rounds, final RejoinSettings settings) {
        final int subscriptions = settings.subscriptions();
        final String who = subscriptions + " subscriptions, " + settings.records() + " records behind";
        return List.of(line("readings of the journal, " + who + " (goal: at most " + MOST_PASSES + ")", rounds, RejoinRound::passes, "x"),
            line("until all are live, " + who, rounds, RejoinRound::seconds, "s"),
            line("records of the journal a second, " + who, rounds, round -> round.length() / round.seconds(), "records/s"),
            line("left behind by the pass, " + who, rounds, RejoinRound::leftBehind, "subscriptions"),
            line("direct memory of all, before the first poll", rounds, round -> round.subscribedBytes() / MIB, "MiB"),
            line("direct memory of all, in the pass", rounds, round -> round.laggingBytes() / MIB, "MiB"),
            line("direct memory of one, in the pass", rounds, round -> (double)round.laggingBytes() / subscriptions, "bytes"));
    }

    private static ResultLine line(final String name, final List<RejoinRound> rounds, final ToDoubleFunction<RejoinRound> figure,
                                   final String unit) {
        return ResultLine.alone(BENCH, name, Spread.of(rounds.stream().mapToDouble(figure).toArray()), unit);
    }

    private static List<String> table(final List<RejoinRound> rounds) {
        final List<String> table = new ArrayList<>();
        table.add("round,passes,seconds,length,left_behind,subscribed_bytes,lagging_bytes,heap_before,direct_before,resident_before");
        for (int i = 0; i < rounds.size(); i++) {
            final RejoinRound round = rounds.get(i);
            final Memory before = round.before();
            table.add((i + 1) + "," + round.passes() + "," + round.seconds() + "," + round.length() + "," + round.leftBehind() + ","
                + round.subscribedBytes() + "," + round.laggingBytes() + "," + before.heap() + "," + before.direct() + ","
                + before.resident());
        }
        return table;
    }
}
