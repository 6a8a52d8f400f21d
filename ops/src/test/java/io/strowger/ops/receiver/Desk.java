package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.actionurl.ActionUrlTemplate;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.access.Audit;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.TlsConfig;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A router over a Chronicle journal, with a receiver on a free port. */
final class Desk implements AutoCloseable {
    static final String PHONE = Tokens.create();
    static final String OTHER_TENANT = Tokens.create();
    static final String FLEET = Tokens.create();
    static final String PROXY = Tokens.create();
    static final String EXPIRED = Tokens.create();
    static final String CERTIFICATE = "phone-7";
    static final ReceiverLimits LIMITS = new ReceiverLimits(40, 30, 1_000, 4_096, Duration.ofMillis(1_500), Duration.ofSeconds(20),
        Duration.ofSeconds(5));

    private static final long WAIT_S = 20;
    private static final long LOOK_NS = 1_000_000;

    private final Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final FullJournal journal;
    private final Router router;
    private final Receiver receiver;
    private final int port;
    private boolean isClosed;

    Desk(final Path folder) {
        this(folder, LIMITS, null, context -> context);
    }

    Desk(final Path folder, final ReceiverLimits limits, final TlsConfig tls, final UnaryOperator<RouterContext> more) {
        this(folder, limits, tls, more, Audit.NONE, PhoneSettings.SILENT_DEFAULT);
    }

    Desk(final Path folder, final ReceiverLimits limits, final TlsConfig tls, final UnaryOperator<RouterContext> more, final Audit audit,
         final Duration silent) {
        this.folder = folder;
        journal = new FullJournal(ChronicleJournal.open(new ChronicleJournalContext().directory(folder)));
        router = Router.launch(more.apply(new RouterContext().journal(journal).threadingMode(ThreadingMode.SHARED)
            .admission(new AdmissionWalk(TemplateSet.forSources())::check)));
        receiver = new Receiver(vertx, router, new ReceiverSettings("127.0.0.1", 0, tls, limits), sources(silent), keys(), audit);
        port = await(receiver.start());
    }

    private static List<ReceivedSource> sources(final Duration silent) {
        final PhoneSettings phone = PhoneSettings.of(ActionUrlTemplate.GENERIC_PHONE, "101");
        return List.of(
            new ReceivedSource("phone-1", 1, "pbx-1", 64, phone),
            new ReceivedSource("phone-1", 2, null, 64, phone),
            new ReceivedSource("fleet", 1, null, 64, new PhoneSettings(ActionUrlTemplate.YEALINK_PHONE, null, "1*", 3, silent)),
            new ReceivedSource("proxy-1", 1, null, 1_024, null),
            new ReceivedSource("phone-7", 1, null, 64, PhoneSettings.of(ActionUrlTemplate.GENERIC_PHONE, "107")));
    }

    static SourceKeys keys() {
        return new SourceKeys(Credentials.builder()
            .add(Tokens.hash(PHONE), Credentials.NEVER, credential("phone-1", 1))
            .add(Tokens.hash(OTHER_TENANT), Credentials.NEVER, credential("phone-1", 2))
            .add(Tokens.hash(FLEET), Credentials.NEVER, credential("fleet", 1))
            .add(Tokens.hash(PROXY), Credentials.NEVER, credential("proxy-1", 1))
            .add(Tokens.hash(EXPIRED), 1, credential("phone-1", 1))
            .build(), Map.of(CERTIFICATE, "1/phone-7"));
    }

    static Credential credential(final String name, final int tenant) {
        return new Credential(name, tenant, null, null, false, new CredentialLimits(1, 1, 1));
    }

    Router router() {
        return router;
    }

    FullJournal journal() {
        return journal;
    }

    Receiver receiver() {
        return receiver;
    }

    int port() {
        return port;
    }

    /** How a source is. */
    ReceiverHealth health(final String name) {
        return receiver.health().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /** Ends all in order, and reads the events that are in the journal. */
    List<Map<String, Object>> endAndTail() {
        close();
        final Run run = Run.of("tail", folder.toString(), "--format", "json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(0, Run.of("replay", folder.toString()).exitCode());
        return JsonLines.parse(run.lines());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> data(final Map<String, Object> event) {
        return (Map<String, Object>)event.get("data");
    }

    /** Types of events, with what else is named of them. */
    static List<String> told(final List<Map<String, Object>> events, final String family, final String... names) {
        return events.stream().filter(event -> event.get("type").toString().startsWith(family)).map(event -> {
            final StringBuilder told = new StringBuilder(event.get("type").toString());
            for (final String name : names) {
                told.append(' ').append(data(event).get(name));
            }
            return told.toString();
        }).toList();
    }

    /** Waits until something is so, at most 20 s. */
    static void await(final BooleanSupplier condition, final Supplier<String> otherwise) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < endNs, otherwise);
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    static <T> T await(final Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(WAIT_S, TimeUnit.SECONDS);
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            await(receiver.stop());
            await(vertx.close());
            router.close();
            journal.close();
        }
    }
}
