package io.strowger.ops.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalThreadTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldTellTheThreadsOfTwoGatewaysApart() throws Exception {
        final JournalThread http = new JournalThread(vertx, "http");
        final JournalThread sbe = new JournalThread(vertx, "sbe");
        assertEquals(List.of("strowger-journal-http-0", "strowger-journal-sbe-0", "strowger-journal-http-0"),
            List.of(name(http), name(sbe), name(http)));
        await(http.close());
        assertEquals("strowger-journal-sbe-0", name(sbe), "goes on when the other has ended");
        await(sbe.close());
    }

    @Test
    void shouldDoWhatFollowsFromWhatItDidBeforeItEnds() throws Exception {
        final JournalThread thread = new JournalThread(vertx, "http");
        final CountDownLatch isClosing = new CountDownLatch(1);
        final Promise<String> followed = Promise.promise();
        final Promise<Void> ended = Promise.promise();
        vertx.runOnContext(begun -> {
            final Future<Boolean> read = thread.run(() -> isClosing.await(20, TimeUnit.SECONDS),
                () -> thread.run(() -> Thread.currentThread().isInterrupted() ? "interrupted" : "done", () -> { }).onComplete(followed));
            read.onFailure(followed::tryFail);
            thread.close().onComplete(ended);
            isClosing.countDown();
        });
        await(ended.future());
        assertTrue(followed.future().isComplete());
        assertEquals("done", await(followed.future()));
    }

    private static String name(final JournalThread thread) throws Exception {
        return await(thread.run(() -> Thread.currentThread().getName(), () -> { }));
    }

    private static <T> T await(final Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
