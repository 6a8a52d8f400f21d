package io.strowger.ops.connector;

import io.strowger.router.Router;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps a call router connected to a router: its events flow in, and with commands on, actions flow out, each over a connection of its own.
 *
 * <pre>{@code
 * Connector connector = new Connector(vertx, router, new ConnectorSettings("pbx-1", 1, ConnectorDialect.AMI, "10.0.0.7", 5038)
 *     .login("strowger", secret).commands(true));
 * connector.start();
 * }</pre>
 *
 * <p>The call router is always read, whatever the router does: it is never made to wait. What the router has no room for waits, and
 * beyond a limit is discarded and told. Whenever a connection comes, the call router is listed, so that the router's state is right again.
 *
 * <p>Any thread. The router must have threads of its own: not {@link io.strowger.router.ThreadingMode#INVOKER}.
 */
public final class Connector implements AutoCloseable {
    private static final long CLOSE_S = 8;
    private static final Logger LOGGER = System.getLogger("io.strowger.ops.connector");

    private final Vertx vertx;
    private final ConnectorSettings settings;
    private final ConnectorWork work;
    private Future<String> started;
    private Future<Void> stopped;

    /**
     * A connector that is not started.
     *
     * @param router   takes what is seen; a source has one connector at a time.
     * @param settings not to be changed any more.
     * @throws IllegalArgumentException when the login is missing, or actions can't become commands as it is said.
     */
    public Connector(final Vertx vertx, final Router router, final ConnectorSettings settings) {
        settings.conclude();
        this.vertx = vertx;
        this.settings = settings;
        this.work = new ConnectorWork(router, settings);
    }

    /**
     * Begins to connect, and goes on for ever. Returns at once.
     *
     * @throws IllegalStateException when it was started before.
     */
    public synchronized void start() {
        if (null != started || null != stopped) {
            throw new IllegalStateException(settings.sourceName() + " was started before");
        }
        started = vertx.deployVerticle(new Verticle(work));
        started.onFailure(fault -> LOGGER.log(Level.ERROR, () -> settings.sourceName() + ": not started: " + fault));
    }

    /**
     * Says good-bye to the call router and to the router, and ends. Repeated calls give the same.
     *
     * @return done when nothing of it runs any more, within seconds.
     */
    public synchronized Future<Void> stop() {
        if (null == stopped) {
            // without a deployment, or behind the end of its Vert.x, nothing runs
            stopped = null == started ? Future.succeededFuture() : started.compose(vertx::undeploy).otherwiseEmpty();
        }
        return stopped;
    }

    /** Stops, and waits for the end, at most 8 seconds; on an event loop it does not wait. */
    @Override
    public void close() {
        final Future<Void> end = stop();
        if (Context.isOnEventLoopThread()) {
            return;
        }
        try {
            end.toCompletionStage().toCompletableFuture().get(CLOSE_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, () -> settings.sourceName() + ": did not end in order: " + e);
        }
    }

    /** How it is now. */
    public ConnectorHealth health() {
        return work.health();
    }

    /** What it is set to. */
    public ConnectorSettings settings() {
        return settings;
    }

    /** Gives the work a context of its own, and ends it in order when its Vert.x is closed. */
    private static final class Verticle extends VerticleBase {
        private final ConnectorWork work;

        Verticle(final ConnectorWork work) {
            this.work = work;
        }

        @Override
        public Future<?> start() {
            work.begin(vertx);
            return Future.succeededFuture();
        }

        @Override
        public Future<?> stop() {
            return work.end();
        }
    }
}
