package io.strowger.ops.server;

import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.file.ConfigException;
import io.strowger.ops.config.file.ConfigReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server by a configuration, with an application that may read, act and operate.
 */
final class OperatedServer implements AutoCloseable {
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final String token = Tokens.create();
    private final Path file;
    private final Server server;

    /**
     * Starts one.
     *
     * @param folder  for journal and configuration.
     * @param port    that it listens at; 0: one that is free.
     * @param further lines of the configuration: sources, webhooks.
     */
    OperatedServer(final Path folder, final int port, final String further) throws IOException, ConfigException {
        file = Files.writeString(folder.resolve("server.yaml"), """
            journal: {directory: JOURNAL}
            listen: {http: {port: PORT}, sources: {port: 0}, sourcesHttp: {port: 0}}
            applications:
              - id: carrier
                tenant: 1
                tokens: [{sha256: HASH}]
                read: {}
                act: {}
                operate: true
                limits: {streams: 2000, requestsPerSecond: 10000}
            """.replace("JOURNAL", folder.resolve("journal").toString()).replace("HASH", Tokens.hash(token))
            .replace("PORT", Integer.toString(port)) + further);
        server = Server.start(ConfigReader.read(file), notes::add);
    }

    Server server() {
        return server;
    }

    String token() {
        return token;
    }

    Path file() {
        return file;
    }

    List<String> notes() {
        return notes;
    }

    int port() {
        return URI.create(server.url()).getPort();
    }

    HttpResponse<String> get(final String path, final String shown) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(server.url() + path)).header("Authorization", "Bearer " + shown).build(),
            HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(final String path, final String body) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(server.url() + path)).header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    String metrics() throws IOException, InterruptedException {
        return get("/operator/metrics", token).body();
    }

    /** Ends it in order. */
    void stop() {
        server.close();
    }

    @Override
    public void close() {
        server.close();
    }
}
