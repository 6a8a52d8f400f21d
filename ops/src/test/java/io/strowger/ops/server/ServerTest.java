package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.ApplicationConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.TokenConfig;
import io.strowger.ops.config.file.ConfigReader;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.wire.source.SourceClient;
import io.strowger.ops.wire.source.SourceClientListener;
import io.strowger.ops.wire.source.SourceClientSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServerTest {
    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> notes = new ArrayList<>();

    @Test
    void shouldShowTheDemoAndTakeActionsWithNoConfiguration() throws Exception {
        final Path tokenFile = folder.resolve("own").resolve("owner.token");
        final String token = OwnerToken.of(tokenFile);
        assertEquals(token, OwnerToken.of(tokenFile), "made once");
        assertEquals(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE), Files.getPosixFilePermissions(tokenFile));
        final ServerConfig config = ServerConfig.embedded(folder.resolve("journal"),
            ApplicationConfig.owner(new TokenConfig(Tokens.hash(token), null))).withPort(0);
        try (Server server = Server.start(config, notes::add)) {
            final HttpResponse<Stream<String>> events = http.send(request(server, "/events?start=status&type=call", token),
                HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = events.body()) {
                assertTrue(lines.anyMatch(line -> line.contains("\"type\":\"call.initiated\"")), "a call of the demo");
            }
            final Run act = Run.of("act", "hang-up", "--native-id", "none", "--key", "k", "--token-file", tokenFile.toString(),
                "--url", server.url());
            assertEquals("1 hang-up k failed  no such session", act.exitCode() + " " + act.lastLine(), act.err());
            assertTrue(get(server, "/operator/metrics", token).contains("strowger_events_dispatched_total"));
            assertTrue(get(server, "/operator/health", token).contains("\"router\":\"open\""));
        }
        assertEquals(List.of(), notes);
        assertEquals(0, Run.of("replay", folder.resolve("journal").toString()).exitCode());
        assertEquals(0, Run.of("verify", folder.resolve("journal").toString()).exitCode());
    }

    @Test
    void shouldGoOnBehindTheLastEventAfterARestart() throws Exception {
        final String token = Tokens.create();
        final ServerConfig config = ServerConfig.embedded(folder.resolve("journal"),
            ApplicationConfig.owner(new TokenConfig(Tokens.hash(token), null))).withPort(0);
        final List<String> before;
        try (Server server = Server.start(config, notes::add)) {
            before = ids(server, "/events?start=status&type=call", token, null, 6);
        }
        try (Server server = Server.start(config, notes::add)) {
            assertEquals(before.subList(3, 6), ids(server, "/events?type=call", token, before.get(2), 3), "what came then comes again");
            assertTrue(ids(server, "/events?type=call", token, before.get(5), 2).stream().noneMatch(before::contains));
        }
    }

    @Test
    void shouldLetApplicationsInByTheFileAsItIsNow() throws Exception {
        final String first = Tokens.create();
        final String second = Tokens.create();
        final Path file = write(first);
        try (ReadAgain again = new ReadAgain(file, notes::add, notes::add);
             Server server = Server.start(ConfigReader.read(file), notes::add)) {
            again.start(server, ConfigReader.read(file));
            assertEquals(200, status(server, "/status", first));
            assertEquals(401, status(server, "/status", second));
            write(second);
            touch(file, 1);
            again.look();
            assertEquals(200, status(server, "/status", second));
            assertEquals(401, status(server, "/status", first));
            Files.writeString(file, "journal: {}");
            touch(file, 2);
            again.look();
            assertEquals(200, status(server, "/status", second), "what is wrong changes nothing");
            assertEquals(List.of("applications and sources of " + file + " read again",
                "not read again: " + file + ":1: journal: needs directory"), notes);
        }
    }

    @Test
    void shouldNameWhatTakesANewStart() throws Exception {
        final Path file = write(Tokens.create());
        final String whole = Files.readString(file);
        try (ReadAgain again = new ReadAgain(file, notes::add, notes::add);
             Server server = Server.start(ConfigReader.read(file), notes::add)) {
            again.start(server, ConfigReader.read(file));
            Files.writeString(file, whole.replace("listen: {http: {port: 0}}", """
                listen: {http: {port: 0}, sbe: {port: 0}, sources: {port: 0}}
                router: {threads: shared}
                sources:
                  - {name: pbx-1, tenant: 1, dialect: ami, connect: {address: "127.0.0.1:1", login: {user: u, secret: s}}}
                  - {name: comes, tenant: 1, dialect: sbe, accept: {tokens: [{sha256: HASH}]}}
                webhooks: [{name: w, tenant: 1, url: "http://127.0.0.1:1/", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}]
                popUps: [{tenant: 1, url: "https://crm.example/"}]
                """.replace("HASH", Tokens.hash("another"))));
            touch(file, 1);
            again.look();
            Files.writeString(file, whole);
            touch(file, 2);
            again.look();
            final String read = "applications and sources of " + file + " read again";
            assertEquals(List.of(read, "not taken before a new start of the server: router, listen.sbe, listen.sources, source pbx-1,"
                + " webhooks, popUps of " + file, read), notes);
        }
    }

    @Test
    void shouldSayThatOtherActionsOfACallRouterTakeANewStart() throws Exception {
        final Path file = write(Tokens.create());
        final String whole = Files.readString(file).replace("listen: {http: {port: 0}}", """
            listen: {http: {port: 0}}
            sources:
              - {name: pbx-1, tenant: 1, dialect: ami, connect: {address: "127.0.0.1:1", login: {user: u, secret: s}, commands: true,
                 actions: {context: office, ringTimeout: 20}}}
            """);
        Files.writeString(file, whole);
        try (ReadAgain again = new ReadAgain(file, notes::add, notes::add);
             Server server = Server.start(ConfigReader.read(file), notes::add)) {
            again.start(server, ConfigReader.read(file));
            Files.writeString(file, whole.replace("context: office, ringTimeout: 20", "ringTimeout: 20, context: office"));
            touch(file, 1);
            again.look();
            final String read = "applications and sources of " + file + " read again";
            assertEquals(List.of(read), notes, "in another order they are the same");
            Files.writeString(file, whole.replace("office", "internal"));
            touch(file, 2);
            again.look();
            Files.writeString(file, whole.replace("office", "\"a b\""));
            touch(file, 3);
            again.look();
            assertEquals(List.of(read, read, "not taken before a new start of the server: source pbx-1 of " + file), notes.subList(0, 3));
            assertTrue(notes.get(3).startsWith("not read again: " + file + ":5: sources[0].connect.actions.context: can't be"),
                notes.get(3));
        }
    }

    @Test
    void shouldTakeSignalsOfSourcesThatComeByTheFileAsItIsNow() throws Exception {
        final String token = Tokens.create();
        final String sourceToken = Tokens.create();
        final Path file = write(token);
        final String more = """
            listen: {http: {port: 0}, sources: {port: 0}}
            sources:
              - {name: gateway, tenant: 1, dialect: sbe, accept: {tokens: [{sha256: HASH}]}}
            """;
        final String whole = Files.readString(file).replace("listen: {http: {port: 0}}\n", "").replace("read: {}", "operate: true")
            + more.replace("HASH", Tokens.hash(sourceToken));
        Files.writeString(file, whole);
        final Vertx vertx = Vertx.vertx();
        try (ReadAgain again = new ReadAgain(file, notes::add, notes::add);
             Server server = Server.start(ConfigReader.read(file), notes::add)) {
            again.start(server, ConfigReader.read(file));
            final SourceClient client = new SourceClient(vertx,
                new SourceClientSettings("127.0.0.1", server.sourcesPort(), "gateway").token(sourceToken),
                new SourceClientListener() { });
            client.start();
            awaitHealth(server, token, "\"source\":\"gateway\",\"tenant\":1,\"state\":\"live\"");
            assertTrue(get(server, "/operator/metrics", token).contains("strowger_source_live{source=\"gateway\",tenant=\"1\"} 1"));
            Files.writeString(file, whole.replace(Tokens.hash(sourceToken), Tokens.hash("another")));
            touch(file, 1);
            again.look();
            awaitHealth(server, token, "\"failure\":\"not let in\"");
            client.close();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void awaitHealth(final Server server, final String token, final String words) throws Exception {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String health = get(server, "/operator/health", token);
        while (!health.contains(words)) {
            assertTrue(System.nanoTime() < endNs, health);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            health = get(server, "/operator/health", token);
        }
    }

    @Test
    void shouldSayWhyItDoesNotStart() throws Exception {
        final Path file = write(Tokens.create());
        try (Server server = Server.start(ConfigReader.read(file), notes::add)) {
            final int port = URI.create(server.url()).getPort();
            final ServerConfig same = ServerConfig.embedded(folder.resolve("other"), ApplicationConfig.owner(
                new TokenConfig(Tokens.hash("x"), null))).withPort(port);
            final FailedException thrown = assertThrows(FailedException.class, () -> Server.start(same, notes::add));
            assertTrue(thrown.getMessage().startsWith("can't listen at 127.0.0.1:" + port), thrown.getMessage());
        }
        Files.writeString(file, "journal: {directory: here}\nlisten: {http: {port: 1, prot: 2}}\n");
        final Run serve = Run.of("serve", "--config", file.toString());
        assertEquals("2 strowger serve: " + file + ":2: listen.http.prot: there is no such key",
            serve.exitCode() + " " + serve.err().strip());
        final Run check = Run.of("config", "check", file.toString());
        assertEquals("1 " + file + ":2: listen.http.prot: there is no such key", check.exitCode() + " " + check.err().strip());
        assertEquals(0, Run.of("config", "check", write(Tokens.create()).toString()).exitCode());
        final Run token = Run.of("config", "token");
        final List<String> lines = token.lines();
        assertEquals(Tokens.hash(lines.get(0).substring(8)), lines.get(1).substring(8));
        assertTrue(Run.of("config", "schema").out().contains("\"applications\""));
    }

    private Path write(final String token) throws IOException {
        return Files.writeString(folder.resolve("server.yaml"), """
            journal: {directory: JOURNAL}
            listen: {http: {port: 0}}
            applications:
              - {id: crm, tenant: 1, tokens: [{sha256: HASH}], read: {}}
            """.replace("JOURNAL", folder.resolve("journal").toString()).replace("HASH", Tokens.hash(token)));
    }

    /** A file system may know seconds only. */
    private static void touch(final Path file, final int minutes) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(System.currentTimeMillis() / 60_000 + minutes, TimeUnit.MINUTES));
    }

    private List<String> ids(final Server server, final String path, final String token, final String last, final int count)
        throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Authorization", "Bearer " + token);
        if (null != last) {
            request.header("Last-Event-ID", last);
        }
        try (Stream<String> lines = http.send(request.build(), HttpResponse.BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("id: ")).map(line -> line.substring(4)).limit(count).toList();
        }
    }

    private int status(final Server server, final String path, final String token) throws Exception {
        return http.send(request(server, path, token), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String get(final Server server, final String path, final String token) throws Exception {
        return http.send(request(server, path, token), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static HttpRequest request(final Server server, final String path, final String token) {
        return HttpRequest.newBuilder(URI.create(server.url() + path)).header("Authorization", "Bearer " + token).build();
    }
}
