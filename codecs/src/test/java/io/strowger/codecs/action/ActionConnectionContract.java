package io.strowger.codecs.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.sbe.ActionStatus;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * What holds for the connection to every kind of call router.
 */
public abstract class ActionConnectionContract {
    private static final long MS = 1_000_000;
    private static final int STEPS = 120;

    private final ActionDialect dialect;

    protected ActionConnectionContract(final ActionDialect dialect) {
        this.dialect = dialect;
    }

    private ActionConnection connection(final ActionLimits limits) {
        return dialect.connection(limits);
    }

    private String idOf(final String command) {
        return dialect.idOf(command);
    }

    private String reply(final String id, final boolean accepts) {
        return dialect.reply(id, accepts);
    }

    private String outcome(final String id, final boolean isDone) {
        return dialect.outcome(id, isDone);
    }

    private ActionConnection connected(final int most) {
        final ActionConnection connection = connection(ActionLimits.of(3, 7).withMaxPending(most).withLongestWaitMs(1_000));
        connection.connected();
        return connection;
    }

    private static void feed(final ActionConnection connection, final String text, final ResultLog log) {
        final UnsafeBuffer bytes = new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(bytes.capacity(), connection.onBytes(bytes, 0, bytes.capacity(), ResultLog.NOW_NS, log));
    }

    private String call(final ActionConnection connection, final long sequence) {
        return new String(
            Actions.full("GenerateCall").text("key", "key-" + sequence).command(connection, sequence), StandardCharsets.UTF_8);
    }

    @Test
    void shouldWriteACommandForExactlyTheActionsOfItsCapabilities() {
        final ActionConnection connection = connected(64);
        for (int i = 0; i < Actions.ALL.size(); i++) {
            final boolean isCapable = (connection.capabilities() & (1 << i)) != 0;
            assertEquals(!dialect.unsupported().contains(Actions.ALL.get(i)), isCapable, Actions.ALL.get(i));
            final ActionRefusal refusal = Actions.full(Actions.ALL.get(i)).refusal(connection);
            assertEquals(isCapable ? null : ActionRefusal.NOT_SUPPORTED, refusal, Actions.ALL.get(i));
        }
        assertEquals(14 - dialect.unsupported().size(), connection.pendingCount());
    }

    @Test
    void shouldRefuseAnyOtherSignal() {
        final ActionConnection connection = connected(64);
        SignalCatalog.current().templates().stream().filter(template -> !Actions.ALL.contains(template.name()))
            .forEach(template -> assertEquals(ActionRefusal.NOT_AN_ACTION, Actions.of(template.name()).refusal(connection)));
    }

    @Test
    void shouldSayWhatIsMissing() {
        final ActionConnection connection = connected(64);
        assertEquals(ActionRefusal.MISSING_FIELD, Actions.full("GenerateCall").text("user", "").refusal(connection));
        assertEquals(ActionRefusal.MISSING_FIELD, Actions.full("GenerateCall").text("number", "").refusal(connection));
        assertEquals(ActionRefusal.MISSING_FIELD, Actions.full("SendFax").text("reference", "").refusal(connection));
        assertEquals(ActionRefusal.MISSING_FIELD, Actions.full("SendSms").text("text", "").refusal(connection));
        assertEquals(ActionRefusal.MISSING_FIELD, Actions.full("GroupLogIn").text("group", "").refusal(connection));
        assertEquals(ActionRefusal.MISSING_FIELD, Actions.full("ForwardCall").text("number", "").refusal(connection));
        assertEquals(ActionRefusal.UNKNOWN_TARGET, Actions.full("HangUp").text("nativeId", "/PJSIP.*/").refusal(connection));
        assertEquals(ActionRefusal.UNKNOWN_TARGET, Actions.full("HangUp").text("nativeId", "-both").refusal(connection));
        assertEquals(ActionRefusal.NOT_SUPPORTED, Actions.full("ForwardCall").text("user", "102").refusal(connection));
        assertEquals(ActionRefusal.TOO_LONG, Actions.full("HangUp").text("key", "k".repeat(257)).refusal(connection));
        assertEquals(ActionRefusal.NOT_UTF8, Actions.full("SendSms").text("text", new byte[] {'a', (byte)0xC0, (byte)0x8A})
            .refusal(connection));
        assertEquals(0, connection.pendingCount());
    }

    @Test
    void shouldRefuseWhenThereIsNoRoomForTheCommand() {
        final ActionConnection connection = connected(64);
        final UnsafeBuffer signal = Actions.full("GenerateCall").signal();
        final int whole = call(connection, 1).length();
        for (int room = 0; room < whole; room++) {
            final UnsafeBuffer out = new UnsafeBuffer(new byte[room]);
            assertEquals(ActionRefusal.NO_ROOM.code(), connection.send(2, signal, 0, signal.capacity(), ResultLog.NOW_NS, out, 0));
        }
        assertEquals(1, connection.pendingCount());
        final UnsafeBuffer out = new UnsafeBuffer(new byte[whole + 5]);
        assertEquals(whole, connection.send(3, signal, 0, signal.capacity(), ResultLog.NOW_NS, out, 5));
    }

