package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionKind;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
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
    private static final int SHARE = 8;
    private static final String[] CLIENTS = {"crm", "board"};
    private static final int PER_SOURCE = 4;
    /** Steps of a run in which little goes wrong: lasting results fill the share, and nothing that failed at once makes room. */
    private static final int[] CALM = {0, 0, 0, 3, 3, 3, 3, 9, 13, 14};
    private static final long LEAST_MS = KeptActions.LEAST_NS / 1_000_000;
    private static final long BRIEF_MS = 60_000;

    private final List<Input> inputs = new ArrayList<>();
    private final Map<String, AskedAction> askings = new HashMap<>();
    private final List<AskedAction> accepted = new ArrayList<>();
    private final long[] generations = new long[SOURCES + 1];
    private final boolean[] up = new boolean[SOURCES + 1];
    private final boolean[] known = new boolean[SOURCES + 1];
    private final Set<String> granted = new HashSet<>();
    private Random random;
    private boolean isCalm;
    private BlockWriter out;
    private Core core;
    private long nowMs;
    private long passedMs;
    private Outcome outcome;
    private int epochs;
    private int legs;
    private int endCount;

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
        for (final AskedAction asking : accepted) {
            assertEquals(1, asking.ends, asking + " seed " + seed);
        }
        assertEquals(0, accepted.stream().filter(a -> 0 != core.ownerOf(a.sequence)).count());
        assertReplayed();
        assertReadAgain();
    }

    private void begin(final long seed) {
        random = new Random(seed);
        isCalm = random.nextBoolean();
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
            hello(source, true);
            apply(FoldHarness.registration(true, "10" + source).from(source, Codes.NULL_LONG, nowMs).tenant(tenant(source)));
        }
        granted.clear();
        for (int tenant = 1; tenant <= 2; tenant++) {
            for (final String client : CLIENTS) {
                grant(tenant, client, true);
            }
        }
    }

    /** Two sources of tenant 1, one of tenant 2. */
    private static int tenant(final int source) {
        return source < SOURCES ? 1 : 2;
    }

    private static CoreSettings settings(final long hashSeed) {
        return new CoreSettings(100, 100, 100, 10, ACTIONS, SHARE, PER_SOURCE, hashSeed);
    }

    private void step() {
        switch (isCalm ? CALM[random.nextInt(CALM.length)] : random.nextInt(16)) {
            case 0, 1, 2 -> ask();
            case 3, 4, 5 -> result();
            case 6 -> {
                down(1 + random.nextInt(SOURCES));
                maybePay();
            }
            case 7 -> {
                hello(1 + random.nextInt(SOURCES), 0 != random.nextInt(4));
                maybePay();
            }
            case 8 -> restart(1 + random.nextInt(SOURCES));
            case 9 -> tick();
            case 10 -> routerStarts();
            case 11 -> grant(1 + random.nextInt(2), CLIENTS[random.nextInt(CLIENTS.length)], 0 != random.nextInt(3));
            case 12 -> leg(1 + random.nextInt(SOURCES));
            case 13 -> nowMs += 0 == random.nextInt(4) ? random.nextLong(2 * LEAST_MS) : 0;
            default -> maybePay();
        }
    }

    private void grant(final int tenant, final String client, final boolean isGranted) {
        apply((isGranted ? Asked.grant(client, Asked.EVERYTHING, "*", "*") : Asked.revoke(client)).from(0, Codes.NULL_LONG, nowMs)
            .tenant(tenant));
        if (isGranted) {
            granted.add(tenant + client);
        } else {
            granted.remove(tenant + client);
        }
    }

    private void leg(final int source) {
        legs++;
        apply(FoldHarness.seen("u10" + source + '-' + legs % 2, "c" + legs).from(source, Codes.NULL_LONG, nowMs)
            .tenant(tenant(source)));
    }

    /** The same keys come again and again, of two clients in each of two tenants. */
    private void ask() {
        final int source = 1 + random.nextInt(SOURCES);
        final String key = "k" + random.nextInt(KEYS);
        final int tenant = tenant(source);
        final String client = CLIENTS[random.nextInt(CLIENTS.length)];
        final long deadlineMs = nowMs + 1 + random.nextInt(200);
        final String user = !isCalm && 0 == random.nextInt(10) ? "999" : "10" + source;
        final boolean isOfLeg = !isCalm && 0 == random.nextInt(3);
        final Signal ask = isOfLeg
            ? Asked.ask(ActionKind.HANG_UP, client, key, deadlineMs * 1_000_000).text(0, "u10" + source + '-' + random.nextInt(2))
            : Asked.ask(ActionKind.GENERATE_CALL, client, key, deadlineMs * 1_000_000).text(2, user).text(3, "004930123");
        final AskedAction before = askings.get(tenant + client + key);
        final boolean isRefused = !evict(tenant, before);
        apply(ask.from(0, Codes.NULL_LONG, nowMs).tenant(tenant));
        if (null != before && !before.isForgotten) {
            assertEquals(Outcome.DUPLICATE, outcome, () -> before.toString());
            return;
        }
        final List<Told> told = last().told;
        assertEquals(isRefused ? Outcome.REJECTED : Outcome.APPLIED, outcome);
        if (isRefused) {
            assertEquals(0, told.size());
            return;
        }
        final AskedAction asking = new AskedAction(client, key, tenant, source, out.sequence(), deadlineMs, generations[source]);
        askings.put(tenant + client + key, asking);
        if (told.isEmpty()) {
            assertTrue(up[source] && known[source], "given to a source that is down");
            assertTrue(granted.contains(tenant + client), "given without a grant");
            accepted.add(asking);
            assertEquals(source, core.ownerOf(asking.sequence));
        } else {
            assertEquals(granted.contains(tenant + client), !"not allowed".equals(told.get(0).text()));
            asking.isBrief = true;
            asking.end(nowMs, endCount++);
        }
    }

    /** A tenant that has its share loses the oldest of what has ended, what failed at once first; false when none has, or only just. */
    private boolean evict(final int tenant, final AskedAction repeated) {
        final List<AskedAction> has = askings.values().stream().filter(a -> tenant == a.tenant && !a.isForgotten).toList();
        if (has.size() < SHARE || (null != repeated && !repeated.isForgotten)) {
            return true;
        }
        final Optional<AskedAction> oldest = has.stream().filter(AskedAction::isEnded)
            .min(Comparator.comparing((AskedAction a) -> !a.isBrief).thenComparing(a -> a.endOrder))
            .filter(a -> a.isBrief || a.endedMs <= nowMs - LEAST_MS);
        oldest.ifPresent(a -> a.isForgotten = true);
        return oldest.isPresent();
    }

    private void result() {
        if (accepted.isEmpty()) {
            return;
        }
        final int ago = random.nextInt(isCalm ? Math.min(PER_SOURCE, accepted.size()) : accepted.size());
        final AskedAction asking = accepted.get(accepted.size() - 1 - ago);
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

    private void hello(final int source, final boolean isEpochKnown) {
        apply(Asked.hello("pbx-" + source, Asked.EVERYTHING).put(8, isEpochKnown ? 1 : 0)
            .from(source, Codes.NULL_LONG, nowMs).tenant(tenant(source)));
        gone(source);
        up[source] = true;
        known[source] = isEpochKnown;
    }

    private void restart(final int source) {
        epochs++;
        apply(new Signal(SourceBootedDecoder.TEMPLATE_ID,
            SourceBootedDecoder.BLOCK_LENGTH, 1).putLongAt(0, Codes.NULL_LONG).text(0, "run-" + epochs)
            .from(source, Codes.NULL_LONG, nowMs).tenant(tenant(source)));
        known[source] = true;
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
            forget(a -> a.endedMs <= nowMs - 400);
        }
        forget(a -> a.isBrief && a.endedMs <= nowMs - BRIEF_MS);
        maybePay();
    }

    private void forget(final Predicate<AskedAction> which) {
        askings.values().stream().filter(a -> a.isEnded() && which.test(a)).forEach(a -> a.isForgotten = true);
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
        final AskedAction asking = askings.get(told.tenant() + told.by() + told.reference());
        if (null != asking && !asking.isForgotten) {
            assertFalse(asking.isEnded(), () -> told + " ends again");
            asking.end(nowMs, endCount++);
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
}
