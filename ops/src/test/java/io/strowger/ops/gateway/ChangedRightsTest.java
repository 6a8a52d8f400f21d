package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.ReadGrant;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.node.CapturedFacts;
import io.strowger.router.action.ActionGrant;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an application has open while its rights and limits change, and its token does not. */
@Timeout(120)
class ChangedRightsTest {
    private static final ReadGrant ALL = new ReadGrant("*", "*");
    private static final String SMS =
        "{\"key\":\"a\",\"action\":\"send-sms\",\"user\":\"101\",\"number\":\"5551\",\"text\":\"hello\",\"sourceName\":\"gw\"}";
    private static final String HANG_UP = "{\"key\":\"h\",\"action\":\"hang-up\",\"nativeId\":\"1.1\"}";

    @TempDir
    private Path folder;

    @Test
    void shouldGoOnWhereOnlyLimitsAndActionsChange() throws Exception {
        try (LiveGateway gateway = open(); EventSource events = new EventSource(gateway, "/events", LiveGateway.OWNER, null);
            SocketClient socket = new SocketClient(gateway, LiveGateway.OWNER)) {
            socket.send("{\"op\":\"subscribe\",\"id\":\"s\",\"credit\":1000}");
            assertEquals("subscribed", socket.take().getString("op"));
            owner(gateway, 1, ALL, null, new CredentialLimits(4, 1_000, 1));
            assertEquals(403, gateway.post("/actions", LiveGateway.OWNER, HANG_UP).statusCode(), "none any more");
            try (EventSource third = new EventSource(gateway, "/events", LiveGateway.OWNER, null)) {
                assertEquals(429, gateway.get("/events", LiveGateway.OWNER).statusCode(), "the limit that is new");
                awaitCheck();
                gateway.feed(facts());
                until(events, "call.cleared");
                until(third, "call.cleared");
            }
            assertEquals("event", socket.take().getString("op"));
            socket.send("{\"op\":\"act\"," + HANG_UP.substring(1));
            assertEquals(403, socket.until("error").getJsonObject("problem").getInteger("status"));
            owner(gateway, 1, ALL, ActionGrant.of("owner", 1), LiveGateway.LIMITS);
            socket.send("{\"op\":\"act\"," + HANG_UP.substring(1));
            assertEquals("failed", socket.until("answer").getString("status"), "asked for with the grant that is new");
        }
    }

    /** It was accepted, and who has asked hears what became of it. */
    @Test
    void shouldTellTheEndOfWhatOneHasAskedForThatMayAskForNothingAnyMore() throws Exception {
        try (LiveGateway gateway = open()) {
            final CountDownLatch done = new CountDownLatch(1);
            try (ObedientSource source = new ObedientSource(gateway.router(), gateway.router().sourceNumber(1, "gw"), 1).holdUntil(done)) {
                gateway.hello("gw", 1);
                final CompletableFuture<HttpResponse<String>> answer = gateway.http().sendAsync(
                    gateway.request("/actions", LiveGateway.OWNER).POST(HttpRequest.BodyPublishers.ofString(SMS)).build(),
                    HttpResponse.BodyHandlers.ofString());
                while (0 == source.carried()) {
                    LockSupport.parkNanos(1_000_000);
                }
                gateway.gate().replace(Credentials.builder().build());
                awaitCheck();
                assertFalse(answer.isDone());
                done.countDown();
                assertEquals("done", new JsonObject(answer.get(20, TimeUnit.SECONDS).body()).getString("status"));
            }
        }
    }

    @Test
    void shouldTellToComeAgainWhereOthersMayBeRead() throws Exception {
        try (LiveGateway gateway = open(); EventSource events = new EventSource(gateway, "/events", LiveGateway.OWNER, null);
            SocketClient socket = new SocketClient(gateway, LiveGateway.OWNER)) {
            socket.send("{\"op\":\"subscribe\",\"id\":\"s\",\"credit\":1000}");
            assertEquals("subscribed", socket.take().getString("op"));
            gateway.feed(facts());
            final String last = until(events, "call.cleared");
            owner(gateway, 1, new ReadGrant("102", ""), null, LiveGateway.LIMITS);
            assertComeAgain(events);
            assertEquals(503, socket.until("ended").getJsonObject("problem").getInteger("status"));
            socket.send("{\"op\":\"subscribe\",\"id\":\"s\",\"credit\":1000,\"after\":\"" + last + "\"}");
            assertEquals("s", socket.until("subscribed").getString("id"), "on the same socket");
            try (EventSource again = new EventSource(gateway, "/events", LiveGateway.OWNER, last)) {
                final EventSource.Message next = again.take();
                assertEquals("102", next.data().getJsonObject("data").getString("localUser"), "behind the last, of whom it may read");
            }
        }
    }

    @Test
    void shouldTellToComeAgainWhereTheTokenIsOfAnotherTenant() throws Exception {
        try (LiveGateway gateway = open(); EventSource events = new EventSource(gateway, "/events", LiveGateway.OWNER, null);
            RawPeer idle = RawPeer.socket(gateway, LiveGateway.OWNER)) {
            owner(gateway, 2, ALL, null, LiveGateway.LIMITS);
            assertComeAgain(events);
            assertEquals(1001, idle.closeCode(), "going away");
        }
    }

    private static void owner(final LiveGateway gateway, final int tenant, final ReadGrant read, final ActionGrant act,
                              final CredentialLimits limits) {
        gateway.gate().replace(Credentials.builder().add(Tokens.hash(LiveGateway.OWNER), Credentials.NEVER,
            new Credential("owner", tenant, read, act, true, limits)).build());
    }

    /** The gateway looks at what is open twice a second: behind that everything has been looked at. */
    private static void awaitCheck() {
        final long untilNs = System.nanoTime() + 1_500_000_000L;
        while (System.nanoTime() < untilNs) {
            LockSupport.parkNanos(10_000_000L);
        }
    }

    private static void assertComeAgain(final EventSource events) {
        EventSource.Message end = events.take();
        while ("message".equals(end.event())) {
            end = events.take();
        }
        assertEquals("end 503", end.event() + " " + end.data().getInteger("status"));
        assertTrue(end.data().getString("detail").contains("come again"), end.data().encode());
    }

    /** The position of the first event of a type. */
    private static String until(final EventSource events, final String type) {
        EventSource.Message next = events.take();
        while (!type.equals(next.data().getString("type"))) {
            assertEquals("message", next.event());
            next = events.take();
        }
        assertNotNull(next.id());
        return next.id();
    }

    private List<UnsafeBuffer> facts() {
        return CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("02-busy")));
    }

    private LiveGateway open() {
        return new LiveGateway(folder.resolve("journal"), GatewayLimits.DEFAULT);
    }
}
