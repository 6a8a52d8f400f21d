package io.strowger.ops.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.strowger.ops.HastyVertx;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller may count on when the work is done before it goes on itself. */
@Timeout(30)
class WorkerTest {
    private final Vertx vertx = HastyVertx.over(Vertx.vertx());
    private final WorkerExecutor threads = HastyVertx.over(vertx.createSharedWorkerExecutor("threads", 1));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldTellNothingWithinTheCallWhenTheWorkIsDoneAtOnce() {
        assertEquals(List.of("behind the call", "done"), steps(work -> Worker.call(vertx, () -> work)));
        assertEquals(List.of("behind the call", "done"), steps(work -> Worker.callInTurn(vertx, () -> work)));
        assertEquals(List.of("behind the call", "done"), steps(work -> Worker.callInTurn(vertx, threads, () -> work)));
    }

    @Test
    void shouldTellWhatTheWorkHasThrown() {
        final IllegalStateException fault = new IllegalStateException("no room");
        final CompletableFuture<Throwable> told = new CompletableFuture<>();
        vertx.runOnContext(turn -> Worker.call(vertx, () -> {
            throw fault;
        }).onFailure(told::complete));
        assertSame(fault, told.join());
    }

    private List<String> steps(final Function<String, Future<String>> calling) {
        final CompletableFuture<List<String>> steps = new CompletableFuture<>();
        vertx.runOnContext(turn -> {
            final List<String> seen = new ArrayList<>();
            calling.apply("done").onComplete(done -> {
                seen.add(done.result());
                steps.complete(seen);
            });
            seen.add("behind the call");
        });
        return steps.join();
    }
}
