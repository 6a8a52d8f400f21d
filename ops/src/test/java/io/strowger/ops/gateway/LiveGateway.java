package io.strowger.ops.gateway;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SourceSequence;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.ReadGrant;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.TlsConfig;
import io.strowger.ops.popup.PopUp;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.TokenKey;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.action.ActionGrant;
import io.strowger.router.follower.FollowerSettings;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A router with a gateway on a free port, and the applications of two tenants.
 */
public final class LiveGateway implements AutoCloseable {
    /** Reads and does everything of tenant 1. */
    public static final String OWNER = Tokens.create();
    /** Reads and does everything of tenant 2. */
    public static final String OTHER_TENANT = Tokens.create();
    /** Reads user 102 of tenant 1, with one stream. */
    public static final String ONLY_102 = Tokens.create();
    /** Was good once. */
    public static final String EXPIRED = Tokens.create();
    /** Of most applications. */
    public static final CredentialLimits LIMITS = new CredentialLimits(50, 1_000, 1_000);

    private static final List<PopUp> POP_UPS = List.of(PopUp.of(2, "*", "https://other.example/"),
        PopUp.of(1, "102", "https://crm.example/{tenant}/{localUser}?caller={remoteParty}&name={remoteName}&call={callId}"),
        PopUp.of(1, "10*", "https://all.example/{sessionId}"));
    private static final long SECONDS = 20;

    private final ChronicleJournal journal;
    private final Router router;
    private final Vertx vertx = Vertx.vertx();
    private final AccessGate gate = new AccessGate(credentials(), System::currentTimeMillis);
    private final Gateway gateway;
    private final Channel channel;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    /** A gateway with these limits, and its journal in a folder. */
    public LiveGateway(final Path folder, final GatewayLimits limits) {
        this(folder, limits, GatewayRoom.of(limits));
    }

    /** A gateway that has its room together with others. */
    public LiveGateway(final Path folder, final GatewayLimits limits, final GatewayRoom room) {
        this(folder, limits, room, null);
    }

    /** The same over TLS; null: plain. */
    public LiveGateway(final Path folder, final GatewayLimits limits, final GatewayRoom room, final TlsConfig tls) {
        journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
        router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.SHARED)
            .follower(FollowerSettings.defaults()));
        channel = router.openChannel();
        gateway = new Gateway(vertx, router, new GatewaySettings("127.0.0.1", 0, tls, limits, POP_UPS), gate, TokenKey.of(folder),
            web -> web.get("/operator/streams").handler(context -> context.response().end(Integer.toString(gate.streams()))
                .onFailure(gone -> { })), room);
        port = await(gateway.start());
    }

    /** All applications. */
    public static Credentials credentials() {
        return Credentials.builder()
            .add(Tokens.hash(OWNER), Credentials.NEVER,
                new Credential("owner", 1, new ReadGrant("*", "*"), ActionGrant.of("owner", 1), true, LIMITS))
            .add(Tokens.hash(OTHER_TENANT), Credentials.NEVER,
                new Credential("owner", 2, new ReadGrant("*", "*"), ActionGrant.of("owner", 2), false, LIMITS))
            .add(Tokens.hash(ONLY_102), Credentials.NEVER,
                new Credential("desk-102", 1, new ReadGrant("102", ""), null, false, new CredentialLimits(1, 1_000, 1)))
            .add(Tokens.hash(EXPIRED), 1, new Credential("old", 1, new ReadGrant("*", "*"), null, false, LIMITS))
            .build();
    }

    /** The router within. */
    public Router router() {
        return router;
    }

    /** Lets applications in. */
    public AccessGate gate() {
        return gate;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** A client for it. */
    public HttpClient http() {
        return http;
    }

    /** An address of it. */
    public URI uri(final String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Sends signals, and waits until they are folded. */
    public void feed(final List<UnsafeBuffer> facts) {
        final long until = router.counters().get(RouterCounter.SIGNALS) + facts.size();
        for (final UnsafeBuffer fact : facts) {
            while (ReturnCode.BACK_PRESSURED == channel.offer(fact, 0, fact.capacity())) {
                Thread.onSpinWait();
            }
        }
        while (router.counters().get(RouterCounter.SIGNALS) < until) {
            Thread.onSpinWait();
        }
    }

    /** A source that says hello, with nothing of its own to say; what it is told to do ends as the test wants. */
    public void hello(final String name, final int tenant) {
        final int source = router.sourceNumber(tenant, name);
        new ConnectionFacts(source, tenant, name, "sbe").capabilities(ActionGrant.ALL_ACTIONS)
            .connected(SourceSequence.nextConnection(router.lastSourceSequence(source)), 1_795_624_150_000_000_000L, true,
                channel.asSink());
    }

    /** The same signal of another tenant and source. */
    public static UnsafeBuffer of(final UnsafeBuffer fact, final int tenant, final int source) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[fact.capacity()]);
        copy.putBytes(0, fact, 0, fact.capacity());
        copy.putInt(SignalLayout.TENANT_OFFSET, tenant, ByteOrder.LITTLE_ENDIAN);
        copy.putInt(SignalLayout.SOURCE_OFFSET, source, ByteOrder.LITTLE_ENDIAN);
        return copy;
    }

    /** Asks, with a token or none. */
    public HttpResponse<String> get(final String path, final String token) {
        return send(request(path, token).GET().build());
    }

    /** Posts, with a token or none. */
    public HttpResponse<String> post(final String path, final String token, final String body) {
        return send(request(path, token).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    /** A request, with a token or none. */
    public HttpRequest.Builder request(final String path, final String token) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(SECONDS));
        return null == token ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Sends a request. */
    public HttpResponse<String> send(final HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (final Exception e) {
            throw new AssertionError(request.uri() + ": " + e, e);
        }
    }

    @Override
    public void close() {
        await(gateway.stop());
        await(vertx.close());
        router.close();
        journal.close();
    }

    private static <T> T await(final io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }
}
