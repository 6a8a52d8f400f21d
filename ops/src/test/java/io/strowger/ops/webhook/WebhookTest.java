package io.strowger.ops.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.strowger.ops.access.ReadGrant;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.node.CapturedFacts;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.TokenKey;
import io.strowger.persistence.tail.Cursors;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.pipeline.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WebhookTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final WebhookTimings TIMINGS = new WebhookTimings(2_000, 5, 50, 5);
    private static final long SECONDS = 20;

    @TempDir
    private Path folder;

    private final LinkedBlockingQueue<Post> posts = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer endpoint;
    private ChronicleJournal journal;
    private Router router;
    private Channel channel;

    @BeforeEach
    void open() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.setExecutor(Executors.newCachedThreadPool());
        endpoint.createContext("/hook", this::answer);
        endpoint.start();
        journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder.resolve("journal")));
        router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER));
        channel = router.openChannel();
        router.sourceNumber(1, "pbx-1");
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        router.close();
        journal.close();
        endpoint.stop(0);
    }

    @Test
    void shouldPostEveryEventOnceInOrderAndSigned() throws Exception {
        feed("02-busy");
        final Webhook webhook = start("crm", List.of("call"), new ReadGrant("*", "*"));
        feedMore("04-cancel", 1);
        final List<JsonObject> events = take(3);
        assertEquals(List.of("call.initiated", "call.delivered", "call.updated"),
            events.stream().limit(3).map(event -> event.getString("type")).toList(), "from its start on");
        stop(webhook);
        assertEquals(0, webhook.health().tries());
    }

    @Test
    void shouldTryTheSameAgainUntilItIsTaken() throws Exception {
        answers.addAll(List.of(500, 302, 429));
        feed("02-busy");
        final Webhook webhook = start("crm", List.of("call"), new ReadGrant("*", "*"));
        feedMore("04-cancel", 1);
        final Post first = posts.poll(SECONDS, TimeUnit.SECONDS);
        for (int i = 0; i < 3; i++) {
            final Post again = posts.poll(SECONDS, TimeUnit.SECONDS);
            assertEquals(first.id() + first.body(), again.id() + again.body());
        }
        stop(webhook);
    }

    @Test
    void shouldGoOnBehindWhatWasTakenAfterARestart() throws Exception {
        feed("02-busy");
        Webhook webhook = start("crm", List.of("call"), new ReadGrant("*", "*"));
        feedMore("04-cancel", 1);
        final List<JsonObject> before = take(3);
        stop(webhook);
        feedMore("06-blind-transfer", 2);
        webhook = start("crm", List.of("call"), new ReadGrant("*", "*"));
        final List<JsonObject> behind = take(1);
        assertEquals("call.initiated", behind.get(0).getString("type"));
        assertTrue(before.stream().noneMatch(event -> event.getString("id").equals(behind.get(0).getString("id"))));
        stop(webhook);
    }

    @Test
    void shouldPostNothingOfOthersAndLetADeadEndpointHarmNobody() throws Exception {
        feed("02-busy");
        final Webhook dead = new Webhook(vertx, folder.resolve("journal"), new WebhookSettings("dead",
            URI.create("http://127.0.0.1:1/x"), SECRET, 1, new ReadGrant("*", "*"), List.of(), TIMINGS),
            TokenKey.of(folder.resolve("journal")));
        dead.start();
        final Webhook theirs = new Webhook(vertx, folder.resolve("journal"),
            settings("theirs", 2, List.of(), new ReadGrant("*", "*")), TokenKey.of(folder.resolve("journal")));
        theirs.start();
        final Webhook desk = start("desk", List.of("call"), new ReadGrant("102", ""));
        feedMore("06-blind-transfer", 1);
        final List<JsonObject> events = take(3);
        assertTrue(events.stream().allMatch(event -> "102".equals(event.getJsonObject("data").getString("localUser"))),
            events::toString);
        while (0 == dead.health().tries()) {
            Thread.onSpinWait();
        }
        assertEquals(0, theirs.health().delivered());
        stop(desk);
        stop(dead);
        stop(theirs);
    }

    @Test
    void shouldSignAsTheStandardsOwnExample() {
        assertEquals("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            new WebhookSignature(SECRET).of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"));
        assertThrows(IllegalArgumentException.class, () -> new WebhookSignature("whsec_short"));
        assertThrows(IllegalArgumentException.class, () -> new WebhookSignature("whsec_???"));
    }

    private Webhook start(final String name, final List<String> types, final ReadGrant read) {
        final Webhook webhook = new Webhook(vertx, folder.resolve("journal"), settings(name, 1, types, read),
            TokenKey.of(folder.resolve("journal")));
        webhook.start();
        // it begins with what comes once its cursor is there
        while (!Cursors.names(folder.resolve("journal")).contains("webhook-" + name)) {
            Thread.onSpinWait();
        }
        return webhook;
    }

    private WebhookSettings settings(final String name, final int tenant, final List<String> types, final ReadGrant read) {
        return new WebhookSettings(name, URI.create("http://127.0.0.1:" + endpoint.getAddress().getPort() + "/hook"), SECRET, tenant, read,
            types, TIMINGS);
    }

    private static void stop(final Webhook webhook) throws Exception {
        webhook.stop().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    private void feed(final String capture) {
        feed(CapturedFacts.of(folder.resolve("captures"), List.of(new Capture(capture))));
    }

    /** A capture as a later connection of the same PBX. */
    private void feedMore(final String capture, final int before) {
        final List<Capture> captures = new ArrayList<>();
        for (int i = 0; i < before; i++) {
            captures.add(new Capture(0 == i ? "02-busy" : "04-cancel"));
        }
        final int known = CapturedFacts.of(folder.resolve("known" + before), captures).size();
        captures.add(new Capture(capture));
        final List<UnsafeBuffer> facts = CapturedFacts.of(folder.resolve("more" + before), captures);
        feed(facts.subList(known, facts.size()));
    }

    private void feed(final List<UnsafeBuffer> facts) {
        facts.forEach(fact -> assertTrue(channel.offer(fact, 0, fact.capacity()) > 0));
        while (router.poll() > 0) {
            Thread.onSpinWait();
        }
    }

    /** The next events, at least so many. */
    private List<JsonObject> take(final int count) throws InterruptedException {
        final List<JsonObject> events = new ArrayList<>();
        while (events.size() < count) {
            final Post post = posts.poll(SECONDS, TimeUnit.SECONDS);
            assertTrue(null != post, "nothing was posted");
            assertEquals(new WebhookSignature(SECRET).of(post.id(), Long.parseLong(post.timestamp()), post.body()), post.signature());
            new JsonArray(post.body()).forEach(event -> events.add((JsonObject)event));
        }
        return events;
    }

    private void answer(final HttpExchange exchange) throws IOException {
        try (exchange) {
            final Integer code = answers.poll();
            final Headers headers = exchange.getRequestHeaders();
            posts.add(new Post(headers.getFirst("webhook-id"), headers.getFirst("webhook-timestamp"), headers.getFirst("webhook-signature"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(null == code ? 204 : code, -1);
        }
    }

    private record Post(String id, String timestamp, String signature, String body) {
    }
}
