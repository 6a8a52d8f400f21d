package io.strowger.codecs.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalSink;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A reply without an id decides an action only when it can be the reply to no other command, be that over or not.
 */
public abstract class ReplyMatchingContract {
    private static final long MS = 1_000_000;
    private static final int MOST = 64;
    private static final int STEPS = 60;

    private final ActionDialect dialect;
    private ResultLog log = new ResultLog();
    private ActionConnection connection;
    /** Of the model: replies without an id of which nobody knows to which command, since the last time that no reply was missing. */
    private int unknown;

    protected ReplyMatchingContract(final ActionDialect dialect) {
        this.dialect = dialect;
        connect(MOST);
    }

    private void connect(final int most) {
        log = new ResultLog();
        connection = dialect.connection(ActionLimits.of(3, 7).withMaxPending(most).withLongestWaitMs(1_000));
        connection.connected();
    }

    private String call(final long sequence, final long deadlineNs) {
        final Actions action = Actions.full("GenerateCall").value("deadline", deadlineNs);
        return dialect.idOf(new String(action.command(connection, sequence), StandardCharsets.UTF_8));
    }

    private String call(final long sequence) {
        return call(sequence, 0);
    }

    private void say(final String text) {
        final UnsafeBuffer bytes = new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(bytes.capacity(), connection.onBytes(bytes, 0, bytes.capacity(), ResultLog.NOW_NS, log));
    }

    private void expire() {
        assertTrue(connection.expire(ResultLog.NOW_NS + 500 * MS, log));
    }

    private void lose() {
        assertTrue(connection.disconnected(ResultLog.NOW_NS, log));
    }

    private String expired(final long sequence) {
        final String id = call(sequence, ResultLog.NOW_NS + 400 * MS);
        expire();
        return id;
    }

    private void assertNothingIsGuessed(final long sequence) {
        final int before = log.results().size();
        final long unmatched = connection.unmatchedCount();
        final String next = call(sequence);
        say(dialect.nameless());
        assertEquals(before, log.results().size(), () -> log.lines().toString());
        assertEquals(unmatched + 1, connection.unmatchedCount());
        say(dialect.reply(next, true) + dialect.outcome(next, true));
        assertEquals(sequence + " DONE", log.lines().get(log.lines().size() - 1));
    }

    private void assertMatched(final long sequence) {
        call(sequence);
        say(dialect.nameless());
        assertTrue(log.lines().get(log.lines().size() - 1).startsWith(sequence + " FAILED"), () -> log.lines().toString());
    }

    @Test
    void shouldNotGiveTheLateReplyToACommandThatHasTimedOutToTheNextOne() {
        expired(1);
        assertNothingIsGuessed(2);
    }

    /** One of the two was refused, the other is answered with its id: no reply is missing. */
    @Test
    void shouldMatchAgainWhenAsManyRepliesWithoutIdHaveComeAsCommandsHaveNone() {
        call(1, ResultLog.NOW_NS + 400 * MS);
        final String second = call(2);
        say(dialect.nameless());
        expire();
        say(dialect.reply(second, true));
        assertMatched(3);
        assertMatched(4);
    }

    @Test
    void shouldMatchAgainBehindTheLateReplyWithoutId() {
        expired(1);
        expired(2);
        say(dialect.nameless());
        assertNothingIsGuessed(3);
        assertMatched(4);
        expired(5);
        say(dialect.nameless());
        assertMatched(6);
    }

    @Test
    void shouldCountNoReplyWithoutIdForCommandsThatAreWrittenBehindIt() {
        say(dialect.nameless());
        expired(1);
        assertNothingIsGuessed(2);
        final String third = call(3);
        final String fourth = call(4);
        say(dialect.nameless());
        say(dialect.reply(third, true));
        say(dialect.reply(fourth, true));
        expired(5);
        assertNothingIsGuessed(6);
        expired(7);
        say(dialect.nameless());
        expired(8);
        lose();
        connection.connected();
        expired(9);
        assertNothingIsGuessed(10);
    }

    @Test
    void shouldNotGiveTheReplyToACommandThatAnEventHasDecidedToTheNextOne() {
        say(dialect.outcome(call(1), true));
        assertNothingIsGuessed(2);
    }

    @Test
    void shouldMatchAgainBehindTheLateReplyWithItsId() {
        final String first = expired(1);
        final String second = expired(2);
        say(dialect.reply(first, false));
        say(dialect.reply(first, true));
        assertNothingIsGuessed(3);
        final String fourth = expired(4);
        say(dialect.reply(second, true));
        say(dialect.reply(fourth, true));
        assertMatched(5);
    }

    @Test
    void shouldNotTakeALateOutcomeForTheReply() {
        final String first = expired(1);
        say(dialect.outcome(first, true));
        assertNothingIsGuessed(2);
    }

    @Test
    void shouldMatchAgainOnANewConnection() {
        expired(1);
        call(2);
        lose();
        connection.connected();
        assertMatched(3);
        lose();
        connection.connected();
        assertMatched(4);
    }

