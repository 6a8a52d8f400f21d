package io.strowger.bench;

import io.strowger.bench.plot.PlotCommand;
import io.strowger.bench.result.Environment;
import io.strowger.bench.result.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Entry of the benchmarks:
 * {@code java -jar bench.jar NAME|all [--quick] [--format text|json] [--results DIR] [--data DIR] [--set SIZE=NUMBER]...},
 * or {@code plot RESULT... --out DIR} for charts of saved results.
 *
 * <p>Results go to stdout, one a line, and under {@code bench/results} unless the run is quick; everything else goes to stderr. Exit
 * code 0: measured, and all that is checked beside the speed holds; 1: it does not, or a benchmark failed; 2: wrong usage.
 */
public final class BenchMain {
    private static final int FINE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final String PLOT = "plot";

    private BenchMain() {
    }

    /**
     * Runs what the command line names and ends the process with its exit code.
     *
     * @param arguments as above.
     */
    public static void main(final String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    /**
     * Runs what the command line names.
     *
     * @param arguments as above.
     * @return the exit code.
     */
    static int run(final List<String> arguments) {
        if (arguments.contains("--help")) {
            System.out.println(usage());
            return FINE;
        }
        if (!arguments.isEmpty() && PLOT.equals(arguments.get(0))) {
            return PlotCommand.run(arguments.subList(1, arguments.size()));
        }
        final BenchOptions options;
        final List<Bench> benches;
        try {
            options = BenchOptions.parse(arguments);
            benches = Benches.named(options.name());
            checkSizes(options, benches);
        } catch (final IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage() + "; usage: " + usage());
            return WRONG_USAGE;
        }
        boolean holds = true;
        for (final Bench bench : benches) {
            holds &= run(bench, options, String.join(" ", arguments));
        }
        return holds ? FINE : FAILED;
    }

    private static void checkSizes(final BenchOptions options, final List<Bench> benches) {
        for (final String size : options.sizes().keySet()) {
            if (benches.stream().noneMatch(bench -> bench.settings().contains(size))) {
                throw new IllegalArgumentException(options.name() + " has no size named " + size);
            }
        }
    }

    private static boolean run(final Bench bench, final BenchOptions options, final String command) {
        try {
            Files.createDirectories(options.data());
            final Environment environment = Environment.of(options.data(), BenchOptions.moduleFolder(), "bench " + command, bench.flags());
            final Results results = new Results(System.out, options.json());
            final Path folder = null == options.results() ? options.data() : environment.folder(options.results());
            Files.createDirectories(folder);
            final boolean holds = bench.run(options, folder, results);
            if (null != options.results()) {
                results.save(folder, environment);
            }
            return holds;
        } catch (final Exception e) {
            System.err.println("bench: " + bench.name() + " failed: " + e);
            return false;
        }
    }

    private static String usage() {
        return "bench " + String.join("|", Benches.names()) + "|all [--quick] [--format text|json] [--results DIR] [--data DIR]"
            + " [--set SIZE=NUMBER]..., or bench " + PlotCommand.USAGE;
    }
}