    @Test
    void shouldRefuseWhenSoManyWaitAndTakeOneMoreWhenOneIsOver() {
        final ActionConnection connection = connected(2);
        final String first = call(connection, 1);
        call(connection, 2);
        assertEquals(ActionRefusal.PENDING_FULL, Actions.full("HangUp").refusal(connection));
        feed(connection, outcome(idOf(first), true), new ResultLog());
        call(connection, 3);
        assertEquals(ActionRefusal.PENDING_FULL, Actions.full("HangUp").refusal(connection));
    }

    @Test
    void shouldTellARefusalAsAFailedResultWhenAsked() {
        final ActionConnection connection = connected(64);
        final boolean[] hasRoom = new boolean[1];
        final ResultLog log = new ResultLog(() -> hasRoom[0]);
        final ActionRefusal refusal = Actions.full("HangUp").text("nativeId", "/all/").text("key", "k1").refusal(connection);
        assertTrue(connection.refused(1, refusal.code(), ResultLog.NOW_NS, log));
        assertEquals(ActionRefusal.TOO_LONG, Actions.full("HangUp").text("key", "k".repeat(257)).refusal(connection));
        assertFalse(connection.refused(2, ActionRefusal.TOO_LONG.code(), ResultLog.NOW_NS, log), "one waits already");
        hasRoom[0] = true;
        assertTrue(connection.refused(2, ActionRefusal.TOO_LONG.code(), ResultLog.NOW_NS, log));
        assertEquals(List.of(new ResultLog.Result(1, ActionStatus.FAILED, "/all/", "crm", "k1", "unknown target: nativeId"),
            new ResultLog.Result(2, ActionStatus.FAILED, "1795624246.41", "crm", "", "too long")), log.results());
        assertEquals(0, connection.pendingCount());
    }

    @Test
    void shouldNameTheFieldThatIsWrong() {
        final ActionConnection connection = connected(64);
        assertEquals("bad character: number", words(connection, Actions.full("TransferCall").text("number", "102; rm")));
        assertEquals("missing field: reference", words(connection, Actions.full("SendFax").text("reference", "")));
        assertEquals("not utf8: text", words(connection, Actions.full("SendSms").text("text", new byte[] {'a', (byte)0xC0, (byte)0x8A})));
        assertEquals("bad character: number", words(connection, Actions.full("GenerateCall").text("number", "1\r\n2")));
        assertEquals("deadline passed", words(connection, Actions.full("HangUp").value("deadline", 1)), "nothing of the one before");
    }

    private static String words(final ActionConnection connection, final Actions action) {
        final ResultLog log = new ResultLog();
        assertTrue(connection.refused(1, action.refusal(connection).code(), ResultLog.NOW_NS, log));
        return log.results().get(0).text();
    }

    @Test
    void shouldRefuseACauseThatIsNoneOfQ850() {
        final ActionConnection connection = connected(64);
        for (final int cause : new int[] {128, 999, Short.MAX_VALUE}) {
            assertEquals(ActionRefusal.CAUSE_OUT_OF_RANGE, Actions.full("HangUp").value("causeCode", cause).refusal(connection));
        }
        assertEquals(null, Actions.full("HangUp").value("causeCode", 127).refusal(connection));
    }

    @Test
    void shouldRefuseWithoutAConnectionAndBehindTheDeadline() {
        final ActionConnection connection = connection(ActionLimits.of(3, 7));
        assertEquals(ActionRefusal.NOT_CONNECTED, Actions.full("HangUp").refusal(connection));
        connection.connected();
        assertEquals(ActionRefusal.DEADLINE_PASSED, Actions.full("HangUp").value("deadline", ResultLog.NOW_NS).refusal(connection));
        assertEquals(ActionRefusal.DEADLINE_PASSED, Actions.full("HangUp").value("deadline", -1).refusal(connection), "before 1970");
        assertEquals(null, Actions.full("HangUp").value("deadline", Long.MIN_VALUE).refusal(connection), "the null value is none");
        Actions.full("HangUp").value("deadline", ResultLog.NOW_NS + 1).command(connection, 1);
        assertThrows(IllegalStateException.class, connection::connected);
        assertTrue(connection.disconnected(ResultLog.NOW_NS, new ResultLog()));
        assertEquals(ActionRefusal.NOT_CONNECTED, Actions.full("HangUp").refusal(connection));
        connection.connected();
    }