    @Test
    void shouldGuessNothingAnyMoreWhenMoreRepliesAreMissingThanItKeeps() {
        connect(2);
        final List<String> ids = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            ids.add(expired(i));
        }
        assertNothingIsGuessed(10);
        ids.forEach(id -> say(dialect.reply(id, true)));
        assertNothingIsGuessed(11);
        lose();
        connection.connected();
        assertMatched(12);
    }

    @Test
    void shouldAllocateNothingForLateReplies() {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final SignalSink sink = (buffer, offset, length) -> true;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            final StringBuilder late = new StringBuilder();
            for (int i = 0; i < MOST; i++) {
                late.append(dialect.reply(call(i), true));
            }
            final UnsafeBuffer bytes = new UnsafeBuffer((dialect.nameless() + late).getBytes(StandardCharsets.UTF_8));
            final long before = threads.getCurrentThreadAllocatedBytes();
            connection.expire(Long.MAX_VALUE, sink);
            connection.onBytes(bytes, 0, bytes.capacity(), ResultLog.NOW_NS, sink);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
        assertMatched(1);
    }

    /** What is known of a command of this connection. */
    private static final class Command {
        private final long sequence;
        private boolean replied;
        private boolean over;

        Command(final long sequence) {
            this.sequence = sequence;
        }
    }

    /** Commands, replies, outcomes, deadlines and losses in any order, against a model that forgets no reply. */
    @Property(tries = 300)
    void shouldDecideByAReplyWithoutIdOnlyTheOneCommandWithoutAReply(@ForAll final long seed) {
        final Random random = new Random(seed);
        final Map<String, Command> commands = new LinkedHashMap<>();
        connect(MOST);
        unknown = 0;
        for (int step = 1; step <= STEPS; step++) {
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    final Command command = new Command(step);
                    commands.put(random.nextBoolean() ? call(step) : call(step, ResultLog.NOW_NS + 400 * MS), command);
                }
                case 2, 3 -> reply(random, commands);
                case 4 -> nameless(commands);
                case 5 -> {
                    if (random.nextInt(3) == 0) {
                        expire();
                        forget(commands);
                    }
                }
                default -> {
                    if (random.nextInt(8) == 0) {
                        lose();
                        connection.connected();
                        commands.clear();
                    }
                }
            }
            settle(commands);
        }
    }

    /** When only commands that are over have no reply of their own, and each of them can have had one of the others, all are answered. */
    private void settle(final Map<String, Command> commands) {
        final List<Command> due = commands.values().stream().filter(command -> !command.replied).toList();
        if (due.stream().allMatch(command -> command.over) && due.size() <= unknown) {
            due.forEach(command -> command.replied = true);
            unknown = 0;
        }
    }

    private void reply(final Random random, final Map<String, Command> commands) {
        if (!commands.isEmpty()) {
            final String id = new ArrayList<>(commands.keySet()).get(random.nextInt(commands.size()));
            final Command command = commands.get(id);
            final boolean isReply = random.nextInt(4) > 0;
            final boolean isGood = random.nextBoolean();
            say(isReply ? dialect.reply(id, isGood) : dialect.outcome(id, isGood));
            command.replied |= isReply;
            forget(commands);
        }
    }

    private void nameless(final Map<String, Command> commands) {
        final List<Command> due = commands.values().stream().filter(command -> !command.replied).toList();
        final int before = log.results().size();
        say(dialect.nameless());
        final boolean isMatch = due.size() == 1 && !due.get(0).over;
        assertEquals(before + (isMatch ? 1 : 0), log.results().size(), () -> due.size() + " replies are due: " + log.lines());
        if (isMatch) {
            assertEquals(due.get(0).sequence, log.results().get(before).action());
            due.get(0).replied = true;
            due.get(0).over = true;
        } else {
            unknown++;
        }
    }

    /** A server that answers each command once, with its id or without: whatever is decided without one is what it has refused. */
    @Property(tries = 300)
    void shouldNeverFailAnotherCommandThanTheOneThatTheServerHasRefused(@ForAll final long seed) {
        final Random random = new Random(seed);
        final Map<Long, String> unanswered = new LinkedHashMap<>();
        connect(MOST);
        for (int step = 1; step <= STEPS; step++) {
            final int what = random.nextInt(6);
            if (what < 3 || unanswered.isEmpty()) {
                unanswered.put((long)step, random.nextBoolean() ? call(step) : call(step, ResultLog.NOW_NS + 400 * MS));
            } else if (what < 5) {
                final long sequence = new ArrayList<>(unanswered.keySet()).get(random.nextInt(unanswered.size()));
                final String id = unanswered.remove(sequence);
                final int before = log.results().size();
                say(random.nextBoolean() ? dialect.nameless() : dialect.reply(id, random.nextBoolean()));
                log.results().subList(before, log.results().size()).forEach(result -> assertEquals(sequence, result.action()));
            } else {
                expire();
            }
        }
    }

    private void forget(final Map<String, Command> commands) {
        for (final Command command : commands.values()) {
            command.over |= log.results().stream().anyMatch(result -> result.action() == command.sequence && result.isFinal());
        }
    }
}
