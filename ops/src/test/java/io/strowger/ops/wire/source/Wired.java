package io.strowger.ops.wire.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.HastyVertx;
import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.access.Audit;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.TlsConfig;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.journal.Journal;
import io.strowger.router.source.SourceGrant;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A router over a Chronicle journal, with a port for sources on a free port. */
final class Wired implements AutoCloseable {
    static final String NAME = "gateway";
    static final int TENANT = 3;
    static final String TOKEN = Tokens.create();
    static final String OTHER_TOKEN = Tokens.create();

    private static final long WAIT_S = 30;
    private static final long LOOK_NS = 1_000_000;

    private final Path folder;
    private final Vertx vertx;
    private final ChronicleJournal journal;
    private final Router router;
    private final SourcePort sources;
    private final int port;
    private boolean isClosed;

    Wired(final Path folder) {
        this(folder, SourcePortLimits.DEFAULT, null, List.of(account(NAME, TENANT, TOKEN), account(NAME, TENANT + 1, OTHER_TOKEN)));
    }

    Wired(final Path folder, final SourcePortLimits limits, final TlsConfig tls, final List<SourceAccount> accounts) {
        this(folder, limits, tls, accounts, kept -> kept);
    }

    Wired(final Path folder, final SourcePortLimits limits, final TlsConfig tls, final List<SourceAccount> accounts,
          final UnaryOperator<Journal> between) {
        this(folder, limits, tls, accounts, between, Audit.NONE);
    }

    Wired(final Path folder, final SourcePortLimits limits, final TlsConfig tls, final List<SourceAccount> accounts,
          final UnaryOperator<Journal> between, final Audit audit) {
        this(folder, limits, tls, accounts, between, audit, Vertx.vertx());
    }

    private Wired(final Path folder, final SourcePortLimits limits, final TlsConfig tls, final List<SourceAccount> accounts,
                  final UnaryOperator<Journal> between, final Audit audit, final Vertx vertx) {
        this.folder = folder;
        this.vertx = vertx;
        journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
        router = Router.launch(new RouterContext().journal(between.apply(journal)).threadingMode(ThreadingMode.SHARED));
        sources = new SourcePort(vertx, router, new SourcePortSettings("127.0.0.1", 0, tls, limits), accounts, audit);
        port = sources.start().toCompletionStage().toCompletableFuture().join();
    }

    /** One whose workers are always faster than its loop. */
    static Wired hasty(final Path folder) {
        return new Wired(folder, SourcePortLimits.DEFAULT, null, List.of(account(NAME, TENANT, TOKEN)), kept -> kept, Audit.NONE,
            HastyVertx.over(Vertx.vertx()));
    }

    static SourceAccount account(final String name, final int tenant, final String token) {
        return new SourceAccount(SourceGrant.of(name, tenant), Map.of(Tokens.hash(token), Credentials.NEVER), null);
    }

    Router router() {
        return router;
    }

    Vertx vertx() {
        return vertx;
    }

    SourcePort sources() {
        return sources;
    }

    int port() {
        return port;
    }

    SourceHealth health() {
        return sources.health().get(0);
    }

    /** A started client that comes back quickly. */
    SourceClient client(final int to, final SourceClientListener listener) {
        return client(settings(to).token(TOKEN), listener);
    }

    SourceClient client(final SourceClientSettings settings, final SourceClientListener listener) {
        final SourceClient client = new SourceClient(vertx, settings, listener);
        client.start();
        return client;
    }

    static SourceClientSettings settings(final int to) {
        return new SourceClientSettings("127.0.0.1", to, NAME).backOff(2, 20);
    }

    /** Waits until something is so, at most 30 s. */
    static void await(final BooleanSupplier condition, final Supplier<String> otherwise) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < endNs, otherwise);
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Ends everything, and reads the native ids of the calls of a tenant in the journal. */
    List<String> endAndRead(final int tenant) {
        return endAndTail().stream().filter(event -> event.get("type").toString().endsWith("call.initiated")).map(Wired::data)
            .filter(data -> Integer.toString(tenant).equals(String.valueOf(data.get("tenant"))))
            .map(data -> data.get("nativeId").toString()).toList();
    }

    /** Ends everything, and reads the events of the journal. */
    List<Map<String, Object>> endAndTail() {
        close();
        final Run run = Run.of("tail", folder.toString(), "--format", "json");
        assertEquals(0, run.exitCode(), run.err());
        return JsonLines.parse(run.lines());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> data(final Map<String, Object> event) {
        return (Map<String, Object>)event.get("data");
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            sources.stop().toCompletionStage().toCompletableFuture().join();
            vertx.close().toCompletionStage().toCompletableFuture().join();
            router.close();
            journal.close();
        }
    }
}
