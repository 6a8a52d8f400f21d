package io.strowger.ops.server;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.config.ApplicationConfig;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.gateway.Gateway;
import io.strowger.ops.gateway.GatewayLimits;
import io.strowger.ops.gateway.GatewaySettings;
import io.strowger.ops.metrics.EventDelay;
import io.strowger.ops.node.RunningRouter;
import io.strowger.ops.wire.application.ApplicationGateway;
import io.strowger.persistence.TokenKey;
import io.strowger.router.Router;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * A server that runs. Any thread.
 */
public final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 10;

    private final CompletableFuture<Void> ended;
    private final RunningRouter running;
    private final Vertx vertx;
    private final AccessGate gate;
    private final Connectors connectors;
    private final Webhooks webhooks;
    private final Operations operations;
    private final Gateway gateway;
    /** Null where nobody is to come so. */
    private final ApplicationGateway applications;
    private final LiveDemo demo;
    private final ListenerConfig http;
    private final ListenerConfig sbe;
    private String url;
    private int sbePort;
    private boolean isStopped;

    private Server(final ServerConfig config, final RunningRouter running, final Vertx vertx, final EventDelay delay,
                   final CompletableFuture<Void> ended) {
        this.running = running;
        this.vertx = vertx;
        this.ended = ended;
        gate = new AccessGate(Accounts.of(config.applications()), System::currentTimeMillis);
        connectors = new Connectors(vertx, running.router(), config.connected());
        final Path journal = Path.of(config.journal().directory());
        final byte[] tokenKey = TokenKey.of(journal);
        webhooks = new Webhooks(vertx, journal, tokenKey, config.webhooks());
        operations = new Operations(running.router(), gate, delay, connectors.all(), webhooks.all());
        gateway = new Gateway(vertx, running.router(), settings(config.listen().http()), gate, tokenKey, operations::addTo);
        sbe = config.listen().sbe();
        applications = null == sbe ? null : new ApplicationGateway(vertx, running.router(),
            new GatewaySettings(sbe.host(), sbe.port(), sbe.tls(), ApplicationGateway.LIMITS), gate, tokenKey);
        demo = config.demo().map(source -> new LiveDemo(vertx, running.router(), source)).orElse(null);
        http = config.listen().http();
    }

    private void begin() {
        url = url(http, await(gateway.start(), "can't listen at " + http.host() + ":" + http.port()));
        if (null != applications) {
            sbePort = await(applications.start(), "can't listen at " + sbe.host() + ":" + sbe.port());
        }
        connectors.start();
        webhooks.start();
        if (null != demo) {
            demo.start();
        }
    }

    /**
     * Starts one.
     *
     * @param config that was checked.
     * @param notes  told what a person should know, a line each.
     * @throws FailedException                             when it can't listen, or read what it needs.
     * @throws io.strowger.router.journal.JournalException when the journal can't be opened, or is damaged.
     */
    public static Server start(final ServerConfig config, final Consumer<String> notes) {
        final CompletableFuture<Void> ended = new CompletableFuture<>();
        final EventDelay delay = new EventDelay(SystemEpochNanoClock.INSTANCE);
        final RunningRouter running = RunningRouter.open(config, notes, ended::completeExceptionally, delay);
        final Vertx vertx = Vertx.vertx(new VertxOptions().setFileSystemOptions(
            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        final Server server;
        try {
            server = new Server(config, running, vertx, delay, ended);
        } catch (final RuntimeException | Error fault) {
            quietly(vertx.close());
            running.close();
            throw fault;
        }
        try {
            server.begin();
            return server;
        } catch (final RuntimeException | Error fault) {
            server.close();
            throw fault;
        }
    }

    /** Where applications come to. */
    public String url() {
        return url;
    }

    /** The port where applications that speak SBE come to; 0 where there is none. */
    public int sbePort() {
        return sbePort;
    }

    /** The router within. */
    public Router router() {
        return running.router();
    }

    /** Lets these applications in from now on, and no others. */
    public void replace(final List<ApplicationConfig> applications) {
        gate.replace(Accounts.of(applications));
    }

    /**
     * Waits until it has been stopped.
     *
     * @throws FailedException when the router has ended by itself.
     */
    public void await() throws InterruptedException {
        try {
            ended.get();
        } catch (final ExecutionException e) {
            throw new FailedException("the router has stopped: " + e.getCause().getMessage());
        }
    }

    /** Takes it down: who comes and whom it comes to, then the router and its journal. A second call waits for the first. */
    @Override
    public synchronized void close() {
        if (isStopped) {
            return;
        }
        isStopped = true;
        quietly(Future.join(List.of(gateway.stop(), null == applications ? Future.succeededFuture() : applications.stop(),
            connectors.stop(), webhooks.stop(),
            null == demo ? Future.succeededFuture() : demo.stop())));
        quietly(vertx.close());
        operations.close();
        running.close();
        ended.complete(null);
    }

    private static GatewaySettings settings(final ListenerConfig http) {
        return new GatewaySettings(http.host(), http.port(), http.tls(), GatewayLimits.DEFAULT);
    }

    private static String url(final ListenerConfig http, final int port) {
        return (null == http.tls() ? "http://" : "https://") + http.host() + ':' + port;
    }

    private <T> T await(final Future<T> future, final String what) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        } catch (final ExecutionException | TimeoutException e) {
            throw new FailedException(what + ": " + (null == e.getCause() ? e : e.getCause()).getMessage());
        }
    }

    private static void quietly(final Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "not ended in order: " + e);
        }
    }
}
