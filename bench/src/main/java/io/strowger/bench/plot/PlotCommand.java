package io.strowger.bench.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws charts of saved results: {@code RESULT... --out DIR}. A RESULT is a file of curves, a file of result lines, or a folder of such
 * files.
 */
public final class PlotCommand {
    /** How it is called. */
    public static final String USAGE = "plot RESULT... --out DIR";

    private static final int FINE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private PlotCommand() {
    }

    /**
     * Draws, and prints the name of each file that it wrote.
     *
     * @param arguments as above.
     * @return the exit code: 0 fine, 1 a result can't be read or a chart not be drawn, 2 wrong usage.
     */
    public static int run(final List<String> arguments) {
        final List<Path> results = new ArrayList<>();
        Path out = null;
        for (int i = 0; i < arguments.size(); i++) {
            if ("--out".equals(arguments.get(i)) && i + 1 < arguments.size()) {
                out = Path.of(arguments.get(++i));
            } else if (arguments.get(i).startsWith("-")) {
                return wrong("unexpected argument: " + arguments.get(i));
            } else {
                results.add(Path.of(arguments.get(i)));
            }
        }
        if (results.isEmpty() || null == out) {
            return wrong("which results, and into which folder?");
        }
        // whether there is a display or not
        System.setProperty("java.awt.headless", "true");
        try {
            return draw(results, out);
        } catch (final IOException | IllegalArgumentException e) {
            System.err.println("bench: plot failed: " + e);
            return FAILED;
        }
    }

    private static int draw(final List<Path> results, final Path out) throws IOException {
        Files.createDirectories(out);
        int drawn = 0;
        for (final Path result : results) {
            for (final SavedResult saved : SavedResult.in(result)) {
                for (final Chart chart : saved.charts()) {
                    drawn++;
                    chart.write(out).forEach(System.out::println);
                }
            }
        }
        if (0 == drawn) {
            System.err.println("bench: there is nothing to draw in " + results);
            return FAILED;
        }
        return FINE;
    }

    private static int wrong(final String what) {
        System.err.println("bench: " + what + " usage: bench " + USAGE);
        return WRONG_USAGE;
    }
}
