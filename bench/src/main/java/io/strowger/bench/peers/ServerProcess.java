package io.strowger.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server, of a peer or our own: started here, stopped by its own process and nothing else, at the latest when this process ends.
 *
 * <p>What it prints goes to {@code server.log} in its folder, and into the message when it does not start.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int CONNECT_LIMIT_MS = 1000;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Process process;
    private final Path log;
    private final Thread hook;

    private ServerProcess(final Process process, final Path log) {
        this.process = process;
        this.log = log;
        this.hook = new Thread(process::destroy, "stop-server");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a server and waits until it takes connections.
     *
     * @param command its program and arguments; it must stay in the foreground.
     * @param folder  for its log; made when it is not there.
     * @param port    it will listen on, on the loopback interface.
     * @return it, running.
     * @throws IOException           when the program can't be started.
     * @throws IllegalStateException when it ends at once or does not listen within a minute; it is stopped then.
     */
    public static ServerProcess start(final List<String> command, final Path folder, final int port) throws IOException {
        Files.createDirectories(folder);
        final Path log = folder.resolve("server.log");
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        final ServerProcess server = new ServerProcess(process, log);
        final long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!server.listens(port)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                server.close();
                throw new IllegalStateException(command.get(0) + " does not listen on " + port + ": " + server.lastOutput());
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return server;
    }

    private boolean listens(final int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_LIMIT_MS);
            return process.isAlive();
        } catch (final IOException e) {
            return false;
        }
    }

    private String lastOutput() {
        try {
            final List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time it has taken so far, all threads, in nanoseconds. */
    public long cpuNs() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Stops it and waits until it has ended. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (final IllegalStateException e) {
            // this process is ending: the hook has run, or runs now
            process.destroyForcibly();
        }
    }
}
