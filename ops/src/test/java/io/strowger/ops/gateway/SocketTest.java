package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.access.Credentials;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.node.CapturedFacts;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** WebSockets. */
@Timeout(120)
class SocketTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSendNoMoreThanItsCreditAndEverythingInTheEnd() {
        try (LiveGateway gateway = open(); SocketClient client = new SocketClient(gateway, LiveGateway.OWNER)) {
            client.send("{\"op\":\"subscribe\",\"id\":\"s\",\"types\":[\"call\"],\"credit\":2}");
            assertEquals("subscribed s", client.take("op", "id"));
            gateway.feed(facts());
            assertEquals("call.initiated", client.take().getJsonObject("event").getString("type"));
            assertEquals("call.delivered", client.take().getJsonObject("event").getString("type"));
            client.send("{\"op\":\"ping\"}");
            assertEquals("pong", client.take().getString("op"), "nothing without credit");
            client.send("{\"op\":\"credit\",\"id\":\"s\",\"n\":100}");
            final List<String> rest = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                rest.add(client.take().getJsonObject("event").getString("type"));
            }
            assertEquals(List.of("call.updated", "call.cleared", "call.failed", "call.cleared"), rest);
            client.send("{\"op\":\"unsubscribe\",\"id\":\"s\"}");
            client.send("{\"op\":\"credit\",\"id\":\"s\",\"n\":1}");
            assertEquals("there is no stream of this id", client.take().getJsonObject("problem").getString("detail"));
        }
    }

    @Test
    void shouldBeginWithTheStatusAndCarryActions() {
        try (LiveGateway gateway = open(); SocketClient client = new SocketClient(gateway, LiveGateway.OWNER)) {
            gateway.feed(facts());
            client.send("{\"op\":\"subscribe\",\"id\":\"s\",\"start\":\"status\",\"credit\":1000}");
            assertEquals("subscribed s", client.take("op", "id"));
            assertEquals("snapshot-begin", client.take().getString("op"));
            JsonObject message = client.take();
            while ("status".equals(message.getString("op"))) {
                message = client.take();
            }
            assertEquals("snapshot-end", message.getString("op"));
            client.send("{\"op\":\"act\",\"key\":\"h\",\"action\":\"hang-up\",\"nativeId\":\"1.1\"}");
            JsonObject answer = client.take();
            while (!"answer".equals(answer.getString("op"))) {
                answer = client.take();
            }
            assertEquals("h failed no such session",
                answer.getString("key") + " " + answer.getString("status") + " " + answer.getString("text"));
        }
    }

    @Test
    void shouldSayWhatIsWrongAndSendAwayWhoDoesNothingRight() {
        try (LiveGateway gateway = open(); SocketClient client = new SocketClient(gateway, LiveGateway.OWNER);
            SocketClient other = new SocketClient(gateway, LiveGateway.OTHER_TENANT)) {
            client.send("{");
            assertEquals("one JSON object is wanted", client.take().getJsonObject("problem").getString("detail"));
            client.send("{\"op\":\"subscribe\",\"id\":\"s\"}");
            assertTrue(client.take().getJsonObject("problem").getString("detail").startsWith("credit is a number"));
            client.send("{\"op\":\"subscribe\",\"id\":\"s\",\"users\":\"102\",\"credit\":1}");
            assertEquals("users is a list of texts", client.take().getJsonObject("problem").getString("detail"));
            client.send("{\"op\":\"subscribe\",\"id\":\"s\",\"user\":[\"102\"],\"credit\":1}");
            assertTrue(client.take().getJsonObject("problem").getString("detail").startsWith("subscribe has no such member"));
            for (int i = 0; i < 16; i++) {
                client.send("{\"op\":\"" + i + "\"}");
                client.take();
            }
            assertNull(client.takeOrEnd(), "sent away");
            other.send("{\"op\":\"ping\"}");
            assertEquals("pong", other.take().getString("op"), "others go on");
        }
    }

    @Test
    void shouldNotTakeAMessageThatIsTooLong() {
        try (LiveGateway gateway = open(); SocketClient client = new SocketClient(gateway, LiveGateway.OWNER)) {
            client.send("{\"op\":\"" + "x".repeat(70_000) + "\"}");
            assertNull(client.takeOrEnd());
            assertEquals("ready\n", gateway.get("/health/ready", null).body());
        }
    }

    @Test
    void shouldSendAwayWhoseTokenIsTakenBackAndCarryNothingForHim() {
        try (LiveGateway gateway = open(); SocketClient client = new SocketClient(gateway, LiveGateway.OWNER)) {
            client.send("{\"op\":\"ping\"}");
            assertEquals("pong", client.take().getString("op"));
            gateway.gate().replace(Credentials.builder().build());
            client.send("{\"op\":\"act\",\"key\":\"h\",\"action\":\"hang-up\",\"nativeId\":\"1.1\"}");
            assertNull(client.takeOrEnd(), "sent away, and nothing asked for");
        }
    }

    @Test
    void shouldLetNewOnesComeWhenOldOnesHaveGone() {
        final GatewayLimits few = new GatewayLimits(3, 100, 1_000, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(15));
        try (LiveGateway gateway = new LiveGateway(folder.resolve("journal"), few)) {
            for (int i = 0; i < 10; i++) {
                try (SocketClient client = new SocketClient(gateway, LiveGateway.OWNER)) {
                    client.send("{\"op\":\"ping\"}");
                    assertEquals("pong", client.take().getString("op"));
                    client.leave();
                    assertNull(client.takeOrEnd());
                }
                // the server hears of it a moment later
                while (gateway.gate().streams() > 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void shouldSendNoMoreOfTheStatusThanTheCreditWhateverThePolicy() {
        for (final String policy : List.of("every", "latest", "strict")) {
            try (LiveGateway gateway = new LiveGateway(folder.resolve(policy), GatewayLimits.DEFAULT);
                SocketClient client = new SocketClient(gateway, LiveGateway.OWNER)) {
                final List<UnsafeBuffer> facts = facts();
                gateway.feed(facts.subList(0, facts.size() / 2));
                client.send("{\"op\":\"subscribe\",\"id\":\"s\",\"start\":\"status\",\"policy\":\"" + policy + "\",\"credit\":1}");
                assertEquals("subscribed s", client.take("op", "id"));
                assertEquals("snapshot-begin", client.take().getString("op"));
                assertEquals("status", client.take().getString("op"));
                client.send("{\"op\":\"ping\"}");
                assertEquals("pong", client.take().getString("op"), policy);
                client.send("{\"op\":\"credit\",\"id\":\"s\",\"n\":1000}");
                JsonObject message = client.take();
                while (!"snapshot-end".equals(message.getString("op"))) {
                    message = client.take();
                }
                gateway.feed(facts.subList(facts.size() / 2, facts.size()));
                while (!"call.cleared".equals(message.getJsonObject("event", new JsonObject()).getString("type"))) {
                    message = client.take();
                }
            }
        }
    }

    @Test
    void shouldTellAStrictStreamAtOnceThatItFallsBehindAlsoWithoutCredit() {
        final List<UnsafeBuffer> facts = CapturedFacts.of(folder.resolve("all"), Capture.all());
        try (LiveGateway gateway = open(); SocketClient client = new SocketClient(gateway, LiveGateway.OWNER)) {
            client.send("{\"op\":\"subscribe\",\"id\":\"all\",\"credit\":1000000}");
            assertEquals("subscribed all", client.take("op", "id"));
            client.send("{\"op\":\"subscribe\",\"id\":\"s\",\"policy\":\"strict\",\"credit\":1}");
            assertEquals("subscribed s", client.take("op", "id"));
            gateway.feed(facts);
            int sent = 0;
            int events = 0;
            JsonObject message = client.take();
            JsonObject ended = null;
            while (null == ended) {
                sent += "s".equals(message.getString("id")) ? 1 : 0;
                events += "all".equals(message.getString("id")) ? 1 : 0;
                message = client.take();
                ended = "ended".equals(message.getString("op")) ? message : null;
            }
            assertEquals(1, sent, "its credit");
            final String detail = ended.getJsonObject("problem").getString("detail");
            assertTrue(detail.startsWith("fell behind: "), detail);
            final long unsent = Long.parseLong(detail.split(" ", 4)[2]);
            client.send("{\"op\":\"ping\"}");
            message = client.take();
            while (events < unsent + 1) {
                events += "event".equals(message.getString("op")) ? 1 : 0;
                message = events < unsent + 1 ? client.take() : message;
            }
            assertTrue(unsent >= 256, detail);
        }
    }

    private LiveGateway open() {
        return new LiveGateway(folder.resolve("journal"), GatewayLimits.DEFAULT);
    }

    private List<UnsafeBuffer> facts() {
        return CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("02-busy")));
    }
}
