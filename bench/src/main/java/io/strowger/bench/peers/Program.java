package io.strowger.bench.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Finds a server's program, and a port for it.
 */
final class Program {
    /** Where Debian puts servers; a user's own path lacks it. */
    private static final String SERVERS = File.pathSeparator + "/usr/local/sbin" + File.pathSeparator + "/usr/sbin";

    private Program() {
    }

    /**
     * Looks for a program on the path and where servers lie.
     *
     * @param name of it.
     * @return an absolute path.
     * @throws NotRunException when it is not installed.
     */
    static Path find(final String name) throws NotRunException {
        final String path = System.getenv("PATH");
        return find(name, (null == path ? "" : path) + SERVERS);
    }

    /**
     * Looks for a program.
     *
     * @param name of it.
     * @param path folders, as in the environment.
     * @return an absolute path.
     * @throws NotRunException when it is in none of them.
     */
    static Path find(final String name, final String path) throws NotRunException {
        for (final String folder : path.split(Pattern.quote(File.pathSeparator), -1)) {
            final Path program = Path.of(folder, name);
            if (!folder.isEmpty() && Files.isExecutable(program) && !Files.isDirectory(program)) {
                return program.toAbsolutePath();
            }
        }
        throw new NotRunException(name + " is not installed");
    }

    /**
     * What a program says of its version.
     *
     * @param program that knows {@code --version}.
     * @return one line.
     * @throws IOException          when it can't be started.
     * @throws InterruptedException when this thread is.
     */
    static String version(final Path program) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines().findFirst().orElse("no version").strip();
    }

    /**
     * A port of the loopback interface that nobody listens on now.
     */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
