package io.strowger.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.HangupDecoder;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegSeenDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final int SESSIONS = 500;
    private static final long SEED = 42;
    private static final int SOURCE_SIGNALS = 2;

    private final SignalPool pool = new SignalPool(8 << 20);
    private final List<CallScript> scripts = List.of(CallScript.of("call", Facts.call()));

    @Test
    void shouldOpenAsManySessionsAsAskedFor() {
        final Traffic traffic = new Traffic(scripts, SESSIONS, SEED);
        preload(traffic);
        assertTrue(traffic.openSessions() >= SESSIONS && traffic.openSessions() <= SESSIONS + 1, "open: " + traffic.openSessions());
    }

    @Test
    void shouldKeepTheNumberOfSessionsSteady() {
        final Traffic traffic = new Traffic(scripts, SESSIONS, SEED);
        preload(traffic);
        for (int i = 0; i < 20; i++) {
            traffic.fill(pool, 1_000);
            assertTrue(traffic.openSessions() >= SESSIONS - 1 && traffic.openSessions() <= SESSIONS * 12 / 10,
                "open: " + traffic.openSessions());
        }
    }

    @Test
    void shouldBeginEachSessionOnceAndEndItOnceAfterThat() {
        final Traffic traffic = new Traffic(scripts, SESSIONS, SEED);
        final Set<String> ever = new HashSet<>();
        final Set<String> open = new HashSet<>();
        preload(traffic).forEach(signal -> follow(signal, ever, open));
        for (int i = 0; i < 10; i++) {
            traffic.fill(pool, 2_000);
            signals(pool).forEach(signal -> follow(signal, ever, open));
        }
        assertEquals(traffic.openSessions(), open.size());
        assertTrue(ever.size() > 4 * SESSIONS, "only " + ever.size() + " sessions");
    }

    @Test
    void shouldGiveTheSameBytesWhenTheSeedIsTheSame() {
        final Traffic one = new Traffic(scripts, SESSIONS, SEED);
        final Traffic other = new Traffic(scripts, SESSIONS, SEED);
        final List<byte[]> first = preload(one);
        final List<byte[]> second = preload(other);
        one.fill(pool, 1_000);
        first.addAll(signals(pool));
        other.fill(pool, 1_000);
        second.addAll(signals(pool));
        assertEquals(first.size(), second.size());
        for (int i = 0; i < first.size(); i++) {
            assertEquals(Arrays.toString(first.get(i)), Arrays.toString(second.get(i)));
        }
    }

    @Test
    void shouldNumberTheSignalsOfTheSourceInOrder() {
        final Traffic traffic = new Traffic(scripts, SESSIONS, SEED);
        final List<byte[]> all = preload(traffic);
        traffic.fill(pool, 1_000);
        all.addAll(signals(pool));
        long last = -1;
        for (final byte[] signal : all) {
            final long sequence = SignalLayout.sourceSequence(buffer(signal), 0);
            assertTrue(sequence > last, sequence + " behind " + last);
            last = sequence;
        }
        assertEquals(traffic.lastSourceSequence(), last);
    }

    @Test
    void shouldPreloadInSeveralPoolsWhenOneIsTooSmall() {
        final Traffic small = new Traffic(scripts, SESSIONS, SEED);
        final SignalPool narrow = new SignalPool(100 * 1024);
        int pools = 0;
        int signals = 0;
        while (small.preload(narrow)) {
            pools++;
            signals += narrow.count();
        }
        assertTrue(pools > 1, "pools: " + pools);
        assertEquals(preload(new Traffic(scripts, SESSIONS, SEED)).size(), signals);
    }

    @Test
    void shouldRefuseAPoolThatIsTooSmallForARound() {
        final Traffic traffic = new Traffic(scripts, SESSIONS, SEED);
        preload(traffic);
        assertThrows(IllegalStateException.class, () -> traffic.fill(new SignalPool(4096), 100));
    }

    @Test
    void shouldRefuseAScenarioThatLeavesASessionOpen() {
        final List<byte[]> unfinished = List.of(Facts.legSeen(Facts.CALLER, Facts.CALLER, LegKind.DEVICE));
        assertThrows(IllegalStateException.class, () -> CallScript.of("unfinished", unfinished));
    }

    @Test
    void shouldRefuseAScenarioWithoutSession() {
        final List<byte[]> hidden = List.of(Facts.legSeen(Facts.CALLER, Facts.CALLER, LegKind.PSEUDO),
            Facts.hangup(Facts.CALLER, Facts.CALLER));
        assertThrows(IllegalStateException.class, () -> CallScript.of("hidden", hidden));
    }

    @Test
    void shouldFindFactsInEveryBundledScenario() {
        for (final String scenario : Captures.SCENARIOS) {
            final CallScript script = CallScript.of(scenario, CaptureFacts.of(scenario));
            assertTrue(script.length() > 5, scenario + " has " + script.length() + " facts");
            assertEquals(0, script.live(script.length() - 1));
        }
    }

    private List<byte[]> preload(final Traffic traffic) {
        final List<byte[]> all = new ArrayList<>();
        while (traffic.preload(pool)) {
            all.addAll(signals(pool));
        }
        assertTrue(all.size() > SOURCE_SIGNALS);
        return all;
    }

    private static List<byte[]> signals(final SignalPool pool) {
        final List<byte[]> signals = new ArrayList<>();
        int place = 0;
        for (int i = 0; i < pool.count(); i++) {
            final byte[] signal = new byte[pool.length(place)];
            pool.buffer().getBytes(pool.signal(place), signal);
            signals.add(signal);
            place = pool.next(place);
        }
        return signals;
    }

    private static void follow(final byte[] signal, final Set<String> ever, final Set<String> open) {
        final DirectBuffer buffer = buffer(signal);
        final int template = SignalLayout.templateId(buffer, 0);
        final int at = SignalLayout.varDataOffset(buffer, 0);
        if (LegSeenDecoder.TEMPLATE_ID == template) {
            final String id = buffer.getStringWithoutLengthUtf8(at + 2, SignalLayout.textLength(buffer, at));
            assertTrue(ever.add(id), id + " began twice");
            open.add(id);
        } else if (HangupDecoder.TEMPLATE_ID == template) {
            final String id = buffer.getStringWithoutLengthUtf8(at + 2, SignalLayout.textLength(buffer, at));
            assertTrue(open.remove(id), id + " ended without being open");
        }
    }

    private static DirectBuffer buffer(final byte[] signal) {
        return new UnsafeBuffer(signal);
    }
}
