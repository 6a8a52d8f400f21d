package io.strowger.ops.gateway.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.action.ActionGrant;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The asks of one application, while its handle is opened. */
@Timeout(60)
class AsksTest {
    private static final String SMS =
        "{\"key\":\"%s\",\"action\":\"send-sms\",\"user\":\"101\",\"number\":\"5551234567\",\"text\":\"hello\",\"sourceName\":\"gw\"}";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final AccessGate gate = new AccessGate(credentials(ActionGrant.of("crm", 1)), System::currentTimeMillis);
    private final CountDownLatch asked = new CountDownLatch(5);
    private ChronicleJournal journal;
    private Router router;
    private Asks asks;

    @BeforeEach
    void launch() {
        journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
        router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.SHARED));
        asks = new Asks(vertx, router, gate);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        router.close();
        journal.close();
    }

    @Test
    void shouldPassThemOnInTheOrderInWhichTheyCame() throws Exception {
        vertx.runOnContext(begun -> {
            ask("a", () -> ask("d", () -> { }));
            ask("b", () -> ask("e", () -> { }));
            ask("c", () -> { });
        });
        assertTrue(asked.await(20, TimeUnit.SECONDS));
        assertEquals(List.of("a", "b", "c", "d", "e"), keys());
    }

    @Test
    void shouldKeepTheOrderAlsoWhereTheGrantChangesMeanwhile() throws Exception {
        vertx.runOnContext(begun -> {
            ask("a", () -> ask("d", () -> { }));
            gate.replace(credentials(ActionGrant.of("crm", 1).withUsers("1*")));
            ask("b", () -> ask("e", () -> { }));
            ask("c", () -> { });
        });
        assertTrue(asked.await(20, TimeUnit.SECONDS));
        assertEquals(List.of("a", "b", "c", "d", "e"), keys());
    }

    @Test
    void shouldCloseTheHandleOfOneThatMayAskForNothingAnyMore() throws Exception {
        int handles = onLoop(() -> asks.ask(admitted(), SMS.formatted("a"), (answer, isFinal) -> { }).map(taken -> asks.handles()));
        assertEquals(1, handles);
        gate.replace(Credentials.builder().build());
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (handles > 0) {
            assertTrue(System.nanoTime() < untilNs, "its answer has come, and it is still there");
            handles = onLoop(() -> {
                asks.turn();
                asks.check();
                return Future.succeededFuture(asks.handles());
            });
        }
    }

    @Test
    void shouldTellTheEndOfWhatWasAskedForBeforeTheGrantChanged() throws Exception {
        final List<String> heard = new CopyOnWriteArrayList<>();
        onLoop(() -> asks.ask(admitted(), SMS.formatted("a"), (answer, isFinal) -> heard.add("a " + answer.getString("text"))));
        gate.replace(credentials(ActionGrant.of("crm", 1).withUsers("1*")));
        onLoop(() -> asks.ask(admitted(), SMS.formatted("b"), (answer, isFinal) -> heard.add("b " + answer.getString("text"))));
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        int handles = 2;
        while (heard.size() < 2 || handles > 1) {
            assertTrue(System.nanoTime() < untilNs, heard + ", " + handles + " handles");
            handles = onLoop(() -> {
                asks.turn();
                asks.check();
                return Future.succeededFuture(asks.handles());
            });
        }
        assertEquals(List.of("a no such source", "b no such source"), heard.stream().sorted().toList());
    }

    @Test
    void shouldTakeTheGrantBackThatWasOpenedTooLate() throws Exception {
        final Throwable fault = assertThrows(ExecutionException.class, () -> onLoop(() -> {
            final Future<Void> late = asks.ask(admitted(), SMS.formatted("a"), (answer, isFinal) -> { });
            gate.replace(Credentials.builder().build());
            return late;
        })).getCause();
        assertEquals(403, ((Problem)fault).status());
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!router.actionGrants().isEmpty()) {
            assertTrue(System.nanoTime() < untilNs);
        }
    }

    private <T> T onLoop(final Supplier<Future<T>> work) throws Exception {
        final Promise<T> told = Promise.promise();
        vertx.runOnContext(begun -> work.get().onComplete(told));
        return told.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldSayNothingOfWhyTheRouterTakesNone() throws Exception {
        router.close();
        final AtomicReference<Throwable> fault = new AtomicReference<>();
        final CountDownLatch failed = new CountDownLatch(2);
        vertx.runOnContext(begun -> {
            for (final String key : List.of("a", "b")) {
                asks.ask(admitted(), SMS.formatted(key), (answer, isFinal) -> { }).onFailure(why -> {
                    fault.set(why);
                    failed.countDown();
                });
            }
        });
        assertTrue(failed.await(20, TimeUnit.SECONDS));
        assertEquals("no actions can be asked for now", ((Problem)fault.get()).getMessage());
    }

    private void ask(final String key, final Runnable then) {
        asks.ask(admitted(), SMS.formatted(key), (answer, isFinal) -> { }).onSuccess(taken -> {
            then.run();
            asked.countDown();
        });
    }

    private Admitted admitted() {
        try {
            return gate.admit("token", "10.0.0.9");
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Credentials credentials(final ActionGrant grant) {
        return Credentials.builder().add(Tokens.hash("token"), Credentials.NEVER,
            new Credential("crm", 1, null, grant, false, new CredentialLimits(10, 100, 100))).build();
    }

    /** Of the actions in the journal. */
    @SuppressWarnings("unchecked")
    private List<Object> keys() throws Exception {
        router.close();
        journal.close();
        return JsonLines.parse(Run.of("tail", folder.toString(), "--format", "json").lines()).stream()
            .filter(event -> "action.result".equals(event.get("type")))
            .map(event -> ((Map<String, Object>)event.get("data")).get("key")).toList();
    }
}
