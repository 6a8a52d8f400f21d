package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Actions over REST, and the command that asks for them. */
@Timeout(120)
class ActionsTest {
    private static final String SMS =
        "{\"key\":\"%s\",\"action\":\"send-sms\",\"user\":\"101\",\"number\":\"5551234567\",\"text\":\"hello\",\"sourceName\":\"gw\"}";

    @TempDir
    private Path folder;

    @Test
    void shouldAnswerWithTheEndAndDoNothingTwice() {
        try (LiveGateway gateway = open(); ObedientSource source = source(gateway, 1)) {
            final HttpResponse<String> done = gateway.post("/actions", LiveGateway.OWNER, SMS.formatted("a"));
            assertEquals(200, done.statusCode(), done::body);
            assertEquals(new JsonObject().put("key", "a").put("action", "send-sms").put("status", "done").put("text", "so it is")
                .putNull("nativeId"), new JsonObject(done.body()));
            final String other = SMS.formatted("a").replace("hello", "something else");
            assertEquals(new JsonObject(done.body()).put("repeated", true),
                new JsonObject(gateway.post("/actions", LiveGateway.OWNER, other).body()), "it is the end of an earlier ask");
            assertEquals(1, source.carried());
            final HttpResponse<String> accepted = gateway.send(gateway.request("/actions", LiveGateway.OWNER)
                .header("Prefer", "respond-async").POST(HttpRequest.BodyPublishers.ofString(SMS.formatted("b"))).build());
            assertEquals("202 accepted",
                accepted.statusCode() + " " + new JsonObject(accepted.body()).getString("status"));
        }
    }

    @Test
    void shouldTellWhatIsDeniedOrImpossibleAsAnOutcome() {
        try (LiveGateway gateway = open(); ObedientSource source = source(gateway, 1)) {
            assertEquals("failed no such source", outcome(gateway.post("/actions", LiveGateway.OTHER_TENANT, SMS.formatted("a"))),
                "a source of another tenant is like none");
            assertEquals("failed no such session", outcome(gateway.post("/actions", LiveGateway.OWNER,
                "{\"key\":\"h\",\"action\":\"hang-up\",\"nativeId\":\"1.1\"}")));
            assertProblem(403, "asks for no actions", gateway.post("/actions", LiveGateway.ONLY_102, SMS.formatted("a")));
            assertEquals(0, source.carried());
        }
    }

    @Test
    void shouldNameTheFieldThatIsWrong() {
        try (LiveGateway gateway = open()) {
            assertProblem(400, "action is one of answer, forward-call", ask(gateway, "{\"key\":\"a\"}"));
            assertProblem(400, "key is missing", ask(gateway, "{\"action\":\"hang-up\"}"));
            assertProblem(400, "hang-up has no field number", ask(gateway, "{\"key\":\"a\",\"action\":\"hang-up\",\"number\":\"1\"}"));
            assertProblem(400, "hang-up has no field tenant", ask(gateway, "{\"key\":\"a\",\"action\":\"hang-up\",\"tenant\":2}"));
            for (final int cause : new int[] {-1, 128, 999, 100_000}) {
                assertProblem(400, "causeCode: not from 0 to 127",
                    ask(gateway, "{\"key\":\"a\",\"action\":\"hang-up\",\"causeCode\":" + cause + "}"));
            }
            assertProblem(400, "kind: no such", ask(gateway, "{\"key\":\"a\",\"action\":\"transfer-call\",\"kind\":\"sideways\"}"));
            assertProblem(400, "nativeId: a string is wanted", ask(gateway, "{\"key\":\"a\",\"action\":\"hang-up\",\"nativeId\":7}"));
            assertProblem(400, "one JSON object is wanted", ask(gateway, "["));
            assertProblem(400, "one JSON object is wanted", ask(gateway, "[1]"));
            assertProblem(413, "at most 65536 bytes", ask(gateway, " ".repeat(100_000)));
            assertProblem(400, "longer than 64 bytes", ask(gateway, "{\"key\":\"" + "k".repeat(65) + "\",\"action\":\"hang-up\"}"));
            assertProblem(400, "not taken: nativeId is missing", ask(gateway, "{\"key\":\"a\",\"action\":\"hang-up\"}"));
            final String twice = ask(gateway, "{\"key\":\"a\",\"action\":\"hang-up\",\"nativeId\":\"1\",\"deadline\":7}").body();
            assertFalse(new JsonObject(twice).getString("detail").contains("data."), twice);
        }
    }

    @Test
    void shouldNotDoWhatWasToBeDoneLongAgo() {
        try (LiveGateway gateway = open(); ObedientSource source = source(gateway, 1)) {
            for (final String deadline : List.of("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000000001Z", "1969-12-31T23:59:59.999Z",
                "1677-09-21T00:12:43.145224192Z", "2001-09-09T01:46:40Z")) {
                assertEquals("failed deadline has passed",
                    outcome(ask(gateway, sms(deadline, "\"deadline\":\"" + deadline + "\""))), deadline);
            }
            assertProblem(400, "deadline: ", ask(gateway, sms("old", "\"deadline\":\"1600-01-01T00:00:00Z\"")));
            assertProblem(400, "deadline: ", ask(gateway, sms("far", "\"deadline\":\"2300-01-01T00:00:00Z\"")));
            assertEquals(0, source.carried());
            assertProblem(400, "deadline: ", ask(gateway, sms("none", "\"deadline\":null")));
        }
    }

