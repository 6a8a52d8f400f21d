package io.strowger.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.status.RouterCounter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The calls are what they are taken for: so many sessions, evenly spread, and whoever asks is told of them.
 */
@Timeout(60)
class GrowthRouterTest {
    private static final GrowthSizes SIZES = new GrowthSizes(400, 20, 5, 40, 100, 1);

    @TempDir
    private Path folder;
    private GrowthRouter router;
    private GrowthCalls calls;

    @BeforeEach
    void open() {
        router = new GrowthRouter(folder, SIZES, true, Throwable::printStackTrace);
        calls = router.newCalls(SIZES, 1);
        calls.open(SIZES.sessions());
        router.awaitFolded(calls);
    }

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void shouldSpreadItsSessionsEvenlyOverTheUsers() {
        assertEquals(SIZES.sessions(), calls.openSessions());
        for (int user = 0; user < SIZES.users(); user++) {
            assertEquals(SIZES.sessions() / SIZES.users(), calls.sessionsOf(user));
        }
    }

    @Test
    void shouldKeepTheNumberOfSessionsAndLoseNothingWhenCallsTurnOver() {
        final RouterThread thread = new RouterThread(RouterThread.ROUTER);
        final CostWindow window = CostWindow.of(router, calls, thread, SIZES.turnovers());
        assertEquals((long)SIZES.turnovers() * GrowthCalls.SIGNALS_A_TURNOVER, window.signals());
        assertTrue(window.events() >= window.signals(), () -> "each of them must be news: " + window);
        assertTrue(window.wallNs() > 0 && window.cpuNs() > 0, window::toString);
        assertEquals(SIZES.sessions(), calls.openSessions());
        router.check(calls);
        final StatusReader reader = new StatusReader(router.router(), SIZES.sessions(), StatusReader.FLAT_OUT);
        awaitItems(reader, 2L * SIZES.sessions());
        reader.close();
    }

    @Test
    void shouldAnswerEachAskWithTheSessionsThatTheUserHas() {
        calls.turnOver(SIZES.turnovers());
        router.awaitFolded(calls);
        final long[] nanos = new AskLatency(router.router(), SIZES.users(), 1).ask(SIZES.asks(), calls);
        assertEquals(SIZES.asks(), nanos.length);
        assertTrue(nanos[0] > 0 && AskLatency.quantile(nanos, 0.5) <= AskLatency.quantile(nanos, 1));
    }

    @Test
    void shouldFailWhenAnAnswerIsNotWhatTheUserHas() {
        final GrowthCalls others = new GrowthCalls(List.of(router.router().openChannel()), Thread::onSpinWait, SIZES.users(),
            SIZES.sessions(), 1);
        final AskLatency asker = new AskLatency(router.router(), SIZES.users(), 1);
        assertThrows(IllegalStateException.class, () -> asker.ask(1, others));
    }

    @Test
    void shouldFailWhenAStatusIsNotWhole() {
        final StatusReader reader = new StatusReader(router.router(), 10 * SIZES.sessions(), StatusReader.FLAT_OUT);
        awaitItems(reader, SIZES.sessions());
        assertThrows(IllegalStateException.class, () -> {
            reader.awaitEnd();
            reader.close();
        });
    }

    @Test
    void shouldDeliverToEachSubscriptionWhatItsUserDoes() {
        try (UserSubscriptions subscriptions = new UserSubscriptions(router.router(), SIZES.subscriptions())) {
            calls.turnOver(SIZES.turnovers());
            router.awaitFolded(calls);
            final long delivered = router.router().counters().get(RouterCounter.DELIVERIES);
            assertTrue(delivered > 0, "nobody gets anything");
            subscriptions.await(delivered);
        }
    }

    private static void awaitItems(final StatusReader reader, final long items) {
        while (reader.items() < items) {
            Thread.onSpinWait();
        }
    }
}
