package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.Test;

/**
 * An error handler that throws does not make a fault of what is none: the router counts it and goes on.
 */
class RouterErrorHandlerTest {
    private static final ErrorHandler THROWING = fault -> {
        throw new AssertionError("of the handler", fault);
    };

    private final MemoryJournal journal = new MemoryJournal();
    private final EventSignal signal = new EventSignal();
    private final List<Long> got = new ArrayList<>();

    @Test
    void shouldGoOnWhenTheHandlerThrowsAtATapsFault() {
        try (Router router = Router.launch(Routers.invoker(journal).errorHandler(THROWING).tap((block, record) -> {
            throw new IllegalStateException("of the tap");
        }))) {
            Routers.feed(router, router.openChannel(), signal, 2, sequence -> { });
            assertNull(router.failure());
            assertEquals(2, router.lastSequence());
            assertEquals(1, router.counters().get(RouterCounter.TAP_FAULTS));
            assertEquals(1, router.counters().get(RouterCounter.HANDLER_FAULTS));
        }
    }

    @Test
    void shouldReadTogetherAgainWhenTheHandlerThrowsAtAFaultOfThePass() {
        try (Router router = Router.launch(Routers.invoker(journal).sharedCatchUp(true).errorHandler(THROWING))) {
            final Channel channel = router.openChannel();
            Routers.feed(router, channel, signal, 3, sequence -> { });
            final Subscription first = router.subscribe(Filter.ofTenant(1), 1);
            journal.failReads(new IllegalStateException("too many open files"));
            first.poll((block, record) -> { }, 1);
            router.poll();
            assertEquals(1, router.counters().get(RouterCounter.HANDLER_FAULTS));
            journal.failReads(null);
            final Subscription second = router.subscribe(Filter.ofTenant(1), 1);
            int code = 0;
            for (int turn = 0; turn < 1_000 && ReturnCode.NEEDS_CATCH_UP != code && got.size() < 3; turn++) {
                router.poll();
                code = second.poll((block, record) -> got.add(RecordLayout.sequence(block, record)), 10);
            }
            assertEquals(List.of(1L, 2L, 3L), got);
            assertNull(router.failure());
        }
    }
}
