package io.strowger.bench;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the command line asked for.
 *
 * @param name    of the benchmark, or {@code all}.
 * @param quick   a run of seconds that shows that everything works; its numbers mean nothing and are not kept.
 * @param json    whether results are printed as JSON lines.
 * @param results folder of all runs; null: nothing is kept.
 * @param data    folder for journals, on the disk to be measured; everything made in it is removed again.
 * @param sizes   sizes and rates that are to be others than a benchmark's own, by their names.
 */
public record BenchOptions(String name, boolean quick, boolean json, Path results, Path data, Map<String, Integer> sizes) {
    /**
     * Reads the command line {@code NAME|all [--quick] [--format text|json] [--results DIR] [--data DIR] [--set SIZE=NUMBER]...}.
     *
     * @param arguments of the process.
     * @return what they ask for.
     * @throws IllegalArgumentException that says in one line what is wrong.
     */
    public static BenchOptions parse(final List<String> arguments) {
        String name = null;
        boolean quick = false;
        boolean json = false;
        Path results = null;
        final Map<String, Integer> sizes = new TreeMap<>();
        Path data = moduleFolder().resolve("target/data");
        for (int i = 0; i < arguments.size(); i++) {
            final String argument = arguments.get(i);
            switch (argument) {
                case "--quick" -> quick = true;
                case "--format" -> json = format(value(arguments, ++i, argument));
                case "--results" -> results = Path.of(value(arguments, ++i, argument));
                case "--data" -> data = Path.of(value(arguments, ++i, argument));
                case "--set" -> putSize(sizes, value(arguments, ++i, argument));
                default -> {
                    if (argument.startsWith("-") || null != name) {
                        throw new IllegalArgumentException("unexpected argument: " + argument);
                    }
                    name = argument;
                }
            }
        }
        if (null == name) {
            throw new IllegalArgumentException("no benchmark is named");
        }
        if (null == results && !quick) {
            results = moduleFolder().resolve("results");
        }
        return new BenchOptions(name, quick, json, results, data, Collections.unmodifiableMap(sizes));
    }

    /**
     * A size or rate.
     *
     * @param size     its name, one of the benchmark's settings.
     * @param ownValue the benchmark's own.
     */
    public int size(final String size, final int ownValue) {
        return sizes.getOrDefault(size, ownValue);
    }

    /** The same as an argument of a process. */
    public String setting(final String size, final int ownValue) {
        return Integer.toString(size(size, ownValue));
    }

    /**
     * The folder of this module: the jar lies in its {@code target}, and so do its classes.
     *
     * @return an absolute path.
     */
    static Path moduleFolder() {
        try {
            final Path code = Path.of(BenchOptions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return code.toAbsolutePath().getParent().getParent();
        } catch (final URISyntaxException e) {
            throw new IllegalStateException("the place of this program can't be found", e);
        }
    }

    private static String value(final List<String> arguments, final int at, final String option) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return arguments.get(at);
    }

    private static void putSize(final Map<String, Integer> sizes, final String text) {
        final int equals = text.indexOf('=');
        try {
            sizes.put(text.substring(0, Math.max(0, equals)), Integer.parseUnsignedInt(text.substring(equals + 1)));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("--set takes SIZE=NUMBER, not " + text, e);
        }
    }

    private static boolean format(final String format) {
        return switch (format) {
            case "json" -> true;
            case "text" -> false;
            default -> throw new IllegalArgumentException("--format is text or json, not " + format);
        };
    }
}
