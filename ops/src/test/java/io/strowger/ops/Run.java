package io.strowger.ops;

import io.strowger.ops.cli.Strowger;
import io.strowger.ops.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One command, run in this JVM, and what came of it.
 *
 * @param exitCode of the command.
 * @param out      what it printed as results.
 * @param err      what it printed as errors.
 */
public record Run(int exitCode, String out, String err) {
    /** Runs a command as a program would see it: no terminal. */
    public static Run of(final String... args) {
        return of(false, args);
    }

    /** Runs a command as a person at a terminal would see it. */
    public static Run onTerminal(final String... args) {
        return of(true, args);
    }

    private static Run of(final boolean terminal, final String... args) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final int exitCode;
        try (PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
            PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            exitCode = Strowger.run(new Console(outStream, errStream, terminal, terminal, terminal), args);
        }
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The lines of the results that are not blank. */
    public List<String> lines() {
        return out.lines().filter(line -> !line.isBlank()).toList();
    }

    /** The last line of the results, empty when there is none. */
    public String lastLine() {
        final List<String> lines = lines();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
