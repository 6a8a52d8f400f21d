package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.router.fixture.EchoFold;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.RouterCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a turn does with signals that come while it folds. */
@Timeout(60)
class RouterTurnTest {
    private static final int RING = 256;

    private final EventSignal signal = new EventSignal();
    private Channel channel;
    /** So many more come, one while each signal is folded. */
    private int more;

    @Test
    void shouldTakeIntoTheBlockWhatComesWhileItsFirstSignalIsFolded() {
        more = 1;
        try (Router router = launch(RING)) {
            turn(router);
            assertEquals(2, router.counters().get(RouterCounter.SIGNALS));
            assertEquals(1, router.counters().get(RouterCounter.BLOCKS));
        }
    }

    @Test
    void shouldEndATurnHoweverMuchComesMeanwhile() {
        more = Integer.MAX_VALUE;
        try (Router router = launch(RING)) {
            turn(router);
            assertEquals(4, router.counters().get(RouterCounter.SIGNALS), "one, and three looks for more");
            more = 0;
        }
    }

    @Test
    void shouldTakeNoMoreThanABatchOfARingThatIsSmall() {
        more = Integer.MAX_VALUE;
        try (Router router = launch(16)) {
            turn(router);
            assertEquals(2, router.counters().get(RouterCounter.SIGNALS), "an eighth of the ring");
            more = 0;
        }
    }

    private void turn(final Router router) {
        channel = router.openChannel();
        Routers.offer(channel, signal);
        router.poll();
    }

    private Router launch(final int ring) {
        return Router.launch(Routers.invoker(new MemoryJournal()).ringCapacity(ring)
            .foldFactory((out, seed) -> Routers.watched(new EchoFold(out), this::onCall)));
    }

    private void onCall(final String method) {
        if ("apply".equals(method) && more > 0) {
            more--;
            Routers.offer(channel, signal);
        }
    }
}
