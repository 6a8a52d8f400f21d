package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.strowger.ops.access.Audit;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.file.ConfigReader;
import io.strowger.ops.log.Heard;
import io.strowger.ops.node.RunningRouter;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many sources, and many who would be one. */
@Timeout(60)
class ManySourcesTest {
    private static final int MANY = 4_000;
    private static final int FLOOD = 200;
    /** What it takes to make the health of one source, with room to spare. */
    private static final long MOST_BYTES = 4_096;

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatIsCountedOfEachSourceOnce() throws Exception {
        final StringBuilder sources = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            sources.append("  - {name: s").append(i).append(", tenant: 1, dialect: sbe, accept: {tokens: [{sha256: ")
                .append(Tokens.hash("t" + i)).append("}]}}\n");
        }
        final ServerConfig config = config("sources: {port: 0}", sources.toString());
        final Vertx vertx = Vertx.vertx();
        try (RunningRouter running = RunningRouter.open(config, note -> { }, fault -> { }, (block, record) -> { })) {
            final SignalSources signals = new SignalSources(vertx, running.router(), config, Audit.NONE);
            final SimpleMeterRegistry registry = new SimpleMeterRegistry();
            signals.bindTo(registry);
            final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
            final long before = threads.getCurrentThreadAllocatedBytes();
            assertEquals(MANY, registry.get("strowger.source.signals").gauges().stream().filter(gauge -> 0 == gauge.value()).count());
            final long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            // to look at all of them for each would be a hundred times as much
            assertTrue(bytes < MANY * MOST_BYTES, bytes / MANY + " bytes for each");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void shouldSayInALineThatManyWereRefusedAsSources() throws Exception {
        final ServerConfig config = config("sources: {port: 0}, sourcesHttp: {port: 0}", """
              - {name: phones, tenant: 1, dialect: action-url, accept: {tokens: [{sha256: HASH}]}}
            """.replace("HASH", Tokens.hash("one")));
        final Vertx vertx = Vertx.vertx();
        try (Heard heard = Heard.all();
             RunningRouter running = RunningRouter.open(config, note -> { }, fault -> { }, (block, record) -> { })) {
            final Sources sources = new Sources(vertx, running.router(), config, Audit.NONE);
            sources.start().toCompletionStage().toCompletableFuture().join();
            final int http = Integer.parseInt(sources.url().replaceFirst(".*:", ""));
            for (int i = 0; i < FLOOD; i++) {
                final String answer = ask(http, "GET /action/sw_wrong" + i + "/registered HTTP/1.1\r\nConnection: close\r\n\r\n");
                assertTrue(answer.startsWith(i < 10 ? "HTTP/1.1 401 " : "HTTP/1.1 4"), answer);
            }
            assertTrue(ask(http, "GET /action/sw_wrong/x HTTP/1.1\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 429 "));
            final RefusedCallers refused = new RefusedCallers();
            sources.watch(refused);
            refused.look();
            refused.look();
            assertEquals(1, heard.lines().stream().filter(("WARNING " + (FLOOD + 1) + " sources that speak HTTP not let in within a minute,"
                + " without a token that is known or without TLS, the last from 127.0.0.1")::equals).count(), heard.lines().toString());
            sources.stop().toCompletionStage().toCompletableFuture().join();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static String ask(final int port, final String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private ServerConfig config(final String listen, final String sources) throws Exception {
        return ConfigReader.read(Files.writeString(folder.resolve("server.yaml"), """
            journal: {directory: JOURNAL}
            router: {sources: 8192}
            listen: {http: {port: 0}, LISTEN}
            sources:
            SOURCES
            applications:
              - {id: owner, tenant: 1, tokens: [{sha256: OWNER}], read: {}, operate: true}
            """.replace("JOURNAL", folder.resolve("journal").toString()).replace("LISTEN", listen)
            .replace("SOURCES\n", sources).replace("OWNER", Tokens.hash("owner"))));
    }
}