    @Test
    void shouldTellSentThenDoneWithTheIdsOfWhoAskedAndTheLegOfTheCall() {
        final ActionConnection connection = connected(4);
        final ResultLog log = new ResultLog();
        final String id = idOf(call(connection, 42));
        feed(connection, reply(id, true), log);
        assertEquals(List.of(new ResultLog.Result(42, ActionStatus.SENT, id, "crm", "key-42", "")), log.results());
        feed(connection, outcome(id, true), log);
        assertEquals(new ResultLog.Result(42, ActionStatus.DONE, id, "crm", "key-42", ""), log.results().get(1));
        feed(connection, outcome(id, true) + reply(id, false) + outcome(id, false), log);
        assertEquals(2, log.results().size());
        assertEquals(3, connection.lateCount());
        assertEquals(0, connection.pendingCount());
    }

    @Test
    void shouldEndEachPendingActionOnceAsUnknownWhenTheConnectionIsLostAndNeverSendItAgain() {
        final ActionConnection connection = connected(8);
        final String first = call(connection, 1);
        call(connection, 2);
        final ResultLog log = new ResultLog();
        feed(connection, reply(idOf(first), true), log);
        assertTrue(connection.disconnected(ResultLog.NOW_NS, log));
        assertTrue(connection.disconnected(ResultLog.NOW_NS, log));
        assertEquals(List.of("1 SENT", "1 UNKNOWN the connection was lost", "2 UNKNOWN the connection was lost"), log.lines());
        connection.connected();
        feed(connection, outcome(idOf(first), true), log);
        assertTrue(connection.expire(ResultLog.NOW_NS + 1_000_000 * MS, log));
        assertEquals(3, log.results().size());
        assertFalse(call(connection, 3).contains(idOf(first)), "an id is never used again");
    }

    @Test
    void shouldEndWhatNobodyAnswersBehindItsDeadlineOrTheLongestWait() {
        final ActionConnection connection = connected(8);
        final ResultLog log = new ResultLog();
        final String late = call(connection, 1);
        Actions.full("HangUp").value("deadline", ResultLog.NOW_NS + 500 * MS).command(connection, 2);
        assertTrue(connection.expire(ResultLog.NOW_NS + 499 * MS, log));
        assertEquals(List.of(), log.lines());
        assertTrue(connection.expire(ResultLog.NOW_NS + 500 * MS, log));
        assertTrue(connection.expire(ResultLog.NOW_NS + 1_000 * MS, log));
        assertEquals(List.of("2 TIMED_OUT no outcome was told in time", "1 UNKNOWN no outcome was told in time"), log.lines());
        feed(connection, reply(idOf(late), true) + outcome(idOf(late), true), log);
        assertEquals(2, log.results().size());
    }

    @Test
    void shouldGiveTheReasonOfTheCallRouter() {
        final ActionConnection connection = connected(8);
        final ResultLog log = new ResultLog();
        feed(connection, reply(idOf(call(connection, 1)), false), log);
        feed(connection, outcome(idOf(call(connection, 2)), false), log);
        assertEquals(2, log.results().size());
        for (final ResultLog.Result result : log.results()) {
            assertEquals(ActionStatus.FAILED, result.status());
            assertFalse(result.text().isEmpty());
        }
    }

