package io.strowger.bench.server;

import io.strowger.bench.load.Traffic;
import io.strowger.bench.peers.ServerProcess;
import io.strowger.ops.access.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The server's process with its PBXs, and what its own interfaces say of it.
 */
final class ServerSite implements AutoCloseable {
    /** Steps of calls that make one event, by the captures. */
    private static final double STEPS_AN_EVENT = 1.6;
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;
    private static final long SEED = 42;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int QUIET_LOOKS = 20;
    private static final long WAIT_NS = TimeUnit.MINUTES.toNanos(2);
    private static final long LIST_S = 60;
    private static final int FINE = 200;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<AmiPbx> pbxs = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final Path journal;
    private final int port;
    private final ServerProcess process;
    private final ServerMemory memory;

    /**
     * A server that is ready, its PBXs connected and quiet.
     *
     * @param folder of the run, empty.
     * @throws IOException when something does not start.
     */
    ServerSite(final ServerSettings settings, final Path folder) throws IOException, InterruptedException {
        journal = folder.resolve("journal");
        port = freePort();
        for (int i = 0; i < ServerSettings.TENANTS; i++) {
            tokens.add(Tokens.create());
            pbxs.add(new AmiPbx(Traffic.ofCaptureBytes(settings.sessions() / ServerSettings.TENANTS, SEED + i, settings.users()),
                settings.rate() * STEPS_AN_EVENT / ServerSettings.TENANTS));
        }
        final Path collections = folder.resolve("collections.log");
        final long beganNs = System.nanoTime();
        process = ServerProcess.start(ServerCommand.of(configuration(folder), collections), folder, port);
        memory = new ServerMemory(process.pid(), collections, beganNs);
        for (final AmiPbx pbx : pbxs) {
            if (!pbx.awaitListed(LIST_S)) {
                throw new IOException("the server does not come to its PBX");
            }
        }
        settle();
    }

    int port() {
        return port;
    }

    /** Of the tenants, from tenant 1 on. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    Path journal() {
        return journal;
    }

    ServerMemory memory() {
        return memory;
    }

    /** Processor time of the server so far, in nanoseconds. */
    long cpuNs() {
        return process.cpuNs();
    }

    /** All PBXs begin. */
    void begin() {
        pbxs.forEach(AmiPbx::begin);
    }

    /**
     * All PBXs say no more, and hang up once they have been heard out.
     *
     * @return by how many nanoseconds the latest was late.
     */
    long stop() throws IOException, InterruptedException {
        long lateNs = 0;
        for (final AmiPbx pbx : pbxs) {
            lateNs = Math.max(lateNs, pbx.stop());
        }
        settle();
        for (final AmiPbx pbx : pbxs) {
            pbx.close();
        }
        settle();
        return lateNs;
    }

    /** Last sequence of the router. */
    long sequence() throws IOException, InterruptedException {
        return new JsonObject(get("/operator/health", 0)).getLong("sequence");
    }

    /** Ids of the sessions of a tenant that are open now. */
    Set<String> openSessions(final int tenant) throws IOException, InterruptedException {
        final Set<String> open = new HashSet<>();
        get("/status", tenant - 1).lines().map(JsonObject::new).filter(item -> "session".equals(item.getString("kind")))
            .forEach(item -> open.add(item.getString("sessionId")));
        return open;
    }

    /** Waits until the router's sequence stands for a second. */
    private void settle() throws IOException, InterruptedException {
        final long endNs = System.nanoTime() + WAIT_NS;
        long last = -1;
        int looks = 0;
        while (looks < QUIET_LOOKS) {
            if (System.nanoTime() > endNs) {
                throw new IOException("the router does not come to rest");
            }
            LockSupport.parkNanos(LOOK_NS);
            final long now = sequence();
            looks = now == last ? looks + 1 : 0;
            last = now;
        }
    }

    private String get(final String path, final int tenant) throws IOException, InterruptedException {
        final HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + tokens.get(tenant)).build(), HttpResponse.BodyHandlers.ofString());
        if (FINE != response.statusCode()) {
            throw new IOException(path + ": " + response.statusCode() + ' ' + response.body());
        }
        return response.body();
    }

    /** Every JSON is a YAML. */
    private Path configuration(final Path folder) throws IOException {
        final JsonArray sources = new JsonArray();
        final JsonArray applications = new JsonArray();
        for (int i = 0; i < ServerSettings.TENANTS; i++) {
            sources.add(new JsonObject().put("name", "pbx-" + (i + 1)).put("tenant", i + 1).put("dialect", "ami")
                .put("connect", new JsonObject().put("address", "127.0.0.1:" + pbxs.get(i).port())
                    .put("login", new JsonObject().put("user", "router").put("secret", "x"))));
            applications.add(new JsonObject().put("id", "app-" + (i + 1)).put("tenant", i + 1).put("operate", true)
                .put("read", new JsonObject())
                .put("tokens", new JsonArray().add(new JsonObject().put("sha256", Tokens.hash(tokens.get(i)))))
                .put("limits", new JsonObject().put("streams", 100_000).put("requestsPerSecond", 1_000_000)));
        }
        return Files.writeString(folder.resolve("server.yaml"), new JsonObject().put("journal", new JsonObject().put("directory",
            journal.toString())).put("listen", new JsonObject().put("http", new JsonObject().put("port", port)))
            .put("sources", sources).put("applications", applications).encodePrettily());
    }

    /** One below those that the system gives to connections. */
    private static int freePort() throws IOException {
        final int start = new SplittableRandom().nextInt(PORTS);
        for (int i = 0; i < PORTS; i++) {
            try (ServerSocket free = new ServerSocket(FIRST_PORT + (start + i) % PORTS, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (final BindException taken) {
                // the next one
            }
        }
        throw new IOException("no port is free");
    }

    @Override
    public void close() throws IOException {
        process.close();
        for (final AmiPbx pbx : pbxs) {
            pbx.close();
        }
    }
}
