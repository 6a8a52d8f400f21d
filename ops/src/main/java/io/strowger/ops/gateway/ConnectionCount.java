package io.strowger.ops.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;

/**
 * Connections that are open: one too many is closed at once, and so is one that has not brought a whole request in time. On the gateway's
 * loop.
 */
final class ConnectionCount implements Handler<HttpConnection> {
    private final Vertx vertx;
    private final GatewayLimits limits;
    /** Timers of those that have brought nothing yet. */
    private final Map<HttpConnection, Long> silent = new HashMap<>();
    private int open;

    ConnectionCount(final Vertx vertx, final GatewayLimits limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    @Override
    public void handle(final HttpConnection connection) {
        open++;
        connection.closeHandler(closed -> {
            open--;
            heard(connection);
        });
        if (open > limits.connections()) {
            close(connection);
        } else {
            silent.put(connection, vertx.setTimer(limits.idle().toMillis(), late -> close(connection)));
        }
    }

    /** The head of a request has come: its body must follow in time, too. */
    void onRequest(final HttpServerRequest request) {
        heard(request.connection());
        if (!request.isEnded()) {
            final long timer = vertx.setTimer(limits.idle().toMillis(), late -> {
                if (!request.isEnded()) {
                    close(request.connection());
                }
            });
            request.endHandler(ended -> vertx.cancelTimer(timer));
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
