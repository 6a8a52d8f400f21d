package io.strowger.ops.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
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

    private static String name(final JournalThread thread) throws Exception {
        return await(thread.run(() -> Thread.currentThread().getName(), () -> { }));
    }

    private static <T> T await(final Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
