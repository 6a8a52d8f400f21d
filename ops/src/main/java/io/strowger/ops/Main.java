package io.strowger.ops;

import io.strowger.ops.cli.Strowger;
import io.strowger.ops.console.Console;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where the process starts and ends.
 */
public final class Main {
    private static final int OUT_BUFFER_BYTES = 1 << 16;

    private Main() {
    }

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args command and options; see {@code ops/strowger --help}.
     */
    public static void main(final String[] args) {
        // nothing that this process uses may phone home or advertise itself, however it was started
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        final PrintStream out = new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUT_BUFFER_BYTES), false, StandardCharsets.UTF_8);
        final PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        final boolean colour = wantsColour();
        final boolean terminalErr = isTerminal("err");
        final Console console = new Console(out, err, colour && isTerminal("out"), colour && terminalErr, terminalErr);
        final int exitCode = Strowger.run(console, args);
        out.flush();
        System.exit(exitCode);
    }

    /** The launcher asks the shell: Java itself can't tell stdout from stderr. */
    private static boolean isTerminal(final String stream) {
        return Boolean.getBoolean("strowger.terminal." + stream) && !"dumb".equals(System.getenv("TERM"));
    }

    private static boolean wantsColour() {
        final String plain = System.getenv("NO_COLOR");
        return null == plain || plain.isEmpty();
    }
}
