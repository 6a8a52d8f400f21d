package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.application.StreamEventDecoder;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.file.ConfigReader;
import io.strowger.ops.wire.application.ApplicationClient;
import io.strowger.ops.wire.application.ApplicationClientSettings;
import io.strowger.ops.wire.application.StreamListener;
import io.strowger.ops.wire.application.StreamOrder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams of SBE in what who operates is told. */
@Timeout(60)
class SbeHealthTest {
    private static final long SECONDS = 20;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    @TempDir
    private Path folder;

    @Test
    void shouldShowTheStreamsOfBothGatewaysAndTellThemApart() throws Exception {
        final String token = Tokens.create();
        final Path file = Files.writeString(folder.resolve("server.yaml"), """
            journal: {directory: JOURNAL}
            listen: {http: {port: 0}, sbe: {port: 0}}
            applications:
              - id: carrier
                tenant: 1
                tokens: [{sha256: HASH}]
                read: {}
                operate: true
            """.replace("JOURNAL", folder.resolve("journal").toString()).replace("HASH", Tokens.hash(token)));
        try (Server server = Server.start(ConfigReader.read(file), note -> { });
            ApplicationClient client = ApplicationClient.connect(
                ApplicationClientSettings.plain("127.0.0.1", sbePort(server), token))) {
            final CountDownLatch opened = new CountDownLatch(2);
            client.subscribe(StreamOrder.all(), new Opened(opened));
            client.subscribe(StreamOrder.all().user("102"), new Opened(opened));
            assertTrue(opened.await(SECONDS, TimeUnit.SECONDS));
            final HttpResponse<InputStream> events = http.send(request(server, "/events", token),
                HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, events.statusCode());
            final JsonObject health = new JsonObject(
                http.send(request(server, "/operator/health", token), HttpResponse.BodyHandlers.ofString()).body());
            final JsonArray subscribers = health.getJsonArray("subscribers");
            assertEquals(3, health.getInteger("subscriberCount"), health::encode);
            final Set<Object> numbers = subscribers.stream().map(one -> ((JsonObject)one).getValue("stream")).collect(Collectors.toSet());
            assertEquals(3, numbers.size(), subscribers::encode);
            assertTrue(subscribers.stream().allMatch(one -> "carrier".equals(((JsonObject)one).getString("application"))));
            assertTrue(subscribers.stream().allMatch(one -> ((JsonObject)one).containsKey("lag")));
            events.body().close();
        }
    }

    private static int sbePort(final Server server) {
        return server.listening().stream().map(each -> URI.create(each.address())).filter(each -> "sbe".equals(each.getScheme()))
            .findFirst().orElseThrow().getPort();
    }

    private static HttpRequest request(final Server server, final String path, final String token) {
        return HttpRequest.newBuilder(URI.create(server.url() + path)).header("Authorization", "Bearer " + token).build();
    }

    private record Opened(CountDownLatch latch) implements StreamListener {
        @Override
        public void onOpen() {
            latch.countDown();
        }

        @Override
        public void onEvent(final StreamEventDecoder frame, final EventDecoder event) {
            // only that it is open counts
        }

        @Override
        public void onEnd(final Why why, final long missed, final String text) {
            // the client is closed
        }
    }
}
