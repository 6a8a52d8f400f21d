package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        final List<String> kept = kept();
        assertEquals("started", kept.get(0).split(" ", 2)[0]);
        assertEquals(List.of("status-read carrier users [101], groups [], calls [], types []", "operated carrier /operator/health",
            "refused  a token that is none, or none any more", "stream-opened carrier users [], groups [], calls [], types [call]",
            "stream-closed carrier users [], groups [], calls [], types [call]", "stopped  in order"), kept.subList(1, kept.size()));
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
