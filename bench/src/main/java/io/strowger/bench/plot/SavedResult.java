package io.strowger.bench.plot;

import io.strowger.bench.result.Curve;
import io.strowger.bench.result.ResultLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A file of results, with the environment that it holds for where that stands beside it.
 *
 * @param file        of curves or of result lines.
 * @param environment one line, may be empty.
 */
record SavedResult(Path file, String environment) {
    private static final String CURVES = ".curves.jsonl";
    private static final String LINES = ".jsonl";
    private static final String ENVIRONMENT = ".environment.txt";
    private static final List<String> SHOWN = List.of("cpu", "cores", "kernel", "jdk", "disk", "read_ahead_kb", "commit", "date");
    private static final String NOTE = "\"note\":";

    /**
     * The results that a path names: a file, or all of a folder. A benchmark of a folder that has curves shows these alone.
     *
     * @throws IllegalArgumentException when it is neither.
     */
    static List<SavedResult> in(final Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(of(path));
        }
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("there is no " + path);
        }
        final List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files = all.filter(file -> file.toString().endsWith(LINES)).sorted().toList();
        }
        final List<SavedResult> results = new ArrayList<>();
        for (final Path file : files) {
            if (isCurves(file) || !files.contains(path.resolve(bench(file) + CURVES))) {
                results.add(of(file));
            }
        }
        return results;
    }

    /** All charts of it. */
    List<Chart> charts() throws IOException {
        return isCurves(file) ? ofCurves() : ofLines();
    }

    private List<Chart> ofCurves() throws IOException {
        final List<Curve> curves = Files.readAllLines(file).stream().map(Curve::parse).toList();
        final List<Chart> charts = new ArrayList<>();
        groups(curves, curve -> curve.part() + " at " + curve.rate() + " a second").forEach((name, own) ->
            charts.add(CurveChart.of(bench(file) + ' ' + name, environment, own, Curve::caseName)));
        groups(curves, curve -> curve.part() + ", " + curve.caseName()).forEach((name, own) -> {
            if (own.size() > 1) {
                charts.add(CurveChart.of(bench(file) + ' ' + name, environment, own, curve -> curve.rate() + " a second"));
            }
        });
        return charts;
    }

    private List<Chart> ofLines() throws IOException {
        final List<ResultLine> lines = Files.readAllLines(file).stream()
            .filter(line -> !line.contains(NOTE)).map(ResultLine::parse).toList();
        final List<Chart> charts = new ArrayList<>();
        groups(lines, ResultLine::unit).forEach((unit, own) ->
            charts.add(BarChart.of(bench(file) + ' ' + unit.replace("/", " a "), environment, own)));
        return charts;
    }

    private static SavedResult of(final Path file) throws IOException {
        final Path beside = file.resolveSibling(bench(file) + ENVIRONMENT);
        return new SavedResult(file, Files.exists(beside) ? shown(Files.readAllLines(beside)) : "");
    }

    private static String shown(final List<String> facts) {
        return String.join(" · ", facts.stream().filter(fact -> SHOWN.stream().anyMatch(name -> fact.startsWith(name + ":"))).toList());
    }

    private static boolean isCurves(final Path file) {
        return file.toString().endsWith(CURVES);
    }

    private static String bench(final Path file) {
        final String name = file.getFileName().toString();
        return name.replace(CURVES, "").replace(LINES, "");
    }

    private static <T> Map<String, List<T>> groups(final List<T> all, final Function<T, String> name) {
        final Map<String, List<T>> groups = new LinkedHashMap<>();
        all.forEach(one -> groups.computeIfAbsent(name.apply(one), key -> new ArrayList<>()).add(one));
        return groups;
    }
}
