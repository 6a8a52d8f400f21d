package io.strowger.ops.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Connections that are open: one too many is closed at once, and so is one that has not brought a whole request in time. On the gateway's
 * loop.
 */
final class ConnectionCount implements Handler<HttpConnection> {
    private final Vertx vertx;
    private final GatewayLimits limits;
    private final Set<HttpConnection> open = new HashSet<>();
    /** Timers of those that have brought nothing yet. */
    private final Map<HttpConnection, Long> silent = new HashMap<>();

    ConnectionCount(final Vertx vertx, final GatewayLimits limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    @Override
    public void handle(final HttpConnection connection) {
        open.add(connection);
        connection.closeHandler(closed -> gone(connection));
        if (open.size() > limits.connections()) {
            close(connection);
        } else {
            silent.put(connection, vertx.setTimer(limits.idle().toMillis(), late -> close(connection)));
        }
    }

    /** It is not there any more: a WebSocket says so itself, as its connection does not. */
    void gone(final HttpConnection connection) {
        open.remove(connection);
        heard(connection);
    }

    /** The head of a request has come: its body must follow in time, too. */
    void onRequest(final HttpServerRequest request) {
        heard(request.connection());
        if (!request.isEnded()) {
            vertx.setTimer(limits.idle().toMillis(), late -> {
                if (!request.isEnded() && open.contains(request.connection())) {
                    close(request.connection());
                }
            });
        }
    }

    private void heard(final HttpConnection connection) {
        final Long timer = silent.remove(connection);
        if (null != timer) {
            vertx.cancelTimer(timer);
        }
    }

    private static void close(final HttpConnection connection) {
        connection.close().onFailure(gone -> { });
    }
}
