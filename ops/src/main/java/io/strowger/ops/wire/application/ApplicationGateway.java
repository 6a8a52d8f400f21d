package io.strowger.ops.wire.application;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.gateway.GatewayLimits;
import io.strowger.ops.gateway.GatewayRoom;
import io.strowger.ops.gateway.GatewaySettings;
import io.strowger.ops.gateway.action.Asks;
import io.strowger.ops.gateway.stream.StreamHealth;
import io.strowger.ops.gateway.stream.StreamPump;
import io.strowger.ops.gateway.stream.StreamTimes;
import io.strowger.ops.gateway.stream.Streams;
import io.strowger.ops.gateway.web.ConnectionRoom;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.ops.tls.ServerTls;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.router.Router;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The gateway for applications that are machines: SBE over TCP or TLS on one address. Any thread starts and stops it.
 */
public final class ApplicationGateway {
    /**
     * Where nothing else is said: frames of 64 KiB, 10 s for an opening and between two signs of life, a minute for who takes nothing.
     */
    public static final GatewayLimits LIMITS =
        new GatewayLimits(20_000, GatewayLimits.DEFAULT.streams(), 64 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(60),
            Duration.ofSeconds(3));

    private static final long STOP_SECONDS = 2;

    private final Vertx vertx;
    private final Router router;
    private final GatewaySettings settings;
    private final AccessGate gate;
    private final byte[] tokenKey;
    private final Set<ApplicationSession> sessions = new HashSet<>();
    private final GatewayRoom room;
    private final BatchPool pool;
    private volatile Context loop;
    private NetServer server;
    private StreamPump pump;
    private Streams streams;
    private Asks asks;

    /**
     * A gateway that is closed.
     *
     * @param router   with a follower, so that a status stops nobody.
     * @param settings where it listens; of the limits, {@code idle} is the time for an opening and between two signs of life.
     * @param gate     that lets applications in.
     * @param tokenKey of position tokens, kept beside the journal.
     * @param room     for connections and streams, shared with other gateways: of the limits those two do not count here.
     */
    public ApplicationGateway(final Vertx vertx, final Router router, final GatewaySettings settings, final AccessGate gate,
                              final byte[] tokenKey, final GatewayRoom room) {
        this.room = room;
        this.pool = new BatchPool(work -> vertx.runOnContext(over -> work.run()));
        this.vertx = vertx;
        this.router = router;
        this.settings = settings;
        this.gate = gate;
        this.tokenKey = tokenKey.clone();
    }

    /**
     * Opens it.
     *
     * @return the port that it listens at; fails when it can't.
     */
    public Future<Integer> start() {
        final Promise<Integer> started = Promise.promise();
        loop = vertx.getOrCreateContext();
        loop.runOnContext(begun -> Future.succeededFuture().compose(now -> listen()).onComplete(started));
        return started.future();
    }

    /** Ends every stream and connection with a word, and closes it. */
    public Future<Void> stop() {
        if (null == loop) {
            return Future.succeededFuture();
        }
        final Promise<Void> stopped = Promise.promise();
        loop.runOnContext(begun -> {
            if (null == server) {
                stopped.complete();
                return;
            }
            asks.close();
            pump.endAll(Problem.unavailable("the server stops: go on behind the last position"));
            pump.stop();
            List.copyOf(sessions).forEach(session -> session.end(OpeningAnswer.STOPPING));
            Future.join(server.shutdown(STOP_SECONDS, TimeUnit.SECONDS), streams.stop()).<Void>mapEmpty().onComplete(stopped);
        });
        return stopped.future();
    }

    /** The streams of events that are open. Any thread; told on the gateway's loop. */
    public Future<List<StreamHealth>> streams() {
        if (null == loop) {
            return Future.succeededFuture(List.of());
        }
        final Promise<List<StreamHealth>> told = Promise.promise();
        loop.runOnContext(asked -> told.complete(null == pump ? List.of() : pump.streams()));
        return told.future();
    }

    private Future<Integer> listen() {
        final GatewayLimits limits = settings.limits();
        pump = new StreamPump(vertx, "sbe");
        asks = new Asks(vertx, router, gate);
        asks.askedBy(pump.add(asks));
        streams = new Streams(vertx, router, tokenKey, pump, new StreamTimes(limits.stalled(), limits.keepAlive()),
            room.streams(), List.of());
        pump.start();
        server = vertx.createNetServer(options());
        return server.connectHandler(this::onConnection)
            // who can't speak TLS is nobody
            .exceptionHandler(fault -> { })
            .listen(settings.port(), settings.host()).map(NetServer::actualPort);
    }

    private void onConnection(final NetSocket socket) {
        final ApplicationSession session = new ApplicationSession(vertx, socket, gate, streams, asks, settings.limits(), pool);
        final ConnectionRoom.Place place = room.connections().take(socket.remoteAddress().hostAddress(),
            () -> loop.runOnContext(full -> session.end(OpeningAnswer.TOO_MANY)));
        if (null == place) {
            session.refuse();
            return;
        }
        sessions.add(session);
        session.begin(place, () -> sessions.remove(session));
    }

    private NetServerOptions options() {
        final NetServerOptions options = new NetServerOptions().setTcpKeepAlive(true).setTcpNoDelay(true);
        ServerTls.require(options, settings.tls(), settings.limits().idle());
        return options;
    }
}
