package io.strowger.ops.outage;

import io.strowger.ops.Main;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The server in a process of its own. What it says goes to a file, into the message when it does not start.
 */
final class ServerChild implements AutoCloseable {
    private static final long START_S = 60;
    private static final long STOP_S = 30;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int FINE = 200;

    private final Process process;

    private ServerChild(final Process process) {
        this.process = process;
    }

    /** Starts it, and waits until it is ready; its configuration names the port. */
    static ServerChild start(final HttpClient http, final Path configuration, final int port, final Path log)
        throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--add-") || flag.startsWith("--sun-misc") || flag.startsWith("--enable-native")) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
            Main.class.getName(), "serve", "--config", configuration.toString()));
        final ServerChild child = new ServerChild(new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start());
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_S);
        while (!isReady(http, port)) {
            if (!child.process.isAlive() || System.nanoTime() > endNs) {
                child.close();
                throw new AssertionError("not ready: " + Files.readString(log));
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return child;
    }

    /** Ends it as kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Asks it to end, and says with which exit code it did. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static boolean isReady(final HttpClient http, final int port) throws InterruptedException {
        try {
            return FINE == http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (final IOException e) {
            return false;
        }
    }
}
