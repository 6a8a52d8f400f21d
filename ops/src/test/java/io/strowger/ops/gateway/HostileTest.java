package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.access.Credentials;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who breaks rules, does not read, or trickles: each harms only itself. */
@Timeout(120)
class HostileTest {
    private static final GatewayLimits IMPATIENT =
        new GatewayLimits(100, 100, 64 * 1024, Duration.ofMillis(800), Duration.ofMillis(500), Duration.ofMillis(200));
    private static final String AUTHORIZED = "\nHost: a\nAuthorization: Bearer " + LiveGateway.OWNER + "\n";

    @TempDir
    private Path folder;
    private LiveGateway gateway;

    @AfterEach
    void shouldStillServe() {
        assertEquals("ready\n", gateway.get("/health/ready", null).body());
        gateway.close();
    }

    @Test
    void shouldCutWhoPingsOnAndOnAndReadsNoPong() {
        open(GatewayLimits.DEFAULT);
        final byte[] ping = RawPeer.frame(0x80 | RawPeer.PING, new byte[125]);
        try (RawPeer peer = RawPeer.socket(gateway, LiveGateway.OWNER)) {
            assertThrows(UncheckedIOException.class, () -> {
                for (int sent = 0; sent < 32 * 1024 * 1024; sent += ping.length) {
                    peer.send(ping);
                }
            }, "far more than its kernel and ours hold");
        }
    }

    @Test
    void shouldAskNothingMoreOfWhoReadsNoAnswersAndCutHim() {
        open(IMPATIENT);
        try (RawPeer peer = new RawPeer(gateway)) {
            assertThrows(UncheckedIOException.class, () -> {
                for (int i = 0; i < 1_000_000; i++) {
                    peer.send("GET /openapi.yaml HTTP/1.1\nHost: a\n\n");
                }
            });
        }
    }

    @Test
    void shouldAnswerWhoAsksOnAndOnAndReadsLater() {
        open(GatewayLimits.DEFAULT);
        try (RawPeer peer = new RawPeer(gateway)) {
            for (int i = 0; i < 200; i++) {
                peer.send("GET /openapi.yaml HTTP/1.1\nHost: a\n\n");
            }
            peer.send("GET /openapi.yaml HTTP/1.1\nHost: a\nConnection: close\n\n");
            assertEquals(201, peer.rest().split("HTTP/1.1 200 OK", -1).length - 1);
        }
    }

    @Test
    void shouldCutWhoAnswersNoPing() {
        open(IMPATIENT);
        try (RawPeer mute = RawPeer.socket(gateway, LiveGateway.OWNER)) {
            assertEquals(0, mute.closeCode());
        }
    }

