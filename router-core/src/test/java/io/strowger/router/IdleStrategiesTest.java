package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.Spin;
import io.strowger.router.journal.Durability;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each thread idles by a strategy of its own, of the kind that is meant for it.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdleStrategiesTest {
    /** The kind of strategy that each thread has idled by. */
    private final Map<String, String> kinds = new ConcurrentHashMap<>();

    @Test
    void shouldIdleByTheCoresStrategyOnlyWhenASignalWaitsForTheThread() {
        final IdleStrategies strategies = new IdleStrategies(noting("core"), noting("side"));
        assertEquals(
            Map.of("strowger-ingress", "core", "strowger-core", "core", "strowger-durability", "side", "strowger-catch-up", "side"),
            kindsOf(ThreadingMode.SPLIT, strategies, 4));
        assertEquals(Map.of("strowger", "core", "strowger-durability", "side", "strowger-catch-up", "side"),
            kindsOf(ThreadingMode.SHARED, strategies, 3));
    }

    @Test
    void shouldIdleByTheSameStrategyOnEveryThreadWhenOneIsGiven() {
        assertEquals(Map.of("strowger", "one", "strowger-durability", "one", "strowger-catch-up", "one"),
            kindsOf(ThreadingMode.SHARED, IdleStrategies.same(noting("one")), 3));
    }

    private Map<String, String> kindsOf(final ThreadingMode mode, final IdleStrategies strategies, final int threads) {
        kinds.clear();
        try (Router router = Router.launch(Routers.echo(new MemoryJournal()).threadingMode(mode).durability(Durability.DURABLE)
            .sharedCatchUp(true).idleStrategies(strategies))) {
            while (kinds.size() < threads && !router.isClosed()) {
                Spin.once();
            }
        }
        return new TreeMap<>(kinds);
    }

    private Supplier<IdleStrategy> noting(final String kind) {
        return () -> new Noting(kind, kinds);
    }

    /** Notes which thread it idles. */
    private static final class Noting implements IdleStrategy {
        private final String kind;
        private final Map<String, String> kinds;

        Noting(final String kind, final Map<String, String> kinds) {
            this.kind = kind;
            this.kinds = kinds;
        }

        @Override
        public void idle(final int workCount) {
            idle();
        }

        @Override
        public void idle() {
            kinds.put(Thread.currentThread().getName(), kind);
            YieldingIdleStrategy.INSTANCE.idle();
        }

        @Override
        public void reset() {
        }
    }
}