    @Test
    void shouldTellTheTimeFromNowOnByItsOwnClock() {
        try (LiveGateway gateway = open(); ObedientSource source = source(gateway, 1)) {
            assertEquals("done so it is", outcome(ask(gateway, sms("a", "\"timeoutMs\":60000"))));
            final long leftNs = source.deadlineNs() - TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            assertTrue(leftNs > 50_000_000_000L && leftNs <= 60_000_000_000L, () -> leftNs + " ns left");
            for (final String wrong : List.of("0", "-1", "null", "31536000001", "1.5", "\"60\"", "99999999999999999999")) {
                assertProblem(400, "timeoutMs is a whole number from 1 to 31536000000", ask(gateway, sms("b", "\"timeoutMs\":" + wrong)));
            }
            assertProblem(400, "deadline or timeoutMs", ask(gateway,
                sms("b", "\"timeoutMs\":60000,\"deadline\":\"2100-01-01T00:00:00Z\"")));
            assertEquals(1, source.carried());
        }
    }

    private static String sms(final String key, final String member) {
        return SMS.formatted(key).replace("}", "," + member + "}");
    }

    @Test
    void shouldRefuseJsonThatCanBeReadInTwoWays() {
        try (LiveGateway gateway = open()) {
            final String hangUp = "{\"key\":\"a\",\"action\":\"hang-up\",\"nativeId\":\"1\"";
            assertProblem(400, "a member stands twice: nativeId", ask(gateway, hangUp + ",\"nativeId\":\"2\"}"));
            assertProblem(400, "a member stands twice: nativeId", ask(gateway, hangUp + ",\"\\u006eativeId\":\"2\"}"));
            assertProblem(400, "half a surrogate pair", ask(gateway, hangUp.replace("\"a\"", "\"a\\ud800\"") + "}"));
            assertProblem(400, "half a surrogate pair", ask(gateway, hangUp + ",\"\\udc00\":1}"));
            assertProblem(400, "nothing behind it", ask(gateway, hangUp + "} {}"));
            assertProblem(400, "one JSON object is wanted", ask(gateway, hangUp + ",\"deadline\":" + "[".repeat(1000)));
            assertProblem(400, "a body is UTF-8", gateway.send(gateway.request("/actions", LiveGateway.OWNER)
                .POST(HttpRequest.BodyPublishers.ofByteArray((hangUp + "\u00ff\"}").getBytes(StandardCharsets.ISO_8859_1))).build()));
        }
    }

    @Test
    void shouldSayOnTheCommandLineWhatBecameOfIt() throws Exception {
        try (LiveGateway gateway = open(); ObedientSource source = source(gateway, 1)) {
            final Path token = Files.writeString(folder.resolve("token"), LiveGateway.OWNER);
            final Run done = Run.of("act", "send-sms", "--user", "101", "--number", "5551234567", "--text", "hello", "--source-name", "gw",
                "--key", "k", "--token-file", token.toString(), "--url", gateway.uri("").toString());
            assertEquals("0 send-sms k done  so it is", done.exitCode() + " " + done.lastLine(), done.err());
            final Run again = Run.of("act", "send-sms", "--user", "101", "--number", "5551234567", "--text", "bye", "--source-name", "gw",
                "--key", "k", "--token-file", token.toString(), "--url", gateway.uri("").toString());
            assertEquals("0 send-sms k done  so it is  (of an earlier ask with this key)", again.exitCode() + " " + again.lastLine());
            final Run failed = Run.of("act", "answer", "--native-id", "1.1", "--key", "a", "--token-file", token.toString(),
                "--url", gateway.uri("").toString());
            assertEquals("1 answer a failed  no such session", failed.exitCode() + " " + failed.lastLine(), failed.err());
            assertEquals(1, source.carried());
        }
    }

    private LiveGateway open() {
        return new LiveGateway(folder.resolve("journal"), GatewayLimits.DEFAULT);
    }

    private static ObedientSource source(final LiveGateway gateway, final int tenant) {
        final int number = gateway.router().sourceNumber(tenant, "gw");
        final ObedientSource source = new ObedientSource(gateway.router(), number, tenant);
        gateway.hello("gw", tenant);
        return source;
    }

    private static HttpResponse<String> ask(final LiveGateway gateway, final String body) {
        return gateway.post("/actions", LiveGateway.OWNER, body);
    }

    private static String outcome(final HttpResponse<String> response) {
        final JsonObject json = new JsonObject(response.body());
        return json.getString("status") + " " + json.getString("text");
    }

    private static void assertProblem(final int status, final String detail, final HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response::body);
        assertTrue(new JsonObject(response.body()).getString("detail").contains(detail), response::body);
    }
}
