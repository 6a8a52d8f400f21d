package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.file.ConfigReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Phones and servers that come to a server, by its configuration. */
@Timeout(120)
class ArrivalsTest {
    private static final long LOOK_NS = 10_000_000;
    private static final int MOST_LOOKS = 1_000;

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> notes = new ArrayList<>();

    @Test
    void shouldLetSourcesInByTheFileAsItIsNow() throws Exception {
        final String owner = Tokens.create();
        final String first = Tokens.create();
        final String second = Tokens.create();
        final Path file = write(owner, first);
        try (ReadAgain again = new ReadAgain(file, notes::add, notes::add);
             Server server = Server.start(ConfigReader.read(file), notes::add)) {
            again.start(server);
            assertTrue(get(server.url() + "/operator/health", owner).body().contains("\"state\":\"not-heard\""));
            assertEquals(200, phone(server, first, "101", "incoming"));
            assertEquals(401, phone(server, second, "101", "incoming"));
            assertEquals(403, phone(server, first, "201", "incoming"));
            write(owner, second);
            Files.setLastModifiedTime(file, FileTime.from(System.currentTimeMillis() / 60_000 + 1, TimeUnit.MINUTES));
            again.look();
            int looks = 0;
            while (200 != phone(server, second, "101", "terminated")) {
                assertTrue(looks++ < MOST_LOOKS, "the new token is not taken");
                LockSupport.parkNanos(LOOK_NS);
            }
            assertEquals(401, phone(server, first, "101", "incoming"));
            final String health = get(server.url() + "/operator/health", owner).body();
            assertTrue(health.contains("\"source\":\"phones\"") && health.contains("\"refused\":1"), health);
            final String metrics = get(server.url() + "/operator/metrics", owner).body();
            assertTrue(metrics.contains("strowger_receiver_requests{source=\"phones\",tenant=\"1\"} 3.0"), metrics);
        }
        final Run tail = Run.of("tail", folder.resolve("journal").toString(), "--format", "json");
        assertEquals(List.of("source.up", "call.delivered", "call.cleared", "source.down"),
            tail.lines().stream().map(line -> line.replaceFirst(".*\"type\":\"([a-z.-]+)\".*", "$1")).toList());
        assertTrue(tail.out().contains("phones/101"), tail.out());
    }

    @Test
    void shouldSayWhatIsWrongWithSourcesThatCome() throws Exception {
        final Path file = Files.writeString(folder.resolve("wrong.yaml"), """
            journal: {directory: here}
            listen: {sourcesHttp: {port: 0}}
            sources:
              - {name: a, tenant: 1, dialect: kamailio, accept: {tokens: [{sha256: HASH}], phone: {maker: snom}}}
              - {name: b, tenant: 1, dialect: action-url, accept: {tokens: [{sha256: HESH}], phone: {user: "1", users: "*"}}}
            """.replace("HASH", "a".repeat(64)).replace("HESH", "b".repeat(64)));
        final String complaints = Run.of("config", "check", file.toString()).err();
        assertTrue(complaints.contains("is of dialect action-url alone"), complaints);
        assertTrue(complaints.contains("user is of one phone, users of a fleet"), complaints);
    }

    private Path write(final String owner, final String token) throws IOException {
        return Files.writeString(folder.resolve("server.yaml"), """
            journal: {directory: JOURNAL}
            listen: {http: {port: 0}, sourcesHttp: {port: 0}}
            sources:
              - {name: phones, tenant: 1, dialect: action-url, accept: {tokens: [{sha256: HASH}], phone: {maker: yealink, users: "1*"}}}
            applications:
              - {id: owner, tenant: 1, tokens: [{sha256: OWNER}], read: {}, operate: true}
            """.replace("JOURNAL", folder.resolve("journal").toString()).replace("HASH", Tokens.hash(token))
            .replace("OWNER", Tokens.hash(owner)));
    }

    private int phone(final Server server, final String token, final String user, final String event) throws Exception {
        return get(server.sourcesUrl() + "/action/" + token + "?user=" + user + "&event=" + event + "&call_id=1&remote=102", null)
            .statusCode();
    }

    private HttpResponse<String> get(final String uri, final String token) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        return http.send((null == token ? request : request.header("Authorization", "Bearer " + token)).build(),
            HttpResponse.BodyHandlers.ofString());
    }
}
