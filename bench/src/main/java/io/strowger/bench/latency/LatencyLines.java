package io.strowger.bench.latency;

import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import io.strowger.ops.doctor.Standstill;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the windows say. A rate that was missed is said in the name of the case.
 */
final class LatencyLines {
    /** Name on the command line. */
    static final String BENCH = "latency";

    private static final Map<String, Double> PERCENTILES = percentiles();
    private static final String US = "us";
    private static final String STILL = "the machine alone, two threads that spin, gaps above ";
    private static final String PERCENT = "% of the time";
    private static final String WITH_JOURNAL = " with journal on disk, ";
    private static final String WITHOUT_JOURNAL = "x without a journal";
    private static final String GOAL_WITH_ACTIONS = " (goal: at most 1.5)";
    private static final String WITHOUT_ACTIONS = "x without actions";
    private static final String ALL_TOGETHER = ", all windows together";

    private LatencyLines() {
    }

    /**
     * The pairs: the ratio of each and of all together, then every figure of the journal on disk beside no journal and beside the
     * yardstick.
     *
     * @param turns the windows of journal on disk, no journal, yardstick of each turn, at one rate.
     */
    static List<ResultLine> ofPairs(final List<List<LatencyWindow>> turns) {
        final List<ResultLine> lines = new ArrayList<>();
        if (turns.isEmpty()) {
            return lines;
        }
        final List<LatencyWindow> own = column(turns, 0);
        final List<LatencyWindow> bare = column(turns, 1);
        final List<LatencyWindow> ring = column(turns, 2);
        final String at = turns.get(0).get(0).rate() + "/s in pairs" + mark(turns.stream().flatMap(List::stream).toList());
        lines.addAll(ratio(turns, 0, 99, "p99" + WITH_JOURNAL + at + " (goal: at most 2)", WITHOUT_JOURNAL));
        lines.addAll(ratio(turns, 0, 99.9, "p99.9" + WITH_JOURNAL + at + " (goal: at most 3)", WITHOUT_JOURNAL));
        PERCENTILES.forEach((name, percentile) -> {
            final ResultLine ofOwn = line(own, " in pairs", name, percentile);
            final ResultLine ofBare = line(bare, " in pairs", name, percentile);
            final ResultLine ofRing = line(ring, " in pairs", name, percentile);
            lines.addAll(List.of(ofOwn.beside(ofBare), ofOwn.beside(ofRing), ofBare, ofRing));
        });
        return lines;
    }

    /**
     * The pairs with and without actions: the ratios, then every figure of all.
     *
     * @param turns the windows of each turn, at one rate: with actions, without, and with actions of two results each.
     */
    static List<ResultLine> ofActionPairs(final List<List<LatencyWindow>> turns) {
        final List<ResultLine> lines = new ArrayList<>();
        if (turns.isEmpty()) {
            return lines;
        }
        final String at = turns.get(0).get(0).rate() + "/s in pairs" + mark(turns.stream().flatMap(List::stream).toList());
        lines.addAll(ratio(turns, 0, 99, "p99 with actions, " + at + GOAL_WITH_ACTIONS, WITHOUT_ACTIONS));
        lines.addAll(ratio(turns, 2, 99, "p99 with actions of two results each, " + at + GOAL_WITH_ACTIONS, WITHOUT_ACTIONS));
        PERCENTILES.forEach((name, percentile) -> {
            final ResultLine without = line(column(turns, 1), " beside actions", name, percentile);
            lines.add(line(column(turns, 0), " in pairs", name, percentile).beside(without));
            lines.add(line(column(turns, 2), " in pairs", name, percentile).beside(without));
            lines.add(without);
        });
        return lines;
    }

    /**
     * What the machine takes from threads that only read the clock: where it is 1 % or more, at least one message in a hundred was meant to
     * be sent in such a gap, and the p99 is the machine's.
     *
     * @param still looks at it before, between and behind the pairs.
     */
    static List<ResultLine> ofStandstill(final List<Standstill> still) {
        return List.of(
            ResultLine.alone(BENCH, STILL + "20 us", Spread.of(still.stream().mapToDouble(Standstill::percent).toArray()), PERCENT),
            ResultLine.alone(BENCH, STILL + "1 ms", Spread.of(still.stream().mapToDouble(Standstill::longPercent).toArray()), PERCENT));
    }

