package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.router.fixture.LegSignals;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** What time alone does to a router: journaled as ticks, and replayed as it was. */
class RouterExpiryTest {
    private static final long LIMIT_MS = TimeUnit.MINUTES.toMillis(10);

    private final MemoryJournal journal = new MemoryJournal();
    private final AtomicLong nowNs = new AtomicLong(TimeUnit.DAYS.toNanos(20_000));
    private final List<String> told = new ArrayList<>();
    private final LegSignals legs = new LegSignals();

    @Test
    void shouldEndWhatASourceLeftWhenTheRouterWasAwayAndTheSourceStaysAway() {
        try (Router router = launch()) {
            final Channel channel = router.openChannel();
            assertTrue(channel.offer(legs.buffer(), 0, legs.hello(nowNs.get())) > 0);
            assertTrue(channel.offer(legs.buffer(), 0, seen("u101")) > 0);
            Routers.settle(router);
        }
        told.clear();
        nowNs.addAndGet(TimeUnit.HOURS.toNanos(3));
        final long chain;
        final long digest;
        try (Router router = launch()) {
            Routers.settle(router);
            assertEquals(List.of("SOURCE_DOWN"), told, "nobody is connected to a router that starts");
            advance(router, LIMIT_MS / 2);
            assertEquals(1, told.size());
            advance(router, LIMIT_MS / 2 + 2_000);
            assertEquals(List.of("SOURCE_DOWN", "CALL_CLEARED EXPIRED"), told);
            final long last = router.lastSequence();
            advance(router, 100 * LIMIT_MS);
            assertEquals(last, router.lastSequence(), "with nothing due nothing is journaled");
            chain = router.chain();
            digest = router.digest();
        }
        told.clear();
        try (Router router = launch()) {
            assertEquals(chain, router.chain());
            assertEquals(digest, router.digest());
            Routers.settle(router);
            assertEquals(List.of(), told);
        }
    }

    private void advance(final Router router, final long ms) {
        for (long left = ms; left > 0; left -= 500) {
            nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(Math.min(500, left)));
            Routers.settle(router);
        }
    }

    private Router launch() {
        return Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER).epochNanoClock(nowNs::get)
            .sourceDownLimitMs(LIMIT_MS).sessionAgeLimitMs(RouterConfiguration.NEVER).tap(this::tell));
    }

    private void tell(final DirectBuffer block, final int record) {
        final EventDecoder event = new EventDecoder()
            .wrapAndApplyHeader(block, RecordLayout.eventOffset(block, record), new MessageHeaderDecoder());
        told.add(event.eventType() + (EventType.CALL_CLEARED == event.eventType() ? " " + event.cause() : ""));
    }

    private int seen(final String nativeId) {
        return legs.seen(2, nowNs.get(), nativeId, "101");
    }
}
