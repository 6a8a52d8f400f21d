package io.strowger.bench.growth;

import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of one process: each with the value of every round, printed as result lines and kept as a table.
 */
final class Figures {
    private final String bench;
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    Figures(final String bench) {
        this.bench = bench;
    }

    /** Adds the value of one more round of a figure. */
    void add(final String name, final String unit, final double value) {
        figures.computeIfAbsent(name, key -> new Figure(unit, new ArrayList<>())).values.add(value);
    }

    /**
     * The line of a figure.
     *
     * @param name      of it.
     * @param yardstick the name of another of the same unit, or null.
     */
    ResultLine line(final String name, final String yardstick) {
        final Figure figure = figures.get(name);
        final ResultLine line = ResultLine.alone(bench, name,
            Spread.of(figure.values.stream().mapToDouble(Double::doubleValue).toArray()), figure.unit);
        return null == yardstick ? line : line.beside(line(yardstick, null));
    }

    /**
     * Prints all lines, and adds a row for each value to a file.
     *
     * @param yardsticks what each is compared with, by its name; one that is not in it with nothing.
     */
    void print(final Map<String, String> yardsticks, final Path rounds) throws IOException {
        figures.keySet().forEach(name -> System.out.println(line(name, yardsticks.get(name)).toJson()));
        final List<String> table = new ArrayList<>();
        figures.forEach((name, figure) -> {
            for (int round = 0; round < figure.values.size(); round++) {
                table.add("\"" + name + "\"," + (round + 1) + "," + figure.values.get(round) + "," + figure.unit);
            }
        });
        Files.write(rounds, table, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Says on stderr where it stands, for who waits. */
    static void say(final String what) {
        System.err.printf("%tT %s%n", System.currentTimeMillis(), what);
    }

    private record Figure(String unit, List<Double> values) {
    }
}
