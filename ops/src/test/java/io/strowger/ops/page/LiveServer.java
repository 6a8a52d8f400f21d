package io.strowger.ops.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.ApplicationConfig;
import io.strowger.ops.config.JournalConfig;
import io.strowger.ops.config.ListenConfig;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.PopUpConfig;
import io.strowger.ops.config.ReadConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.TokenConfig;
import io.strowger.ops.server.Server;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A server with an owner, and an application that reads of user 102 alone and operates nothing; and what it says of its state.
 */
final class LiveServer implements AutoCloseable {
    static final String OWNER = Tokens.create();
    static final String ONLY_102 = Tokens.create();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Server server;
    private final Channel channel;

    /**
     * Starts one.
     *
     * @param folder of its journal.
     * @param port   0: one that is free.
     */
    LiveServer(final Path folder, final int port, final List<SourceConfig> sources, final List<PopUpConfig> popUps) {
        final List<ApplicationConfig> applications = List.of(ApplicationConfig.owner(new TokenConfig(Tokens.hash(OWNER), null)),
            new ApplicationConfig("desk", 1, List.of(new TokenConfig(Tokens.hash(ONLY_102), null)), new ReadConfig("102", ""), null, null,
                null));
        server = Server.start(new ServerConfig(JournalConfig.in(folder.toString()), null,
            new ListenConfig(ListenerConfig.loopback(port), null, ListenerConfig.loopback(0), ListenerConfig.loopback(0)), sources,
            applications, null, popUps), note -> { });
        channel = server.router().openChannel();
    }

    String url() {
        return server.url();
    }

    String sourcesUrl() {
        return server.sourcesUrl();
    }

    int sourcesPort() {
        return server.sourcesPort();
    }

    int port() {
        return URI.create(server.url()).getPort();
    }

    /** Sends facts, and waits until they are folded. */
    void feed(final List<UnsafeBuffer> facts) {
        final long until = server.router().counters().get(RouterCounter.SIGNALS) + facts.size();
        for (final UnsafeBuffer fact : facts) {
            while (ReturnCode.BACK_PRESSURED == channel.offer(fact, 0, fact.capacity())) {
                Thread.onSpinWait();
            }
        }
        BrowserPage.await(() -> server.router().counters().get(RouterCounter.SIGNALS) >= until, () -> "facts that are folded");
    }

    /** The sessions that are open, as the page's rows of them should say: key, user, with whom, state; sorted. */
    List<String> calls(final String query) {
        final TreeSet<String> rows = new TreeSet<>();
        for (final JsonNode item : status(query)) {
            if ("session".equals(item.get("kind").asText()) && !"null".equals(item.get("state").asText())) {
                rows.add(item.get("sessionId").asText() + " | " + text(item, "localUser", "outside") + " | " + with(item) + " | "
                    + item.get("state").asText());
            }
        }
        return List.copyOf(rows);
    }

    /** The queues, as the page's rows of them should say: key, how many wait, who is ready. */
    List<String> queues() {
        final List<JsonNode> items = status("");
        final TreeSet<String> rows = new TreeSet<>();
        for (final JsonNode item : items) {
            if ("group".equals(item.get("kind").asText())) {
                final String group = item.get("group").asText();
                final long ready = items.stream().filter(one -> "member".equals(one.get("kind").asText())
                    && group.equals(one.get("group").asText()) && "ready".equals(one.get("state").asText())).count();
                rows.add(group + " | " + item.get("waiting") + " | " + ready + " of " + item.get("members"));
            }
        }
        return List.copyOf(rows);
    }

    /** How many users are logged in. */
    long usersIn() {
        return status("").stream().filter(item -> "user".equals(item.get("kind").asText()) && "in".equals(text(item, "presence", "")))
            .count();
    }

    JsonNode health() {
        return parse(get("/operator/health"));
    }

    HttpResponse<String> send(final HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (final Exception e) {
            throw new AssertionError(request.uri() + ": " + e, e);
        }
    }

    private List<JsonNode> status(final String query) {
        final List<JsonNode> items = new ArrayList<>();
        get("/status" + query).lines().forEach(line -> items.add(parse(line)));
        return items;
    }

    private String get(final String path) {
        final HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url() + path))
            .header("Authorization", "Bearer " + OWNER).build());
        if (200 != answer.statusCode()) {
            throw new AssertionError(path + ": " + answer.body());
        }
        return answer.body();
    }

    private static JsonNode parse(final String text) {
        try {
            return JSON.readTree(text);
        } catch (final IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String with(final JsonNode item) {
        final String arrow = switch (text(item, "direction", "")) {
            case "incoming" -> "← ";
            case "outgoing" -> "→ ";
            default -> "";
        };
        final String queue = item.get("group").isNull() ? "not known" : "queue " + item.get("group").asText();
        return arrow + text(item, "remoteParty", text(item, "remoteName", queue));
    }

    private static String text(final JsonNode item, final String name, final String other) {
        return item.get(name).isNull() ? other : item.get(name).asText();
    }

    @Override
    public void close() {
        channel.close();
        server.close();
    }
}
