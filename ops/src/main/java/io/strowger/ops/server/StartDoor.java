package io.strowger.ops.server;

import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.tls.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Answers in the gateway's place while the journal is read: that the process lives, and is not ready. That can take minutes, and whoever
 * watches it must not take it for dead; nor is a port that is taken found only then.
 */
final class StartDoor {
    static final String REASON = "not ready: it starts, and reads its journal\n";
    private static final int UNAVAILABLE = 503;
    private static final int IDLE_SECONDS = 10;

    private final HttpServer server;

    StartDoor(final Vertx vertx, final ListenerConfig http) {
        server = vertx.createHttpServer(options(http)).requestHandler(StartDoor::answer);
    }

    Future<HttpServer> open() {
        return server.listen();
    }

    Future<Void> close() {
        return server.close();
    }

    private static void answer(final HttpServerRequest request) {
        final boolean isLiveness = "/health/live".equals(request.path());
        request.response().putHeader("Connection", "close").putHeader("Cache-Control", "no-store").putHeader("Content-Type", "text/plain");
        if (!isLiveness) {
            request.response().setStatusCode(UNAVAILABLE).putHeader("Retry-After", "1");
        }
        request.response().end(isLiveness ? "live\n" : REASON).onFailure(gone -> { });
    }

    private static HttpServerOptions options(final ListenerConfig http) {
        final HttpServerOptions options = new HttpServerOptions().setHost(http.host()).setPort(http.port()).setIdleTimeout(IDLE_SECONDS)
            .setHttp2ClearTextEnabled(false);
        ServerTls.require(options, http.tls(), Duration.ofSeconds(IDLE_SECONDS));
        return options;
    }
}
