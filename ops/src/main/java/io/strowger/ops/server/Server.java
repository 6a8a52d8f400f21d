package io.strowger.ops.server;

import io.strowger.codecs.sbe.AuditKind;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.audit.AuditTrail;
import io.strowger.ops.config.ApplicationConfig;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.health.JournalSpace;
import io.strowger.ops.health.JournalWatch;
import io.strowger.ops.health.RoomWatch;
import io.strowger.ops.health.Watches;
import io.strowger.ops.metrics.EventDelay;
import io.strowger.ops.node.RunningRouter;
import io.strowger.ops.page.ConsolePage;
import io.strowger.persistence.TokenKey;
import io.strowger.router.Router;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.BindException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * A server that runs. Any thread.
 */
public final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());
    private static final long SAMPLE_MS = 1_000;
    private static final long CLOCK_MS = 10_000;
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 8;

    private final CompletableFuture<Void> ended;
    private final RunningRouter running;
    private final Vertx vertx;
    private final AuditTrail audit;
    private final AccessGate gate;
    private final Sources sources;
    private final Webhooks webhooks;
    private final JournalWatch watch;
    private final RoomWatch room;
    private final Operations operations;
    private final Gateways gateways;
    private ServerConfig known;
    private boolean isStopped;

    private Server(final ServerConfig config, final RunningRouter running, final Vertx vertx, final EventDelay delay,
                   final CompletableFuture<Void> ended) {
        this.known = config;
        this.running = running;
        this.vertx = vertx;
        this.ended = ended;
        audit = new AuditTrail(running.router(), SystemEpochNanoClock.INSTANCE);
        gate = new AccessGate(Accounts.of(config.applications()), System::currentTimeMillis, audit);
        sources = new Sources(vertx, running.router(), config, audit);
        final Path journal = Path.of(config.journal().directory());
        final byte[] tokenKey = TokenKey.of(journal);
        webhooks = new Webhooks(vertx, journal, tokenKey, config.webhooks());
        watch = new JournalWatch(running.router(), JournalSpace.of(journal), running.reserveBytes(),
            () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        room = new RoomWatch(running.router(), running.limits(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        operations = new Operations(running.router(), gate, delay, sources.groups(), webhooks.all(), new Watches(watch, room));
        gateways = new Gateways(vertx, running.router(), config, gate, tokenKey, this::addRoutes);
    }

    private static void failed(final Throwable fault, final CompletableFuture<Void> ended) {
        LOG.log(System.Logger.Level.ERROR, () -> "the router has failed, and the server ends: " + fault);
        ended.completeExceptionally(fault);
    }

    private void addRoutes(final io.vertx.ext.web.Router web) {
        ConsolePage.addTo(web);
        operations.addTo(web, gateways::streams);
    }

    private void begin() {
        vertx.setPeriodic(SAMPLE_MS, id -> {
            operations.sample();
            audit.tell();
            watch.tellSilence();
        });
        vertx.setPeriodic(CLOCK_MS, id -> running.lookAtClock());
        GoneGrants.revoke(running.router(), known.applications());
        await(gateways.start(), "can't listen for applications");
        audit.note(AuditKind.STARTED, null, "", url());
        watch.start();
        room.start();
        final RefusedCallers refused = new RefusedCallers().watch("applications", gate);
        sources.watch(refused);
        vertx.setPeriodic(RefusedCallers.LOOK_MS, fired -> refused.look());
        await(sources.start(), "can't listen for sources");
        webhooks.start();
        LOG.log(System.Logger.Level.INFO, () -> "serves at " + listening().stream().map(each -> each.address() + " for " + each.who())
            .collect(Collectors.joining(", ")) + ", " + running.router().lastSequence() + " records in the journal, "
            + sources.connected() + " call routers, " + webhooks.all().size() + " webhooks");
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
        final Vertx vertx = Vertx.vertx(new VertxOptions().setFileSystemOptions(
            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        final RunningRouter running = openBehindDoor(vertx, config,
            () -> RunningRouter.open(config, notes, fault -> failed(fault, ended), delay));
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

    /** While the journal is read, the port says so; none knows a port that is chosen only then. */
    private static RunningRouter openBehindDoor(final Vertx vertx, final ServerConfig config, final Supplier<RunningRouter> open) {
        final ListenerConfig http = config.listen().http();
        try {
            if (0 == http.port()) {
                return open.get();
            }
            final StartDoor door = new StartDoor(vertx, http);
            await(door.open(), "can't listen at " + http.host() + ":" + http.port());
            try {
                return open.get();
            } finally {
                quietly(door.close());
            }
        } catch (final RuntimeException | Error fault) {
            quietly(vertx.close());
            throw fault;
        }
    }

    /** Where applications come to. */
    public String url() {
        return gateways.url();
    }

    /** Each port that it listens at. */
    public List<Listening> listening() {
        return Stream.concat(gateways.listening().stream(), sources.listening().stream()).toList();
    }

    /** Where phones and servers come to with requests; null when nothing listens for them. */
    public String sourcesUrl() {
        return sources.url();
    }

    /** Port that sources come to which speak signals, 0 for none. */
    public int sourcesPort() {
        return sources.port();
    }

    /** The router within. */
    public Router router() {
        return running.router();
    }

    /** Lets the applications and sources of this configuration in from now on, and no others; nothing else of it is looked at. */
    public synchronized void replace(final ServerConfig config) {
        if (isStopped) {
            return;
        }
        if (!config.applications().equals(known.applications()) || !config.sources().equals(known.sources())) {
            // one record for all gates, in front of what the new ones let in
            audit.note(AuditKind.CREDENTIALS_CHANGED, null, "",
                "applications: " + config.applications().size() + ", sources: " + config.sources().size() + changed(known, config));
        }
        known = config;
        gate.replace(Accounts.of(config.applications()));
        GoneGrants.revoke(running.router(), config.applications());
        sources.replace(config);
    }

    /** Which applications and sources are new, are other than they were, or are no more; as many as an audit's text holds. */
    private static String changed(final ServerConfig before, final ServerConfig after) {
        final Set<Object> both = new HashSet<>(before.applications());
        both.addAll(before.sources());
        final Set<Object> now = new HashSet<>(after.applications());
        now.addAll(after.sources());
        final Set<String> names = new TreeSet<>();
        Stream.concat(both.stream().filter(one -> !now.contains(one)), now.stream().filter(one -> !both.contains(one)))
            .map(one -> one instanceof ApplicationConfig application ? application.id() : ((SourceConfig)one).name()).forEach(names::add);
        return "; changed: " + String.join(", ", names);
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
        final long sinceNs = System.nanoTime();
        LOG.log(System.Logger.Level.INFO, () -> "stops, with " + gate.streams() + " streams open");
        running.ending();
        watch.close();
        room.close();
        final boolean areEnded = quietly(Future.join(gateways.stop(), sources.stop(), webhooks.stop()));
        final boolean isInOrder = quietly(vertx.close()) && areEnded;
        operations.close();
        audit.note(AuditKind.STOPPED, null, "", isInOrder ? "in order" : "not in order: what was open had not ended in time, or failed to");
        audit.close();
        running.close();
        ended.complete(null);
        LOG.log(System.Logger.Level.INFO, () -> "stopped within " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNs) + " ms at "
            + running.router().lastSequence());
    }

    private static <T> T await(final Future<T> future, final String what) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        } catch (final ExecutionException | TimeoutException e) {
            final Throwable cause = null == e.getCause() ? e : e.getCause();
            throw new FailedException(what + ": " + cause.getMessage() + (cause instanceof BindException
                ? "; another port: --port N, or port of listen in the configuration" : ""));
        }
    }

    /** Returns whether it has ended in order. */
    private static boolean quietly(final Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "not ended in order: " + e);
        }
        return false;
    }
}
