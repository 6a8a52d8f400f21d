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
            assertEquals(done.body(), gateway.post("/actions", LiveGateway.OWNER, SMS.formatted("a")).body());
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
            assertProblem(400, "causeCode: ", ask(gateway, "{\"key\":\"a\",\"action\":\"hang-up\",\"causeCode\":100000}"));
            assertProblem(400, "kind: no such", ask(gateway, "{\"key\":\"a\",\"action\":\"transfer-call\",\"kind\":\"sideways\"}"));
            assertProblem(400, "nativeId: a string is wanted", ask(gateway, "{\"key\":\"a\",\"action\":\"hang-up\",\"nativeId\":7}"));
            assertProblem(400, "one JSON object is wanted", ask(gateway, "["));
            assertProblem(400, "one JSON object is wanted", ask(gateway, "[1]"));
            assertProblem(413, "at most 65536 bytes", ask(gateway, " ".repeat(100_000)));
            assertProblem(400, "longer than 64 bytes", ask(gateway, "{\"key\":\"" + "k".repeat(65) + "\",\"action\":\"hang-up\"}"));
            assertProblem(400, "not taken: native id missing", ask(gateway, "{\"key\":\"a\",\"action\":\"hang-up\"}"));
            final String twice = ask(gateway, "{\"key\":\"a\",\"action\":\"hang-up\",\"nativeId\":\"1\",\"deadline\":7}").body();
            assertFalse(new JsonObject(twice).getString("detail").contains("data."), twice);
        }
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
