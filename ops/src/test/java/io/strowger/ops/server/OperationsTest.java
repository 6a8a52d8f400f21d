package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.console.FailedException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OperationsTest {
    private static final long SECONDS = 20;
    private static final String READY = "/health/ready";

    @TempDir
    private Path folder;

    @Test
    void shouldLiveAtOnceAndBeReadyWhenTheJournalIsRead() throws Exception {
        final Vertx vertx = Vertx.vertx();
        final int port = freePort();
        final StartDoor door = new StartDoor(vertx, ListenerConfig.loopback(port));
        final HttpServer open = door.open().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        assertEquals(port, open.actualPort());
        assertEquals("200 live\n", said(port, "/health/live"));
        assertEquals("503 " + StartDoor.REASON, said(port, READY));
        assertEquals("503 " + StartDoor.REASON, said(port, "/events"));
        door.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        try (OperatedServer server = new OperatedServer(folder, port, "")) {
            assertEquals(port, server.port(), "the gateway stands where the door was");
            assertEquals("200 ready\n", said(port, READY));
            final String health = server.get("/operator/health", server.token()).body();
            assertTrue(health.startsWith("{\"ready\":true,\"reason\":null,\"warning\":"), health);
            assertEquals(List.of(), server.notes());
        }
    }

    @Test
    void shouldSayThatATableIsFullWhileItIsReady() throws Exception {
        try (OperatedServer server = new OperatedServer(folder, 0, """
            router: {sessions: 1}
            sources:
              - {name: demo, tenant: 1, dialect: demo}
            """)) {
            final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            String health = "";
            while (!health.contains("signals were refused since the start because a table of the router was full: ")) {
                assertTrue(System.nanoTime() < untilNs, health);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                health = server.get("/operator/health", server.token()).body();
            }
            assertEquals("200 ready\n", said(server.port(), READY));
            final String metrics = server.metrics();
            assertTrue(metrics.contains("strowger_room_limit{table=\"sessions\"} 1.0"), metrics);
            assertFalse(metrics.contains("strowger_room_refused_total 0.0"), metrics);
        }
    }

    @Test
    void shouldSayThatThereAreNoPopUpsAndThatAPortIsTaken() throws Exception {
        try (OperatedServer server = new OperatedServer(folder, 0, "")) {
            final HttpResponse<String> none = server.get("/pop-ups", server.token());
            assertEquals(404, none.statusCode());
            assertTrue(none.body().contains("no popUps of this tenant"), none.body());
            final FailedException taken = assertThrows(FailedException.class,
                () -> new OperatedServer(Files.createDirectory(folder.resolve("other")), server.port(), ""));
            assertTrue(taken.getMessage().contains("--port N"), taken.getMessage());
        }
    }

    @Test
    void shouldSayWhyItIsNotReadyWhenTheRouterIsClosed() throws Exception {
        try (OperatedServer server = new OperatedServer(folder, 0, "")) {
            server.server().router().close();
            assertEquals("503 not ready: the router is closed\n", said(server.port(), READY));
            assertTrue(server.metrics().contains("strowger_ready 0"));
        }
    }

    private static String said(final int port, final String path) throws Exception {
        final CompletableFuture<HttpResponse<String>> said = HttpClient.newHttpClient().sendAsync(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), HttpResponse.BodyHandlers.ofString());
        final HttpResponse<String> response = said.get(SECONDS, TimeUnit.SECONDS);
        return response.statusCode() + " " + response.body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
