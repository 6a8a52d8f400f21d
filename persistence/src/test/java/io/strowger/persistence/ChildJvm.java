package io.strowger.persistence;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A second process that runs a main class with the flags of this one.
 */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final DataInputStream acks;

    private ChildJvm(final Process process) {
        this.process = process;
        this.acks = new DataInputStream(process.getInputStream());
    }

    /**
     * Starts {@link AppendLoop}.
     *
     * @param prefix    command that the JVM is the argument of, may be empty.
     * @param home      its user.home.
     * @param arguments of AppendLoop.
     */
    static ChildJvm start(final List<String> prefix, final Path home, final String... arguments) throws IOException {
        return start(prefix, home, AppendLoop.class, arguments);
    }

    /**
     * Starts it.
     *
     * @param prefix    command that the JVM is the argument of, may be empty.
     * @param home      its user.home.
     * @param main      class that it runs.
     * @param arguments of its main method.
     */
    public static ChildJvm start(final List<String> prefix, final Path home, final Class<?> main, final String... arguments)
        throws IOException {
        final List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--add-") || argument.startsWith("--sun-misc") || argument.startsWith("--enable-native")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-Duser.home=" + home, "-cp",
            System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /**
     * Reads one number that it wrote.
     *
     * @return null when it has ended.
     */
    public Long read() throws IOException {
        try {
            return acks.readLong();
        } catch (final EOFException ex) {
            return null;
        }
    }

    /**
     * Reads acknowledged sequences.
     *
     * @param count most to read; all there are for Integer.MAX_VALUE.
     * @return the last one, or -1 when it ended before the first.
     */
    long readAcks(final int count) throws IOException {
        long last = -1;
        for (int i = 0; i < count; i++) {
            try {
                last = acks.readLong();
            } catch (final EOFException ex) {
                return last;
            }
        }
        return last;
    }

    /** Ends it as kill -9 does. */
    public void kill() {
        // by its handle: what it has written stays readable
        process.toHandle().destroyForcibly();
    }

    /** Waits for its end and gives its exit code. */
    public int join() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
