package io.strowger.ops.gateway;

import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.strowger.ops.gateway.web.ConnectionRoom;
import io.strowger.ops.gateway.web.Connections;
import io.strowger.ops.gateway.web.Problem;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Connections that are open: for one too many the one that has waited for a request the longest is closed. Each must bring a whole
 * request in time, the first as well as the next, whatever trickles; and who reads no answers is read from no more, and cut off in the
 * end. On the gateway's loop.
 */
final class ConnectionGuard {
    private static final long LOOK_MS = 250;
    private static final int MOST_TOGETHER = 64;
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

    private final Vertx vertx;
    private final GatewayLimits limits;
    private final ConnectionRoom room;
    private final HttpServerOptions options;
    private final Handler<HttpServerRequest> routes;
    private final Map<HttpConnection, Watched> open = new HashMap<>();
    private Context loop;
    private long lookTimer;

    /**
     * A guard that has seen nobody.
     *
     * @param room    for connections.
     * @param options of the server.
     * @param routes  get each request that may be answered.
     */
    ConnectionGuard(final Vertx vertx, final GatewayLimits limits, final ConnectionRoom room,
                    final HttpServerOptions options, final Handler<HttpServerRequest> routes) {
        this.vertx = vertx;
        this.limits = limits;
        this.room = room;
        this.options = options;
        this.routes = routes;
    }

    void start() {
        loop = vertx.getOrCreateContext();
        lookTimer = vertx.setPeriodic(LOOK_MS, id -> look(System.nanoTime()));
    }

    void stop() {
        vertx.cancelTimer(lookTimer);
    }

    /** One more. */
    void opened(final HttpConnection connection) {
        final Channel channel = Connections.channel(connection);
        final ConnectionRoom.Place place = room.take(connection.remoteAddress().hostAddress(),
            () -> loop.runOnContext(full -> Connections.cut(connection)));
        if (null == place) {
            Connections.cut(connection);
            return;
        }
        channel.pipeline().replace(StrictRequestDecoder.NAME, StrictRequestDecoder.NAME, new StrictRequestDecoder(options));
        // what the pump has said to it in one turn goes to the kernel together
        channel.pipeline().addFirst(new FlushConsolidationHandler(MOST_TOGETHER, true));
        // its end is told, too; what a fault says would be logged, and may hold what came
        connection.exceptionHandler(broken -> { });
        open.put(connection, new Watched(place, System.nanoTime()));
        // also of a WebSocket, whose end the connection is not told
        channel.closeFuture().addListener(closed -> {
            open.remove(connection);
            place.giveBack();
        });
    }

    /** The head of a request has come: it is passed on as soon as there is room for an answer. */
    void onRequest(final HttpServerRequest request) {
        final Watched watched = open.get(request.connection());
        if (null == watched) {
            return;
        }
        watched.begin(request, System.nanoTime());
        request.response().endHandler(ended -> watched.end(System.nanoTime()));
        if (!request.response().writeQueueFull()) {
            pass(request);
            return;
        }
        watched.waitsForRoom = true;
        request.pause();
        request.response().drainHandler(drained -> {
            if (watched.waitsForRoom) {
                watched.waitsForRoom = false;
                watched.sinceNs = System.nanoTime();
                request.response().drainHandler(null);
                pass(request);
                request.resume();
            }
        });
    }

    /** A request that is none. */
    void onInvalid(final HttpServerRequest request) {
        refuse(request, "no request that can be read: its line, its headers or its length");
    }

    private void pass(final HttpServerRequest request) {
        if (isLengthDoubtful(request)) {
            refuse(request, "Transfer-Encoding is chunked, or is not there");
        } else if (BAD_ESCAPE.matcher(request.uri()).find()) {
            Problem.badRequest("an escape in the address is none: two hexadecimal digits follow each %").answer(request.response());
        } else {
            routes.handle(request);
        }
    }

    private static boolean isLengthDoubtful(final HttpServerRequest request) {
        final List<String> encodings = request.headers().getAll("Transfer-Encoding");
        return !encodings.isEmpty()
            && (encodings.size() > 1 || !"chunked".equalsIgnoreCase(encodings.get(0).strip()) || HttpVersion.HTTP_1_0 == request.version());
    }

    /** Where the next request would begin is not known. */
    private static void refuse(final HttpServerRequest request, final String why) {
        request.response().putHeader("Connection", "close");
        Problem.badRequest(why).answer(request.response());
        request.connection().close().onFailure(gone -> { });
    }

    private void look(final long nowNs) {
        for (final Map.Entry<HttpConnection, Watched> entry : List.copyOf(open.entrySet())) {
            if (entry.getValue().isLate(limits, nowNs)) {
                Connections.cut(entry.getKey());
            } else {
                entry.getValue().place();
            }
        }
    }

    /** A connection. */
    private static final class Watched {
        /** Null between two requests. */
        private HttpServerRequest request;
        /** Whether the head of the request is all of it: its end is told a moment later. */
        private boolean isHeadOnly;
        private boolean waitsForRoom;
        private final ConnectionRoom.Place place;
        private long sinceNs;

        Watched(final ConnectionRoom.Place place, final long nowNs) {
            this.place = place;
            sinceNs = nowNs;
        }

        void begin(final HttpServerRequest next, final long nowNs) {
            request = next;
            sinceNs = nowNs;
            final String length = next.getHeader("Content-Length");
            isHeadOnly = (null == length || "0".equals(length)) && !next.headers().contains("Transfer-Encoding");
            place();
        }

        void end(final long nowNs) {
            request = null;
            sinceNs = nowNs;
            place.waits();
        }

        /** Only while a whole request is answered, or it has become a WebSocket, it gives way to nobody. */
        void place() {
            if (null != request && (isHeadOnly || request.isEnded()) && !waitsForRoom) {
                place.opened();
            } else {
                place.waits();
            }
        }

        boolean isLate(final GatewayLimits limits, final long nowNs) {
            final long forNs = nowNs - sinceNs;
            if (waitsForRoom) {
                return forNs > limits.stalled().toNanos();
            }
            return (null == request || !request.isEnded()) && forNs > limits.idle().toNanos();
        }
    }
}
