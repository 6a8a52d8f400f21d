package io.strowger.ops.gateway;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.gateway.action.Asks;
import io.strowger.ops.gateway.stream.StreamHealth;
import io.strowger.ops.gateway.stream.StreamPump;
import io.strowger.ops.gateway.stream.Streams;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.ops.tls.ServerTls;
import io.strowger.router.Router;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The gateway for applications: HTTP on one address. Any thread starts and stops it.
 */
public final class Gateway {
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());
    private static final int MOST_HEADER_BYTES = 16 * 1024;
    private static final int MOST_LINE_BYTES = 8 * 1024;
    private static final long STOP_SECONDS = 5;
    private static final int SOCKET_CLOSING_SECONDS = 1;
    private static final String SUB_PROTOCOL = "strowger.v1+json";

    private final Vertx vertx;
    private final Router router;
    private final GatewaySettings settings;
    private final AccessGate gate;
    private final byte[] tokenKey;
    private final Consumer<io.vertx.ext.web.Router> further;
    private final GatewayRoom room;
    private Context loop;
    private HttpServer server;
    private ConnectionGuard guard;
    private StreamPump pump;
    private Asks asks;
    private Streams streams;

    /**
     * A gateway that is closed.
     *
     * @param router   with a follower, so that a status stops nobody.
     * @param gate     that lets applications in.
     * @param tokenKey of position tokens, kept beside the journal.
     * @param further  adds routes of others: those below {@code /operator/} are for who operates.
     * @param room     for connections and streams, shared with other gateways: of the limits those two do not count here.
     */
    public Gateway(final Vertx vertx, final Router router, final GatewaySettings settings, final AccessGate gate, final byte[] tokenKey,
                   final Consumer<io.vertx.ext.web.Router> further, final GatewayRoom room) {
        this.room = room;
        this.vertx = vertx;
        this.router = router;
        this.settings = settings;
        this.gate = gate;
        this.tokenKey = tokenKey.clone();
        this.further = further;
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

    /** Ends every stream with a word, and closes it. */
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
            pump.endAll(Problem.unavailable("the server stops: go on behind the last event"));
            pump.stop();
            guard.stop();
            Future.join(server.shutdown(STOP_SECONDS, TimeUnit.SECONDS), streams.stop()).<Void>mapEmpty().onComplete(stopped);
        });
        return stopped.future();
    }

    /** The streams of events that are open, while it listens. On its loop: within a request. */
    public List<StreamHealth> streams() {
        return pump.streams();
    }

    private Future<Integer> listen() {
        pump = new StreamPump(vertx, "http");
        asks = new Asks(vertx, router, gate);
        asks.askedBy(pump.add(asks));
        final GatewayLimits limits = settings.limits();
        streams = new Streams(vertx, router, tokenKey, pump, limits.times(), room.streams(), settings.popUps());
        final GatewayRoutes routes = new GatewayRoutes(vertx, router, new Doorway(gate, new Tickets()), streams, asks, limits);
        final io.vertx.ext.web.Router web = io.vertx.ext.web.Router.router(vertx);
        web.route().handler(Gateway::secure);
        routes.addTo(web);
        web.route("/operator/*").handler(routes::admitOperator);
        further.accept(web);
        web.route().last().handler(context -> context.fail(nothingThere(web, context)));
        web.route().failureHandler(Gateway::fail);
        pump.start();
        final HttpServerOptions options = options();
        guard = new ConnectionGuard(vertx, limits, room.connections(), options, web);
        guard.start();
        server = vertx.createHttpServer(options);
        return server.connectionHandler(guard::opened).requestHandler(guard::onRequest).invalidRequestHandler(guard::onInvalid)
            .listen(settings.port(), settings.host()).map(HttpServer::actualPort);
    }

    private HttpServerOptions options() {
        final GatewayLimits limits = settings.limits();
        final HttpServerOptions options = new HttpServerOptions()
            .setMaxHeaderSize(MOST_HEADER_BYTES).setMaxInitialLineLength(MOST_LINE_BYTES)
            .setMaxWebSocketFrameSize(limits.bodyBytes()).setMaxWebSocketMessageSize(limits.bodyBytes())
            .addWebSocketSubProtocol(SUB_PROTOCOL)
            .setIdleTimeout((int)limits.idle().toSeconds()).setIdleTimeoutUnit(TimeUnit.SECONDS)
            // one protocol with one way to be slow; no compression, which would multiply what comes in
            .setTcpKeepAlive(true).setCompressionSupported(false).setHttp2ClearTextEnabled(false).setUseAlpn(false)
            .setPerFrameWebSocketCompressionSupported(false).setPerMessageWebSocketCompressionSupported(false)
            .setWebSocketClosingTimeout(SOCKET_CLOSING_SECONDS);
        ServerTls.require(options, settings.tls(), limits.idle());
        return options;
    }

    /** Nothing is there, or not by this method. */
    private static Problem nothingThere(final io.vertx.ext.web.Router web, final RoutingContext context) {
        final Set<String> allowed = new TreeSet<>();
        for (final Route route : web.getRoutes()) {
            if (null != route.methods() && context.normalizedPath().equals(route.getPath())) {
                route.methods().forEach(method -> allowed.add(method.name()));
            }
        }
        return allowed.isEmpty() ? Problem.notFound() : Problem.notAllowed(String.join(", ", allowed));
    }

    private static void secure(final RoutingContext context) {
        context.response().putHeader("X-Content-Type-Options", "nosniff").putHeader("Cache-Control", "no-store");
        context.next();
    }

    private static void fail(final RoutingContext context) {
        if (context.response().headWritten()) {
            context.response().reset();
            return;
        }
        final Throwable fault = context.failure();
        if (fault instanceof Problem problem) {
            problem.answer(context.response());
        } else if (fault instanceof HttpException || null == fault) {
            Problem.ofStatus(context.statusCode()).answer(context.response());
        } else {
            // never what the fault says: a part of what came may stand in that, and secrets in what came
            LOG.log(System.Logger.Level.WARNING, () -> context.request().method() + " " + context.request().path() + ": "
                + fault.getClass().getName() + (0 == fault.getStackTrace().length ? "" : " at " + fault.getStackTrace()[0]));
            Problem.unavailable("a fault of the server").answer(context.response());
        }
    }
}
