package io.strowger.bench.peers;

import io.strowger.bench.MeasuredJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Kafka broker that is its own controller, in a process of its own, on the libraries of this one.
 */
final class KafkaBroker {
    /** For results. */
    static final String SETTINGS = "broker in KRaft mode, heap 1 GiB, parallel collector, segments of 1 GiB";

    private static final String CLUSTER_ID = "c3Ryb3dnZXItYmVuY2gtMQ";

    private KafkaBroker() {
    }

    /**
     * Formats its storage and starts it.
     *
     * @param folder for its files.
     * @param port   of the loopback interface, for clients.
     * @return it, taking connections.
     * @throws IOException          when it can't be started.
     * @throws InterruptedException when this thread is.
     */
    static ServerProcess start(final Path folder, final int port) throws IOException, InterruptedException {
        final Path settings = Files.createDirectories(folder).resolve("server.properties");
        Files.write(settings, settings(folder, port, Program.freePort()));
        final List<String> format = java("-Xmx256m", "kafka.tools.StorageTool");
        format.addAll(List.of("format", "--cluster-id", CLUSTER_ID, "--config", settings.toString()));
        final Path log = folder.resolve("format.log");
        final Process process = new ProcessBuilder(format).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (0 != process.waitFor()) {
            throw new IllegalStateException("the broker's storage can't be formatted: " + Files.readString(log).strip());
        }
        final List<String> command = java("-Xmx1g", "kafka.Kafka");
        command.add(settings.toString());
        return ServerProcess.start(command, folder, port);
    }

    private static List<String> java(final String heap, final String main) {
        return new ArrayList<>(List.of(MeasuredJvm.java(), "-Xms256m", heap, "-XX:+UseParallelGC", "-cp",
            System.getProperty("java.class.path"), main));
    }

    private static List<String> settings(final Path folder, final int port, final int controllerPort) {
        return List.of(
            "process.roles=broker,controller",
            "node.id=1",
            "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
            "listeners=CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "advertised.listeners=CLIENTS://127.0.0.1:" + port,
            "controller.listener.names=CONTROLLER",
            "inter.broker.listener.name=CLIENTS",
            "listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs=" + folder.resolve("log"),
            "offsets.topic.replication.factor=1",
            "num.network.threads=1",
            "num.io.threads=2",
            "socket.send.buffer.bytes=4194304",
            "socket.receive.buffer.bytes=4194304",
            "message.max.bytes=8388608",
            "log.segment.bytes=1073741824");
    }
}
