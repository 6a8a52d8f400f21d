package io.strowger.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.core.Core;
import io.strowger.router.core.CoreSettings;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the router makes of the traffic: a benchmark whose signals are refused or ignored measures something else than it says. */
class TrafficFoldTest {
    private static final int SESSIONS = 2_000;
    private static final int SIGNALS = 20_000;
    private static final long SEED = 42;

    private final SignalPool pool = new SignalPool(16 << 20);
    private final BlockWriter writer = new BlockWriter(64 * 1024);
    private final Core core = new Core(new CoreSettings(2 * SESSIONS, 64, 64, 4, SEED), writer);
    private final RecordCursor records = new RecordCursor();
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private int events;
    private long timeNs;

    @Test
    void shouldChangeTheStateAsSoManyCallsWould() {
        final Traffic traffic = Traffic.ofCaptures(SESSIONS, SEED);
        while (traffic.preload(pool)) {
            fold();
        }
        assertEquals(traffic.openSessions(), core.openSessions(), () -> "behind the preload, " + outcomes);
        outcomes.clear();
        events = 0;
        traffic.fill(pool, SIGNALS);
        fold();
        assertEquals(traffic.openSessions(), core.openSessions(), () -> "in steady traffic, " + outcomes);
        assertEquals(traffic.lastSourceSequence(), core.lastSourceSequence(Traffic.SOURCE));
        assertEquals(0, count(Outcome.REJECTED) + count(Outcome.DUPLICATE) + count(Outcome.BEFORE_EPOCH), outcomes::toString);
        assertTrue(count(Outcome.IGNORED) < SIGNALS / 50, outcomes::toString);
        assertTrue(events > SIGNALS / 4, () -> events + " events, " + outcomes);
    }

    @Test
    void shouldKeepTheNumberOfSessionsSteadyInAllScenarios() {
        final Traffic traffic = Traffic.ofCaptures(SESSIONS, SEED);
        while (traffic.preload(pool)) {
            fold();
        }
        for (int i = 0; i < 10; i++) {
            traffic.fill(pool, SIGNALS);
            final int open = traffic.openSessions();
            assertTrue(open >= SESSIONS * 95 / 100 && open <= SESSIONS * 13 / 10, "open: " + open);
        }
    }

    private int count(final Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    private void fold() {
        int place = 0;
        for (int i = 0; i < pool.count(); i++) {
            core.apply(pool.buffer(), pool.signal(place), pool.length(place), ++timeNs);
            if (writer.isFull() || i == pool.count() - 1) {
                countRecords();
            }
            place = pool.next(place);
        }
    }

    private void countRecords() {
        writer.finish();
        records.wrap(writer.buffer(), 0);
        while (records.next()) {
            if (RecordLayout.INPUT == RecordLayout.type(records.buffer(), records.record())) {
                outcomes.merge(Outcome.of(RecordLayout.outcome(records.buffer(), records.record())), 1, Integer::sum);
            }
            events += records.hasEvent() ? 1 : 0;
        }
        writer.reset();
    }
}