    @Test
    void shouldKeepWhoAnswersPingsAndReadsHoweverLittleHappens() {
        open(IMPATIENT);
        final CompletableFuture<String> closed = new CompletableFuture<>();
        final WebSocket socket = gateway.http().newWebSocketBuilder().header("Authorization", "Bearer " + LiveGateway.OWNER)
            .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + "/stream"), new WebSocket.Listener() {
                @Override
                public CompletionStage<?> onClose(final WebSocket from, final int code, final String reason) {
                    closed.complete(code + " " + reason);
                    return null;
                }

                @Override
                public void onError(final WebSocket from, final Throwable fault) {
                    closed.complete(fault.toString());
                }
            }).join();
        try (EventSource events = new EventSource(gateway, "/events", LiveGateway.OWNER, null)) {
            assertThrows(TimeoutException.class, () -> closed.get(2, TimeUnit.SECONDS));
            gateway.hello("late", 1);
            assertEquals("/late", events.take().data().getString("source"));
            socket.abort();
        }
    }

    @Test
    void shouldRefuseRequestsOfTwoLengths() {
        open(GatewayLimits.DEFAULT);
        for (final String lengths : List.of("Content-Length: 5\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\nContent-Length: 5", "Content-Length: 5\nContent-Length: 6",
            "Content-Length: 5\nContent-Length: 5", "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: chunked\nTransfer-Encoding: chunked", "Transfer-Encoding: xchunked", "Content-Length: +5",
            "Content-Length: 5, 6")) {
            try (RawPeer peer = new RawPeer(gateway)) {
                peer.send("POST /actions HTTP/1.1" + AUTHORIZED + lengths + "\n\n0\n\nGET /status HTTP/1.1" + AUTHORIZED + "\n\n");
                final String answer = peer.rest();
                assertTrue(answer.startsWith("HTTP/1.1 400"), lengths + ": " + answer);
                assertEquals(1, answer.split("HTTP/1.1", -1).length - 1, lengths + ": " + answer);
            }
        }
    }

    @Test
    void shouldRefuseEscapesThatAreNoneAndLogNoQuery() {
        open(GatewayLimits.DEFAULT);
        final List<String> logged = Collections.synchronizedList(new ArrayList<>());
        final Handler handler = new Handler() {
            @Override
            public void publish(final LogRecord entry) {
                logged.add(entry.getMessage() + entry.getThrown());
            }

            @Override
            public void flush() {
                // nothing waits
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger.getLogger("").addHandler(handler);
        try {
            for (final String address : List.of("/events?ticket=s3cret%zz", "/events?ticket=s3cret%", "/status?user=s3cret%1", "/%zz",
                "/health/live?s3cret=%u0031")) {
                try (RawPeer peer = new RawPeer(gateway)) {
                    peer.send("GET " + address + " HTTP/1.1" + AUTHORIZED + "Connection: close\n\n");
                    final String answer = peer.rest();
                    assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains("an escape in the address"), address + ": " + answer);
                }
            }
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        assertTrue(logged.stream().noneMatch(line -> line.contains("s3cret")), logged::toString);
    }

    @Test
    void shouldNameTheMethodsThatThereAre() {
        open(GatewayLimits.DEFAULT);
        assertAllowed("GET", "/status", "POST");
        assertAllowed("POST", "/actions", "PUT");
        assertAllowed("GET", "/events", "DELETE");
        assertEquals(404, gateway.post("/nothing", LiveGateway.OWNER, "").statusCode());
    }

    @Test
    void shouldCloseSocketsWithTheCodeOfWhatIsWrong() {
        open(GatewayLimits.DEFAULT);
        final byte[] text = "{\"op\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
        final byte[] unmasked = {(byte)0x81, 2, '{', '}'};
        final byte[] long64 = {(byte)0x81, (byte)0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        assertEquals(1002, closedAfter(RawPeer.frame(0xC1, text)), "a reserved bit");
        assertEquals(1002, closedAfter(RawPeer.frame(0x83, text)), "a reserved opcode");
        assertEquals(1002, closedAfter(RawPeer.frame(RawPeer.PING, text)), "a ping in pieces");
        assertEquals(1002, closedAfter(RawPeer.frame(0x89, new byte[126])), "a ping that is too long");
        assertEquals(1002, closedAfter(unmasked), "no mask");
        assertEquals(1002, closedAfter(RawPeer.frame(0x80, text)), "the rest of no message");
        assertEquals(1007, closedAfter(RawPeer.frame(0x81, new byte[] {'{', (byte)0xC3, (byte)0x28, '}'})), "no UTF-8");
        assertEquals(1007, closedAfter(RawPeer.frame(0x81, new byte[] {(byte)0xED, (byte)0xA0, (byte)0x80})), "half a surrogate pair");
        assertEquals(1009, closedAfter(long64), "too long");
        try (RawPeer peer = RawPeer.socket(gateway, LiveGateway.OWNER)) {
            for (int i = 0; i < 3; i++) {
                peer.send(RawPeer.frame(0 == i ? 1 : 0, new byte[30_000]));
            }
            assertEquals(1009, peer.closeCode(), "too long in pieces");
        }
        try (RawPeer peer = RawPeer.socket(gateway, LiveGateway.OWNER)) {
            peer.text("{\"op\":\"ping\"}");
            peer.send(RawPeer.frame(0xC1, text));
            assertEquals(1002, peer.closeCode(), "behind a message that is right");
        }
    }

    @Test
    void shouldCloseWithinTwoSecondsWhatATokenHadOpened() {
        open(GatewayLimits.DEFAULT);
        try (EventSource events = new EventSource(gateway, "/events", LiveGateway.OWNER, null);
            RawPeer idle = RawPeer.socket(gateway, LiveGateway.OWNER)) {
            final long begunNs = System.nanoTime();
            gateway.gate().replace(Credentials.builder().build());
            assertEquals(1008, idle.closeCode());
            assertEquals(401, events.take().data().getInteger("status"));
            assertTrue(System.nanoTime() - begunNs < Duration.ofSeconds(2).toNanos());
        }
    }

    @Test
    void shouldNotWaitForALaterRequestThatTrickles() {
        open(IMPATIENT);
        try (RawPeer peer = new RawPeer(gateway)) {
            for (int i = 0; i < 3; i++) {
                peer.send("GET /nothing HTTP/1.1\nHost: a\nX: ");
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                peer.send("y\n\n");
                assertTrue(peer.head().contains("HTTP/1.1 404"));
            }
            final long begunNs = System.nanoTime();
            assertThrows(UncheckedIOException.class, () -> {
                while (System.nanoTime() - begunNs < Duration.ofSeconds(10).toNanos()) {
                    peer.send("G");
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            });
        }
    }

    @Test
    void shouldOpenNoMoreStreamsThanThereIsMemoryFor() {
        open(GatewayLimits.DEFAULT.withStreams(2));
        try (EventSource one = new EventSource(gateway, "/events", LiveGateway.OWNER, null);
            EventSource two = new EventSource(gateway, "/events", LiveGateway.OTHER_TENANT, null)) {
            final HttpResponse<String> refused = gateway.get("/events", LiveGateway.OWNER);
            assertEquals(503, refused.statusCode());
            assertTrue(refused.body().contains("memory for 2 streams"), refused::body);
            assertTrue(one.isQuiet() && two.isQuiet());
        }
        while (gateway.gate().streams() > 0) {
            Thread.onSpinWait();
        }
        new EventSource(gateway, "/events", LiveGateway.OWNER, null).close();
        assertEquals(10_922, GatewayLimits.streamsOf(1L << 30));
    }

    private int closedAfter(final byte[] bytes) {
        try (RawPeer peer = RawPeer.socket(gateway, LiveGateway.OWNER)) {
            peer.send(bytes);
            return peer.closeCode();
        }
    }

    private void assertAllowed(final String allowed, final String path, final String method) {
        final HttpResponse<String> answer = gateway.send(gateway.request(path, LiveGateway.OWNER)
            .method(method, HttpRequest.BodyPublishers.noBody()).build());
        assertEquals("405 " + allowed, answer.statusCode() + " " + answer.headers().firstValue("Allow").orElse("none"), answer::body);
        assertFalse(answer.body().isEmpty());
    }

    private void open(final GatewayLimits limits) {
        gateway = new LiveGateway(folder.resolve("journal"), limits);
    }
}
