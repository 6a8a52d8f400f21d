package io.strowger.bench.pipeline;

import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/**
 * What the windows of the router and of bare Chronicle say, as result lines and as tables.
 */
final class SustainedLines {
    static final String BENCH = "sustained";

    private SustainedLines() {
    }

    /** The figures, the router beside bare Chronicle. */
    static List<ResultLine> of(final List<SustainedWindow> windows, final SustainedSizes sizes) {
        final String with = ", sessions=" + sizes.sessions() + ", seconds=" + sizes.seconds();
        final List<ResultLine> lines = new ArrayList<>();
        lines.addAll(beside("", windows, with, SustainedWindow::rate, "signals/s"));
        lines.addAll(beside(", the first second", windows, with, window -> window.curve().first(), "signals/s"));
        lines.addAll(beside(", the slowest second in which signals came", windows, with, window -> window.curve().slowest(), "signals/s"));
        lines.add(line("", windows, SustainedRouter.NAME, with, SustainedWindow::eventRate, "events/s"));
        lines.addAll(beside("", windows, with, SustainedWindow::megabytesPerSecond, "MB/s"));
        lines.addAll(beside("", windows, with, SustainedWindow::cpuPerSignalNs, "cpu-ns/signal"));
        return lines;
    }

    /** Every window as comma-separated values. */
    static List<String> table(final List<SustainedWindow> windows) {
        return table("contender,round,signals,events,bytes,offer_ns,wall_ns,cpu_ns", windows, (window, before) -> List.of(before + ","
            + window.signals() + "," + window.events() + "," + window.bytes() + "," + window.offerNs() + "," + window.wallNs() + ","
            + window.cpuNs()));
    }

    /** Every second of every window as comma-separated values. */
    static List<String> seconds(final List<SustainedWindow> windows) {
        return table("contender,round,elapsed_ns,signals", windows, (window, before) -> window.curve().rows(before));
    }

    /** Rows of each window, behind its contender and the number of its round. */
    private static List<String> table(final String heading, final List<SustainedWindow> windows,
                                      final BiFunction<SustainedWindow, String, List<String>> rows) {
        final List<String> table = new ArrayList<>(List.of(heading));
        final Map<String, Integer> rounds = new HashMap<>();
        for (final SustainedWindow window : windows) {
            table.addAll(rows.apply(window,
                "\"" + window.contender() + "\"," + rounds.merge(window.contender(), 1, Integer::sum)));
        }
        return table;
    }

    private static List<ResultLine> beside(final String what, final List<SustainedWindow> windows, final String with,
                                           final ToDoubleFunction<SustainedWindow> figure, final String unit) {
        final ResultLine chronicle = line(what, windows, SustainedChronicle.NAME, with, figure, unit);
        return List.of(line(what, windows, SustainedRouter.NAME, with, figure, unit).beside(chronicle), chronicle);
    }

    private static ResultLine line(final String what, final List<SustainedWindow> windows, final String contender, final String with,
                                   final ToDoubleFunction<SustainedWindow> figure, final String unit) {
        return ResultLine.alone(BENCH, contender + what + with, Spread.of(
            windows.stream().filter(window -> window.contender().equals(contender)).mapToDouble(figure).toArray()), unit);
    }
}