    /** Random actions, replies, repeats, splits, refusing sinks, timeouts and losses: one final result each, and nothing of its own. */
    @Property(tries = 300)
    void shouldEndEveryActionExactlyOnce(@ForAll final long seed) {
        final Random random = new Random(seed);
        final ActionConnection connection = connection(ActionLimits.of(3, 7).withMaxPending(6).withLongestWaitMs(1_000));
        final ResultLog log = new ResultLog(() -> random.nextInt(3) > 0);
        final Map<Long, String> written = new HashMap<>();
        final List<String> ids = new ArrayList<>();
        long nowNs = ResultLog.NOW_NS;
        connection.connected();
        for (int step = 1; step <= STEPS; step++) {
            nowNs += random.nextInt(50) * MS;
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    final String template = random.nextBoolean() ? "GenerateCall" : "HangUp";
                    final UnsafeBuffer signal = Actions.full(template).text("key", "k" + step).signal();
                    final UnsafeBuffer out = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
                    final int length = connection.send(step, signal, 0, signal.capacity(), nowNs, out, 0);
                    if (length > 0) {
                        final String id = idOf(out.getStringWithoutLengthAscii(0, length));
                        assertTrue(written.put((long)step, id) == null && !ids.contains(id));
                        ids.add(id);
                    } else {
                        assertEquals(ActionRefusal.PENDING_FULL, ActionRefusal.of(length));
                    }
                }
                case 3, 4, 5 -> say(connection, random, ids, nowNs, log);
                case 6 -> connection.expire(nowNs, log);
                default -> {
                    if (random.nextInt(6) == 0) {
                        lose(connection, nowNs, log);
                        connection.connected();
                    }
                }
            }
        }
        lose(connection, nowNs, log);
        check(log, written);
    }

    private void say(
        final ActionConnection connection, final Random random, final List<String> ids, final long nowNs, final ResultLog log) {
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0 && !ids.isEmpty(); i--) {
            final String id = ids.get(random.nextInt(ids.size()));
            text.append(switch (random.nextInt(4)) {
                case 0 -> outcome(id, random.nextBoolean());
                case 1 -> dialect.nameless();
                default -> reply(id, random.nextInt(4) > 0);
            });
        }
        final UnsafeBuffer bytes = new UnsafeBuffer(text.toString().getBytes(StandardCharsets.UTF_8));
        int at = 0;
        while (at < bytes.capacity()) {
            at += connection.onBytes(bytes, at, 1 + random.nextInt(bytes.capacity() - at), nowNs, log);
        }
        // a result that the sink has refused waits until there is room
    }

    private static void lose(final ActionConnection connection, final long nowNs, final ResultLog log) {
        boolean isOver = false;
        while (!isOver) {
            isOver = connection.disconnected(nowNs, log);
        }
        assertEquals(0, connection.pendingCount());
    }

    private static void check(final ResultLog log, final Map<Long, String> written) {
        final Set<Long> ended = new HashSet<>();
        final Set<Long> sent = new HashSet<>();
        for (final ResultLog.Result result : log.results()) {
            assertTrue(written.containsKey(result.action()), "nobody asked for " + result);
            assertEquals("k" + result.action(), result.key());
            assertFalse(ended.contains(result.action()), "behind the final result: " + result);
            assertTrue(result.isFinal() ? ended.add(result.action()) : sent.add(result.action()), "twice: " + result);
        }
        assertEquals(written.keySet(), ended);
    }

    @Test
    void shouldAllocateNothingForACommandAndItsResult() {
        final ActionConnection connection = connected(8);
        // a deadline: the attempt is bounded by it
        final UnsafeBuffer signal = Actions.full("GenerateCall").value("deadline", ResultLog.NOW_NS + 20_000_000_000L).signal();
        final UnsafeBuffer text = Actions.full("SendSms").signal();
        final UnsafeBuffer out = new UnsafeBuffer(new byte[4096]);
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                assertTrue(connection.send(i, signal, 0, signal.capacity(), ResultLog.NOW_NS, out, 0) > 0);
                assertTrue(connection.send(i, text, 0, text.capacity(), ResultLog.NOW_NS, out, 0) > 0);
                connection.expire(Long.MAX_VALUE, (buffer, offset, length) -> true);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }

    /** Bytes of anything, with pieces of real replies among them: nothing is thrown, and nothing is said of what nobody asked for. */
    @Property(tries = 200)
    void shouldSurviveAnyBytes(@ForAll final long seed) {
        final Random random = new Random(seed);
        final ActionConnection connection = connected(4);
        final byte[] command = Actions.full("GenerateCall").text("key", "k1").command(connection, 1);
        final String id = idOf(new String(command, StandardCharsets.UTF_8));
        final ResultLog log = new ResultLog();
        for (int i = 0; i < 40; i++) {
            final String real = random.nextBoolean() ? reply(id, random.nextBoolean()) : outcome(id, random.nextBoolean());
            final byte[] piece = random.nextBoolean() ? new byte[random.nextInt(60)] : real.getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at < piece.length; at++) {
                piece[at] = random.nextInt(30) == 0 || piece[at] == 0 ? (byte)random.nextInt() : piece[at];
            }
            final int length = random.nextInt(piece.length + 1);
            assertEquals(length, connection.onBytes(new UnsafeBuffer(piece), 0, length, ResultLog.NOW_NS, log));
        }
        lose(connection, ResultLog.NOW_NS, log);
        check(log, Map.of(1L, id));
    }

    @Test
    void shouldAllocateNothingForRepliesAndOutcomes() {
        final ActionConnection connection = connected(500);
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long[] results = new long[1];
        final SignalSink sink = (buffer, offset, length) -> {
            results[0]++;
            return true;
        };
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            final StringBuilder text = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                final String id = idOf(call(connection, i));
                text.append(reply(id, true)).append(outcome(id, i % 2 == 0));
            }
            final UnsafeBuffer bytes = new UnsafeBuffer(text.toString().getBytes(StandardCharsets.UTF_8));
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int at = 0; at < bytes.capacity(); at += 700) {
                connection.onBytes(bytes, at, Math.min(700, bytes.capacity() - at), ResultLog.NOW_NS, sink);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(20_000, results[0]);
        assertEquals(0, least);
    }
}
