package io.strowger.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.codecs.translate.StreamCounters.Counter;
import io.strowger.router.core.Core;
import io.strowger.router.core.CoreSettings;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AmiTrafficTest {
    private static final int SESSIONS = 300;
    private static final int STEPS = 20_000;
    private static final long SEED = 42;
    private static final long ARRIVAL_NS = 1_795_700_000_000_000_000L;

    private final SignalPool pool = new SignalPool(32 << 20);
    private final BlockWriter writer = new BlockWriter(64 * 1024);
    private final Core core = new Core(new CoreSettings(2 * SESSIONS, 64, 64, 4, SEED), writer);
    private final RecordCursor records = new RecordCursor();
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final AmiTranslator translator = new AmiTranslator(AmiSettings.of(Traffic.SOURCE, Traffic.TENANT));
    private int facts;
    private long timeNs;

    @Test
    void shouldBecomeTheSameStateAsTheFactsInIt() {
        final Traffic traffic = Traffic.ofCaptureBytes(SESSIONS, SEED);
        connect();
        while (traffic.preload(pool)) {
            translate();
        }
        assertEquals(traffic.openSessions(), core.openSessions(), () -> "behind the preload, " + outcomes);
        outcomes.clear();
        facts = 0;
        traffic.fill(pool, STEPS);
        translate();
        assertEquals(traffic.openSessions(), core.openSessions(), () -> "in steady traffic, " + outcomes);
        assertEquals(0, count(Outcome.REJECTED) + count(Outcome.DUPLICATE) + count(Outcome.BEFORE_EPOCH), outcomes::toString);
        assertTrue(count(Outcome.IGNORED) < facts / 50, outcomes::toString);
        assertTrue(facts >= STEPS && facts < 2 * STEPS, "facts of " + STEPS + " steps: " + facts);
        assertEquals(0, translator.counters().get(Counter.MALFORMED));
    }

    @Test
    void shouldGiveEachFactTheTimeOfItsArrival() {
        final Traffic traffic = Traffic.ofCaptureBytes(SESSIONS, SEED);
        traffic.preload(pool);
        translator.connected(0);
        int place = 0;
        for (int i = 0; i < pool.count(); i++) {
            final long arrivalNs = ARRIVAL_NS + i;
            translator.onBytes(pool.buffer(), pool.signal(place), pool.length(place), arrivalNs, (buffer, offset, length) -> {
                assertEquals(arrivalNs, SignalLayout.sourceTime(buffer, offset));
                return true;
            });
            place = pool.next(place);
        }
    }

    @Test
    void shouldPutTheNumberOfTheCallWhereverAnIdStands() {
        final Map<String, Integer> ordinals = new HashMap<>();
        final String block = "Event: X\r\nUniqueid: 1795624196.21\r\nLinkedid: 1795624196.7\r\nBridgeUniqueid: "
            + "0a1b2c3d-0001-0002-0003-0123456789ab\r\nExtra: {\"id\":\"1795624196.21\"}\r\nHost: 127.0.0.1\r\n\r\n";
        final UnsafeBuffer out = new UnsafeBuffer(new byte[1024]);
        final int length = AmiTemplate.of(block, ordinals, 0).write(out, 8, 3, 0, 0);
        assertEquals("Event: X\r\nUniqueid: 1795624196.100000048\r\nLinkedid: 1795624196.100000049\r\nBridgeUniqueid: "
            + "00000003-0001-0002-0003-0123456789ab\r\nExtra: {\"id\":\"1795624196.100000048\"}\r\nHost: 127.0.0.1\r\n\r\n",
            out.getStringWithoutLengthAscii(8, length));
        assertEquals(Map.of("1795624196.21", 0, "1795624196.7", 1), ordinals);
    }

    @Test
    void shouldPutAUserOfTheCallWhereverAnExtensionStands() {
        final String block = "Event: X\r\nChannel: PJSIP/101-00000102\r\nExten: 203\r\nCause: 102\r\nHost: 10.0.0.101\r\n\r\n";
        final UnsafeBuffer out = new UnsafeBuffer(new byte[1024]);
        final int length = AmiTemplate.of(block, new HashMap<>(), 1).write(out, 8, 3, 0, 0);
        assertEquals("Event: X\r\nChannel: PJSIP/100000-00000102\r\nExten: 100000\r\nCause: 102\r\nHost: 10.0.0.101\r\n\r\n",
            out.getStringWithoutLengthAscii(8, length));
        assertEquals("100000", Traffic.user(0));
    }

    @Test
    void shouldGiveTheSameBytesForTheSameSeed() {
        final SignalPool other = new SignalPool(32 << 20);
        Traffic.ofCaptureBytes(SESSIONS, SEED).preload(pool);
        Traffic.ofCaptureBytes(SESSIONS, SEED).preload(other);
        assertArrayEquals(bytes(pool), bytes(other));
    }

    private static byte[] bytes(final SignalPool from) {
        final byte[] bytes = new byte[from.bytes()];
        from.buffer().getBytes(0, bytes);
        return bytes;
    }

    private int count(final Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    private void connect() {
        final UnsafeBuffer hello = new UnsafeBuffer(new byte[1024]);
        onFact(hello, 0, Traffic.hello(hello, 0, ARRIVAL_NS));
        translator.connected(0);
    }

    private void translate() {
        int place = 0;
        for (int i = 0; i < pool.count(); i++) {
            final int length = pool.length(place);
            assertEquals(length, translator.onBytes(pool.buffer(), pool.signal(place), length, ARRIVAL_NS + ++timeNs, this::onFact));
            place = pool.next(place);
        }
        assertEquals(0, translator.counters().get(Counter.UNKNOWN_EVENTS));
    }

    private boolean onFact(final DirectBuffer buffer, final int offset, final int length) {
        facts++;
        core.apply(buffer, offset, length, ++timeNs);
        writer.finish();
        records.wrap(writer.buffer(), 0);
        while (records.next()) {
            if (RecordLayout.INPUT == RecordLayout.type(records.buffer(), records.record())) {
                outcomes.merge(Outcome.of(RecordLayout.outcome(records.buffer(), records.record())), 1, Integer::sum);
            }
        }
        writer.reset();
        return true;
    }
}
