package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.ContinueDecoder;
import io.strowger.codecs.sbe.SourceBootedDecoder;
import io.strowger.codecs.sbe.SourceDownDecoder;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whatever comes in whatever order (asks, repeats, results that are right, late, foreign or told twice, sources that go, come back and
 * restart, ticks, restarts of the router from a snapshot): an action is given to a source at most once, has exactly one final event, and
 * everything owed is paid. Read again or replayed, it is all the same, byte for byte.
 */
final class ActionFoldPropertyTest {
    private static final int SOURCES = 3;
    private static final int KEYS = 12;
    private static final int STEPS = 150;
    private static final int ACTIONS = 16;
    private static final int PER_SOURCE = 4;

    private final List<Input> inputs = new ArrayList<>();
    private final Map<String, Asking> askings = new HashMap<>();
    private final List<Asking> accepted = new ArrayList<>();
    private final long[] generations = new long[SOURCES + 1];
    private final boolean[] up = new boolean[SOURCES + 1];
    private Random random;
    private BlockWriter out;
    private Core core;
    private long nowMs;
    private long passedMs;
    private Outcome outcome;
    private int epochs;

    @Property(tries = 200)
    void shouldEndEachActionOnceWhateverHappens(@ForAll final long seed) {
        begin(seed);
        for (int i = 0; i < STEPS; i++) {
            nowMs += random.nextInt(20);
            step();
        }
        for (int source = 1; source <= SOURCES; source++) {
            down(source);
        }
        payAll();
        for (final Asking asking : accepted) {
            assertEquals(1, asking.ends, asking + " seed " + seed);
        }
        assertEquals(0, accepted.stream().filter(a -> 0 != core.ownerOf(a.sequence)).count());
        assertReplayed();
        assertReadAgain();
    }

    private void begin(final long seed) {
        random = new Random(seed);
        inputs.clear();
        askings.clear();
        accepted.clear();
        Arrays.fill(generations, 0);
        Arrays.fill(up, false);
        nowMs = 1_000;
        passedMs = 0;
        epochs = 0;
        out = new BlockWriter(64 * 1024);
        core = new Core(settings(1), out);
        for (int source = 1; source <= SOURCES; source++) {
            hello(source);
            apply(FoldHarness.registration(true, "10" + source).from(source, Codes.NULL_LONG, nowMs).tenant(tenant(source)));
        }
        for (int tenant = 1; tenant <= 2; tenant++) {
            apply(Asked.grant("crm", Asked.EVERYTHING, "*", "*").from(0, Codes.NULL_LONG, nowMs).tenant(tenant));
        }
    }

    /** Two sources of tenant 1, one of tenant 2. */
    private static int tenant(final int source) {
        return source < SOURCES ? 1 : 2;
    }

