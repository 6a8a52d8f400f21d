package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.file.ConfigReader;
import io.strowger.router.action.ActionGrant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who came, and what was let, stands in the journal. */
class AuditedServerTest {
    @TempDir
    private Path folder;

    @Test
    void shouldKeepWhoReadWhatAndWhoWasSentAway() throws Exception {
        try (OperatedServer server = new OperatedServer(folder, 0, "")) {
            assertEquals(200, server.get("/status?user=101", server.token()).statusCode());
            assertEquals(200, server.get("/operator/health", server.token()).statusCode());
            assertEquals(401, server.get("/status", "none").statusCode());
            final HttpClient http = HttpClient.newHttpClient();
            final URI ofCalls = URI.create(server.server().url() + "/events?type=call");
            final HttpResponse<Stream<String>> events = http.send(HttpRequest.newBuilder(ofCalls)
                .header("Authorization", "Bearer " + server.token()).build(), HttpResponse.BodyHandlers.ofLines());
            assertEquals(200, events.statusCode());
            server.stop();
            try (Stream<String> lines = events.body()) {
                assertTrue(lines.anyMatch("event: end"::equals));
            }
        }
        final Run text = Run.of("tail", folder.resolve("journal").toString(), "--raw");
        assertTrue(text.out().replaceAll(" +", " ").contains(" Audit operated client carrier from 127.0.0.1 /operator/health"), text.out());
        final Run json = Run.of("tail", folder.resolve("journal").toString(), "--raw", "--format", "json");
        assertFalse(json.out().contains("-9223372036854775808"), json.out());
        final List<String> kept = kept();
        assertEquals("started", kept.get(0).split(" ", 2)[0]);
        assertEquals(List.of("status-read carrier users [101], groups [], calls [], types []", "operated carrier /operator/health",
            "refused  a token that is none, or none any more", "stream-opened carrier users [], groups [], calls [], types [call]",
            "stream-closed carrier users [], groups [], calls [], types [call]", "stopped  in order"), kept.subList(1, kept.size()));
    }

    @Test
    void shouldKeepOneRecordOfAChangeAndTellAFloodWhileItRuns() throws Exception {
        final String text = """
            journal: {directory: JOURNAL}
            listen: {http: {port: 0}, sources: {port: 0}, sourcesHttp: {port: 0}}
            sources:
              - {name: carrier-sbc, tenant: 1, dialect: sbe, accept: {tokens: [{sha256: HASH}]}}
              - {name: kam, tenant: 1, dialect: kamailio, accept: {tokens: [{sha256: OTHER}]}}
            """.replace("JOURNAL", folder.resolve("journal").toString()).replace("HASH", Tokens.hash("one"))
            .replace("OTHER", Tokens.hash("two"));
        final Path file = Files.writeString(folder.resolve("server.yaml"), text);
        final HttpClient http = HttpClient.newHttpClient();
        try (Server server = Server.start(ConfigReader.read(file), note -> { })) {
            server.replace(ConfigReader.read(file));
            Files.writeString(file, text.replace(Tokens.hash("one"), Tokens.hash("three")));
            server.replace(ConfigReader.read(file));
            for (int i = 0; i < 25; i++) {
                assertTrue(http.send(HttpRequest.newBuilder(URI.create(server.url() + "/status")).header("Authorization", "Bearer none")
                    .build(), HttpResponse.BodyHandlers.ofString()).statusCode() > 400);
            }
            final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (kept().stream().noneMatch(line -> line.endsWith("further ones within a second"))) {
                assertTrue(System.nanoTime() < untilNs, () -> "not told: " + server.router().lastSequence());
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        assertEquals(List.of("credentials-changed  applications: 0, sources: 2; changed: carrier-sbc"),
            kept().stream().filter(line -> line.startsWith("credentials-changed")).toList());
    }

    @Test
    void shouldKeepWhoHasAskedForActionsAndMayAskForNoneAndTakeHisGrantBack() throws Exception {
        final String hangUp = "{\"key\":\"a\",\"action\":\"hang-up\",\"nativeId\":\"1.1\"}";
        final String without;
        try (OperatedServer server = new OperatedServer(folder, 0, "")) {
            assertEquals(200, server.post("/actions", hangUp).statusCode());
            assertEquals(List.of("carrier"), server.server().router().actionGrants().stream().map(ActionGrant::clientId).toList());
            without = Files.readString(server.file()).replace("    act: {}\n", "");
            server.server().replace(ConfigReader.read(Files.writeString(folder.resolve("without.yaml"), without)));
            assertEquals(List.of(), server.server().router().actionGrants());
            for (int i = 0; i < 25; i++) {
                assertEquals(403, server.post("/actions", hangUp).statusCode());
            }
            // and back again, so that the next start finds a grant
            server.server().replace(ConfigReader.read(server.file()));
            assertEquals(200, server.post("/actions", hangUp).statusCode());
        }
        final List<String> refused = kept().stream().filter(line -> line.startsWith("refused")).toList();
        assertEquals("refused carrier has asked for an action, and may ask for none", refused.get(0));
        assertTrue(refused.size() < 25 && refused.contains("refused  further ones within a second"), refused::toString);
        try (Server server = Server.start(ConfigReader.read(folder.resolve("without.yaml")), note -> { })) {
            assertEquals(List.of(), server.router().actionGrants(), "of the configuration before");
        }
    }

    @SuppressWarnings("unchecked")
    private List<String> kept() throws Exception {
        return JsonLines.parse(Run.of("tail", folder.resolve("journal").toString(), "--raw", "--format", "json").lines()).stream()
            .map(line -> (Map<String, Object>)((Map<String, Object>)line.get("data")).get("signal"))
            .filter(signal -> null != signal && "signal.audit".equals(signal.get("type")))
            .map(signal -> (Map<String, Object>)signal.get("data"))
            .map(audit -> audit.get("kind") + " " + audit.get("clientId") + " " + audit.get("text")).toList();
    }
}