    /**
     * The climb: for each case and rate what was achieved and how long it took, then the highest rate each case has kept.
     *
     * @param windows in any order.
     */
    static List<ResultLine> ofClimb(final List<LatencyWindow> windows) {
        final List<ResultLine> lines = new ArrayList<>();
        final Map<String, Integer> kept = new LinkedHashMap<>();
        byCaseAndRate(windows).forEach(rounds -> {
            final LatencyWindow first = rounds.get(0);
            lines.add(ResultLine.alone(BENCH, name(rounds, "") + ", achieved", spread(rounds, LatencyWindow::achieved), "messages/s"));
            PERCENTILES.forEach((name, percentile) -> lines.add(line(rounds, "", name, percentile)));
            kept.merge(first.caseName(), isMissed(rounds) ? 0 : first.rate(), Math::max);
        });
        kept.forEach((name, rate) -> lines.add(ResultLine.alone(BENCH, name + ", highest rate kept", Spread.of(rate), "messages/s")));
        return lines;
    }

    /** The rounds of each case at each rate, cases in the order in which they first ran. */
    static List<List<LatencyWindow>> byCaseAndRate(final List<LatencyWindow> windows) {
        final Map<String, Map<Integer, List<LatencyWindow>>> byCase = new LinkedHashMap<>();
        windows.forEach(window -> byCase.computeIfAbsent(window.caseName(), name -> new LinkedHashMap<>())
            .computeIfAbsent(window.rate(), rate -> new ArrayList<>()).add(window));
        return byCase.values().stream().flatMap(rates -> rates.values().stream()).toList();
    }

    /** Whether the two that are compared kept their rate, each in more than half of its windows. */
    static boolean keepTheirRate(final List<List<LatencyWindow>> turns) {
        return turns.isEmpty() || (!isMissed(column(turns, 0)) && !isMissed(column(turns, 1)));
    }

    /** Whether most rounds missed their rate. */
    static boolean isMissed(final List<LatencyWindow> rounds) {
        return 2 * missed(rounds) >= rounds.size();
    }

    private static long missed(final List<LatencyWindow> rounds) {
        return rounds.stream().filter(LatencyWindow::isMissed).count();
    }

    private static String mark(final List<LatencyWindow> rounds) {
        if (isMissed(rounds)) {
            return ", missed";
        }
        final long missed = missed(rounds);
        return 0 == missed ? "" : ", missed " + missed + " of " + rounds.size();
    }

    private static String name(final List<LatencyWindow> rounds, final String part) {
        return rounds.get(0).caseName() + ", " + rounds.get(0).rate() + "/s" + part + mark(rounds);
    }

    private static ResultLine line(final List<LatencyWindow> rounds, final String part, final String figure, final double percentile) {
        return ResultLine.alone(BENCH, name(rounds, part) + ", " + figure, spread(rounds, window -> window.us(percentile)), US);
    }

    /**
     * Of a column to the second one: of each pair, and of the waits of all pairs taken together. One gap of the machine decides the p99 of
     * a window, and so a pair's ratio; of all windows together many do, on both sides. Nothing when no pair has waits on both sides.
     */
    private static List<ResultLine> ratio(
        final List<List<LatencyWindow>> turns, final int column, final double percentile, final String name, final String unit) {
        final double[] ratios = turns.stream().mapToDouble(turn -> turn.get(column).us(percentile) / turn.get(1).us(percentile))
            .filter(Double::isFinite).toArray();
        if (0 == ratios.length) {
            return List.of();
        }
        final double ofAll = LatencyWindow.us(LatencyWindow.waitsNs(column(turns, column)), percentile)
            / LatencyWindow.us(LatencyWindow.waitsNs(column(turns, 1)), percentile);
        return List.of(ResultLine.alone(BENCH, name, Spread.of(ratios), unit),
            ResultLine.alone(BENCH, name + ALL_TOGETHER, Spread.of(ofAll), unit));
    }

    private static Spread spread(final List<LatencyWindow> rounds, final ToDoubleFunction<LatencyWindow> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }

    private static List<LatencyWindow> column(final List<List<LatencyWindow>> turns, final int index) {
        return turns.stream().map(turn -> turn.get(index)).toList();
    }

    private static Map<String, Double> percentiles() {
        final Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", 50.0);
        percentiles.put("p90", 90.0);
        percentiles.put("p99", 99.0);
        percentiles.put("p99.9", 99.9);
        percentiles.put("p99.99", 99.99);
        percentiles.put("longest", 100.0);
        return percentiles;
    }
}
