package io.strowger.ops.wire.application;

import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MessageEncoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.ops.config.TlsConfig;
import io.strowger.ops.gateway.GatewayLimits;
import io.strowger.ops.gateway.GatewayRoom;
import io.strowger.ops.gateway.GatewaySettings;
import io.strowger.ops.gateway.LiveGateway;
import io.strowger.persistence.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A router with both gateways: JSON and SBE.
 */
final class LiveWire implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private static final long SECONDS = 20;
    private static final int RESTARTS = 100;
    private static final long RESTART_MS = 100;
    private static final long TIME_NS = 1_795_624_150_000_000_000L;

    private final LiveGateway json;
    private final Vertx vertx = Vertx.vertx();
    private final Path folder;
    private final GatewayLimits limits;
    private final GatewayRoom room;
    private final TlsConfig tls;
    private ApplicationGateway gateway;
    private final int port;
    private long sent;

    LiveWire(final Path folder, final GatewayLimits limits) {
        this(folder, limits, null);
    }

    LiveWire(final Path folder, final GatewayLimits limits, final TlsConfig tls) {
        this.tls = tls;
        this.folder = folder;
        this.limits = limits;
        room = GatewayRoom.of(limits);
        json = new LiveGateway(folder, GatewayLimits.DEFAULT, room);
        gateway = gateway(0);
        port = await(gateway.start());
    }

    private ApplicationGateway gateway(final int at) {
        return new ApplicationGateway(vertx, json.router(), new GatewaySettings(HOST, at, tls, limits), json.gate(),
            TokenKey.of(folder), room);
    }

    /** How often somebody counted as refused for his rate. */
    long limited() {
        return json.gate().limited();
    }

    /** How many connections both gateways have. */
    int connections() {
        return room.connections().taken();
    }

    /** Stops the gateway for SBE, and starts another one at the same port: as soon as nobody else has got it meanwhile. */
    void restart() {
        await(gateway.stop());
        gateway = gateway(port);
        await(gateway.start().recover(taken -> startAgain(RESTARTS)));
    }

    private Future<Integer> startAgain(final int tries) {
        gateway = gateway(port);
        return vertx.timer(RESTART_MS, TimeUnit.MILLISECONDS).compose(later -> gateway.start())
            .recover(taken -> tries > 0 ? startAgain(tries - 1) : Future.failedFuture(taken));
    }

    /** The gateway for JSON, and the router. */
    LiveGateway json() {
        return json;
    }

    int port() {
        return port;
    }

    ApplicationClient client(final String token) {
        return client(port, token);
    }

    /** A client that comes through another port. */
    static ApplicationClient client(final int port, final String token) {
        return ApplicationClient.connect(ApplicationClientSettings.plain(HOST, port, token));
    }

    /** A source says hello, and then this many messages to a user. */
    void messages(final String name, final int tenant, final int count, final String user) {
        final int source = json.router().sourceNumber(tenant, name);
        if (json.router().lastSourceSequence(source) < 0) {
            json.hello(name, tenant);
            while (json.router().lastSourceSequence(source) < 0) {
                Thread.onSpinWait();
            }
        }
        final int connection = SourceSequence.connection(json.router().lastSourceSequence(source));
        final List<UnsafeBuffer> facts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent++;
            facts.add(message(source, tenant, SourceSequence.of(connection, 1_000 + sent, 0), user));
        }
        json.feed(facts);
    }

    private UnsafeBuffer message(final int source, final int tenant, final long sequence, final String user) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final MessageEncoder message = new MessageEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        message.sourceSequence(sequence).sourceTime(TIME_NS + sent).source(source).tenant(tenant).media(Media.SMS)
            .direction(Direction.INCOMING);
        message.nativeId("m-" + sent).user(user).remoteParty("555" + sent).remoteName("").text("number " + sent).reference("");
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength());
    }

    @Override
    public void close() {
        await(gateway.stop());
        await(vertx.close());
        json.close();
    }

    private static <T> T await(final Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }
}
