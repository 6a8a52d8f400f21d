package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A router over a Chronicle journal, and a Vert.x for connectors to it. */
final class Site implements AutoCloseable {
    static final int TENANT = 1;
    static final String SOURCE = "pbx-1";
    private static final long WAIT_S = 20;
    private static final long LOOK_NS = 1_000_000;
    private static final int SETTLED_LOOKS = 20;
    private static final int FAST_MS = 20;

    private final Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final ChronicleJournal journal;
    private final Router router;
    private boolean isClosed;

    Site(final Path folder) {
        this(folder, context -> context);
    }

    Site(final Path folder, final UnaryOperator<RouterContext> more) {
        this.folder = folder;
        journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
        router = Router.launch(more.apply(new RouterContext().journal(journal).threadingMode(ThreadingMode.SHARED)));
    }

    Router router() {
        return router;
    }

    Vertx vertx() {
        return vertx;
    }

    /** Settings for a PBX on this machine, with a short back-off. */
    static ConnectorSettings settings(final ConnectorDialect dialect, final int port) {
        final ConnectorSettings settings = new ConnectorSettings(SOURCE, TENANT, dialect, "127.0.0.1", port)
            .timings(ConnectorTimings.defaults().withBackOff(FAST_MS, FAST_MS));
        return switch (dialect) {
            case AMI -> settings.login(AmiServer.USER, AmiServer.SECRET);
            case ESL -> settings.login(null, EslServer.SECRET);
            case KAMAILIO -> settings;
        };
    }

    /** A started connector. */
    Connector connect(final ConnectorSettings settings) {
        final Connector connector = new Connector(vertx, router, settings);
        connector.start();
        return connector;
    }

    /** Waits until something is so, at most 20 s. */
    static void await(final BooleanSupplier condition, final Supplier<String> otherwise) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < endNs, otherwise);
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Waits until a connector is in a state. */
    static void await(final Connector connector, final ConnectorState state) {
        await(() -> state == connector.health().state(), () -> "still " + connector.health() + ", not " + state);
    }

    /** Waits until the router does nothing more by itself: each question is answered by its thread between two turns. */
    void settle() {
        long last = -1;
        int looks = 0;
        while (looks < SETTLED_LOOKS) {
            assertTrue(router.lastSourceSequence(1) >= -1);
            final long now = router.lastSequence();
            looks = now == last ? looks + 1 : 0;
            last = now;
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Ends router and journal, and reads the events that are in it. */
    List<Map<String, Object>> endAndTail() {
        close();
        final Run run = Run.of("tail", folder.toString(), "--format", "json");
        assertEquals(0, run.exitCode(), run.err());
        return JsonLines.parse(run.lines());
    }

    /**
     * What events say but for when: in the order they came for each thing they are of.
     *
     * @param events of the command line.
     */
    static Map<String, List<String>> stories(final List<Map<String, Object>> events) {
        final Map<String, List<String>> stories = new TreeMap<>();
        for (final Map<String, Object> event : events) {
            final Map<String, Object> data = new LinkedHashMap<>(data(event));
            for (final String name : List.of("sequence", "sessionId", "durationMs", "talkMs", "waitMs", "derived")) {
                data.remove(name);
            }
            final String thing = data.get("kind") + " " + data.getOrDefault("nativeId", "") + " " + event.get("subject");
            stories.computeIfAbsent(thing, absent -> new ArrayList<>()).add(event.get("type") + " " + data);
        }
        return stories;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> data(final Map<String, Object> event) {
        return (Map<String, Object>)event.get("data");
    }

    /** Types of the events of one kind, in their order, with what else is named. */
    static List<String> types(final List<Map<String, Object>> events, final String kind, final String... names) {
        final List<String> types = new ArrayList<>();
        for (final Map<String, Object> event : events) {
            if (kind.equals(data(event).get("kind"))) {
                final StringBuilder type = new StringBuilder(event.get("type").toString());
                for (final String name : names) {
                    type.append(' ').append(data(event).get(name));
                }
                types.add(type.toString());
            }
        }
        return types;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            vertx.close().toCompletionStage().toCompletableFuture().join();
            router.close();
            journal.close();
        }
    }
}