    private static CoreSettings settings(final long hashSeed) {
        return new CoreSettings(100, 100, 100, 10, ACTIONS, ACTIONS, PER_SOURCE, hashSeed);
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> ask();
            case 3, 4, 5 -> result();
            case 6 -> {
                down(1 + random.nextInt(SOURCES));
                maybePay();
            }
            case 7 -> {
                hello(1 + random.nextInt(SOURCES));
                maybePay();
            }
            case 8 -> restart(1 + random.nextInt(SOURCES));
            case 9 -> tick();
            case 10 -> routerStarts();
            default -> maybePay();
        }
    }

    /** The same keys come again and again, of two tenants. */
    private void ask() {
        final int source = 1 + random.nextInt(SOURCES);
        final String key = "k" + random.nextInt(KEYS);
        final int tenant = tenant(source);
        final long deadlineMs = nowMs + 1 + random.nextInt(200);
        final String user = 0 == random.nextInt(10) ? "999" : "10" + source;
        final Asking known = askings.get(tenant + key);
        apply(Asked.generateCall(key, user, deadlineMs * 1_000_000).from(0, Codes.NULL_LONG, nowMs).tenant(tenant));
        final boolean isForgotten = null != known && known.isForgotten;
        if (null != known && !isForgotten) {
            assertEquals(Outcome.DUPLICATE, outcome, () -> known.toString());
            return;
        }
        final List<Told> told = last().told;
        final Asking asking = new Asking(key, tenant, source, out.sequence(), deadlineMs, generations[source]);
        if (Outcome.REJECTED == outcome) {
            assertEquals(0, told.size());
            return;
        }
        assertEquals(Outcome.APPLIED, outcome);
        askings.put(tenant + key, asking);
        if (told.isEmpty()) {
            assertTrue(up[source], "given to a source that is down");
            accepted.add(asking);
            assertEquals(source, core.ownerOf(asking.sequence));
        } else {
            asking.end(nowMs);
        }
    }

    private void result() {
        if (accepted.isEmpty()) {
            return;
        }
        final Asking asking = accepted.get(random.nextInt(accepted.size()));
        final int source = 0 == random.nextInt(4) ? 1 + random.nextInt(SOURCES) : asking.source;
        final ActionStatus status = ActionStatus.get((short)random.nextInt(6));
        final boolean isRight = source == asking.source && 0 == asking.ends && generations[source] == asking.generation &&
            asking.deadlineMs > passedMs;
        final boolean isFinal = isRight && status.value() > ActionStatus.SENT.value();
        final boolean isSent = isRight && ActionStatus.SENT == status && !asking.isSent;
        final int endsBefore = asking.ends;
        apply(Asked.result(asking.sequence, status, null, "words").from(source, Codes.NULL_LONG, nowMs).tenant(tenant(source)));
        assertEquals(isFinal || isSent ? Outcome.APPLIED : Outcome.NO_CHANGE, outcome, () -> asking + " " + status);
        assertEquals(endsBefore + (isFinal ? 1 : 0), asking.ends, () -> asking + " " + status);
        asking.isSent |= isSent;
    }

    private void down(final int source) {
        apply(new Signal(SourceDownDecoder.TEMPLATE_ID, SourceDownDecoder.BLOCK_LENGTH, 2)
            .text(0, "pbx-" + source).from(source, Codes.NULL_LONG, nowMs).tenant(tenant(source)));
        gone(source);
        up[source] = false;
    }

    private void hello(final int source) {
        apply(Asked.hello("pbx-" + source, Asked.EVERYTHING).from(source, Codes.NULL_LONG, nowMs).tenant(tenant(source)));
        gone(source);
        up[source] = true;
    }

    private void restart(final int source) {
        epochs++;
        apply(new Signal(SourceBootedDecoder.TEMPLATE_ID,
            SourceBootedDecoder.BLOCK_LENGTH, 1).putLongAt(0, Codes.NULL_LONG).text(0, "run-" + epochs)
            .from(source, Codes.NULL_LONG, nowMs).tenant(tenant(source)));
        if (last().told.stream().anyMatch(t -> "source.restarted".equals(t.type()))) {
            gone(source);
        }
    }

    private void gone(final int source) {
        generations[source]++;
    }

    private void tick() {
        nowMs += random.nextInt(150);
        final TickLimits limits = new TickLimits(-1, -1, 0 == random.nextInt(3) ? 400 : -1);
        if (!core.isTickDue(limits, nowMs * 1_000_000)) {
            return;
        }
        core.tick(limits, nowMs * 1_000_000);
        collect();
        passedMs = nowMs;
        if (limits.actionKeepMs() >= 0) {
            askings.values().stream().filter(a -> a.isEnded() && a.endedMs <= nowMs - 400).forEach(a -> a.isForgotten = true);
        }
        maybePay();
    }

    /** From a snapshot, and with other seeds of the hashes: everybody is gone then. */
    private void routerStarts() {
        assertReadAgain();
        final Core next = new Core(settings(random.nextLong()), out);
        next.read(new WrittenState(core).input());
        core = next;
        if (random.nextBoolean()) {
            while (core.disconnectSource(nowMs * 1_000_000)) {
                collect();
            }
            for (int source = 1; source <= SOURCES; source++) {
                gone(source);
                up[source] = false;
            }
        }
    }

    private void maybePay() {
        if (core.owes() && random.nextBoolean()) {
            core.payOwed(nowMs * 1_000_000);
            collect();
        }
    }

    private void payAll() {
        while (core.owes()) {
            core.payOwed(nowMs * 1_000_000);
            collect();
        }
        assertFalse(core.owes());
    }

    private void apply(final Signal signal) {
        core.apply(signal.buffer(), 0, signal.length(), nowMs * 1_000_000);
        collect();
    }

    private Input last() {
        return inputs.get(inputs.size() - 1);
    }

    /** Keeps the inputs for the replay, and counts the ends. */
    private void collect() {
        final int length = out.finish();
        final UnsafeBuffer block = new UnsafeBuffer(new byte[length]);
        block.putBytes(0, out.buffer(), 0, length);
        out.reset();
        for (int record = BlockLayout.HEADER_LENGTH; record < length; record += RecordLayout.length(block, record)) {
            if (0 != RecordLayout.signalLength(block, record)) {
                final UnsafeBuffer signal = new UnsafeBuffer(new byte[RecordLayout.signalLength(block, record)]);
                signal.putBytes(0, block, record + RecordLayout.SIGNAL_OFFSET, signal.capacity());
                inputs.add(new Input(signal, RecordLayout.journalTime(block, record), new ArrayList<>()));
                outcome = Outcome.of(RecordLayout.outcome(block, record));
            }
            if (0 != RecordLayout.eventLength(block, record)) {
                final Told told = Told.of(block, RecordLayout.eventOffset(block, record));
                last().told.add(told);
                if ("action.result".equals(told.type())) {
                    ended(told);
                }
            }
        }
    }

    private void ended(final Told told) {
        final Asking asking = askings.get(told.tenant() + told.reference());
        if (null != asking && !asking.isForgotten) {
            assertFalse(asking.isEnded(), () -> told + " ends again");
            asking.end(nowMs);
            if ("unknown".equals(told.status()) && "source went down".equals(told.text())) {
                assertTrue(generations[asking.source] > asking.generation, () -> asking + " is unknown without reason");
            } else if ("timed-out".equals(told.status()) && told.text().startsWith("no result")) {
                assertTrue(asking.deadlineMs <= passedMs, () -> asking + " has time left");
            }
        } else {
            // only an action that fails at once ends without being known before
            assertEquals("failed", told.status(), () -> told + " of no action");
        }
    }

    private void assertReplayed() {
        final BlockWriter again = new BlockWriter(64 * 1024);
        final Core replayed = new Core(settings(7), again);
        for (final Input input : inputs) {
            if (ContinueDecoder.TEMPLATE_ID == SignalLayout.templateId(input.signal, 0)) {
                replayed.payOwed(input.timeNs);
            } else {
                replayed.apply(input.signal, 0, input.signal.capacity(), input.timeNs);
            }
            again.finish();
            again.reset();
        }
        assertEquals(out.chain(), again.chain());
        assertEquals(out.sequence(), again.sequence());
        assertEquals(core.digest(), replayed.digest());
        assertTrue(new WrittenState(core).equalTo(new WrittenState(replayed)), "other bytes");
    }

    private void assertReadAgain() {
        final Core copy = new Core(settings(3), new BlockWriter(64 * 1024));
        copy.read(new WrittenState(core).input());
        assertEquals(core.digest(), copy.digest());
        assertTrue(new WrittenState(core).equalTo(new WrittenState(copy)), "other bytes");
        assertEquals(core.owes(), copy.owes());
    }

    /** An input of the journal, and the events behind it. */
    private record Input(UnsafeBuffer signal, long timeNs, List<Told> told) {
    }

    /** What the model knows of an action. */
    private static final class Asking {
        private final String key;
        private final int tenant;
        private final int source;
        private final long sequence;
        private final long deadlineMs;
        private final long generation;
        private int ends;
        private long endedMs;
        private boolean isSent;
        private boolean isForgotten;

        Asking(final String key, final int tenant, final int source, final long sequence, final long deadlineMs, final long generation) {
            this.key = key;
            this.tenant = tenant;
            this.source = source;
            this.sequence = sequence;
            this.deadlineMs = deadlineMs;
            this.generation = generation;
        }

        void end(final long timeMs) {
            ends++;
            endedMs = timeMs;
        }

        boolean isEnded() {
            return ends > 0;
        }

        @Override
        public String toString() {
            return key + " of tenant " + tenant + " at source " + source + ", record " + sequence + ", due " + deadlineMs + ", ends " + ends;
        }
    }
}
