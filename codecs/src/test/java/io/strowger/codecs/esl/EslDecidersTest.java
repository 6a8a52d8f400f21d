package io.strowger.codecs.esl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.Actions;
import io.strowger.codecs.action.ResultLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Actions that an event of a FreeSWITCH server decides, when the server says nothing, says it twice, or says it in another order.
 */
final class EslDecidersTest {
    private static final String LEG = "11111111-2222-3333-4444-555555555555";
    private static final long SECOND = 1_000_000_000L;
    private static final String UP = EslCommands.event("CHANNEL_ANSWER", LEG, "");
    private static final String GONE = EslCommands.event("CHANNEL_HANGUP", LEG, "Hangup-Cause: NO_ANSWER\n");
    private static final String NOTHING = " FAILED nothing to answer: the leg is up, or the server calls it";

    private final EslActions connection = new EslActions(EslCommands.settings(ActionLimits.of(3, 7)), ResultLog.NOW_NS);
    private final ResultLog log = new ResultLog();

    EslDecidersTest() {
        connection.connected();
    }

    private String send(final Actions action, final long sequence) {
        action.value("deadline", ResultLog.NOW_NS + 30 * SECOND);
        return EslCommands.parse(new String(action.command(connection, sequence), StandardCharsets.UTF_8)).get(0);
    }

    private void say(final String text) {
        final UnsafeBuffer bytes = new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(bytes.capacity(), connection.onBytes(bytes, 0, bytes.capacity(), ResultLog.NOW_NS, log));
    }

    private void accept(final String id) {
        say(EslCommands.reply("+OK Job-UUID: " + id, id));
    }

    private static Actions byServer() {
        return Actions.full("Answer").text("nativeId", LEG).text("user", "");
    }

    private static Actions byPhone() {
        return Actions.full("Answer").text("nativeId", LEG);
    }

    private static String faxed(final String leg, final int success) {
        return EslCommands.event("CUSTOM", leg, "Event-Subclass: spandsp%3A%3Atxfaxresult\nfax-success: " + success + "\n");
    }

    private void expire(final long seconds) {
        assertTrue(connection.expire(ResultLog.NOW_NS + seconds * SECOND, log));
    }

    @Test
    void shouldEndAtTheDeadlineWhatTheServerSaysNothingOf() {
        final List<Actions> actions = List.of(byServer(), byPhone(), Actions.full("SendFax"), Actions.full("TransferCall").value("kind", 1),
            Actions.full("TransferCall").value("kind", 0));
        final List<String> wanted = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            send(actions.get(i), i);
            wanted.add(i + " TIMED_OUT no outcome was told in time");
        }
        expire(29);
        expire(30);
        expire(60);
        assertEquals(wanted, log.lines());
        say(UP + GONE);
        assertEquals(wanted.size(), log.results().size());
        assertEquals(0, connection.pendingCount());
    }

    @Test
    void shouldTellOnceWhatTheServerSaysTwice() {
        final String answer = send(byServer(), 1);
        accept(answer);
        accept(answer);
        say(UP + UP + EslCommands.job(answer, "+OK\n").repeat(2) + GONE);
        final String fax = send(Actions.full("SendFax"), 2);
        accept(fax);
        say(EslCommands.job(fax, "+OK " + fax + "\n").repeat(2) + faxed(fax, 1) + faxed(fax, 0));
        final String blind = send(Actions.full("TransferCall").value("kind", 0), 3);
        accept(blind);
        accept(blind);
        say(EslCommands.job(blind, "+OK\n") + EslCommands.job(blind, "-ERR no\n"));
        expire(60);
        assertEquals(List.of("1 SENT", "1 DONE", "2 SENT", "2 DONE", "3 SENT", "3 DONE"), log.lines());
    }

    @Test
    void shouldTakeTheEventThatComesBeforeTheReply() {
        final String answer = send(byServer(), 1);
        say(UP);
        accept(answer);
        say(EslCommands.job(answer, "+OK\n"));
        final String fax = send(Actions.full("SendFax"), 2);
        say(faxed(fax, 1));
        accept(fax);
        say(EslCommands.job(fax, "+OK " + fax + "\n"));
        assertEquals(List.of("1 DONE", "2 DONE"), log.lines());
    }

    /** The server answers before it says so; what was up already, or rings at a phone, it leaves, and says the same. */
    @Test
    void shouldSayThatThereWasNothingToAnswerWhenTheServerSaysItHasAndNothingCameUp() {
        final String id = send(byServer(), 1);
        accept(id);
        say(EslCommands.job(id, "+OK\n"));
        expire(1);
        assertEquals(List.of("1 SENT"), log.lines());
        expire(2);
        expire(60);
        assertEquals(List.of("1 SENT", "1" + NOTHING), log.lines());
    }

    @Test
    void shouldTakeAnEventThatComesALittleBehindTheJob() {
        final String id = send(byServer(), 1);
        final String gone = send(byServer().text("nativeId", "gone"), 2);
        say(EslCommands.job(id, "+OK\n") + EslCommands.job(gone, "+OK\n"));
        expire(1);
        say(UP + EslCommands.event("CHANNEL_HANGUP", "gone", "Hangup-Cause: NO_ANSWER\n"));
        expire(60);
        assertEquals(List.of("1 SENT", "2 SENT", "1 DONE", "2 FAILED NO_ANSWER"), log.lines());
    }

    @Test
    void shouldWaitNoLongerWhenTheJobIsToldAgainNorBehindTheDeadline() {
        final String id = send(byServer(), 1);
        say(EslCommands.job(id, "+OK\n"));
        final UnsafeBuffer again = new UnsafeBuffer(EslCommands.job(id, "+OK\n").getBytes(StandardCharsets.UTF_8));
        connection.onBytes(again, 0, again.capacity(), ResultLog.NOW_NS + SECOND, log);
        expire(2);
        assertEquals("1" + NOTHING, log.lines().get(1));
        final String late = send(byServer(), 2);
        final UnsafeBuffer job = new UnsafeBuffer(EslCommands.job(late, "+OK\n").getBytes(StandardCharsets.UTF_8));
        connection.onBytes(job, 0, job.capacity(), ResultLog.NOW_NS + 29 * SECOND, log);
        expire(30);
        assertEquals("2" + NOTHING, log.lines().get(3));
    }

    @Test
    void shouldSayThatTheServerCouldNotAnswer() {
        final String id = send(byServer(), 1);
        final String phone = send(byPhone(), 2);
        say(EslCommands.job(id, "-ERROR\n") + EslCommands.job(phone, "-ERR Operation failed\n"));
        assertEquals(List.of("1 FAILED -ERROR", "2 FAILED -ERR Operation failed"), log.lines());
    }

    /** A phone that was told to answer needs its time, and says nothing when it has nothing to answer. */
    @Test
    void shouldWaitForAPhoneToTheDeadline() {
        final String id = send(byPhone(), 1);
        say(EslCommands.job(id, "+OK Success\n"));
        expire(29);
        assertEquals(List.of("1 SENT"), log.lines());
        expire(30);
        assertEquals(List.of("1 SENT", "1 TIMED_OUT no outcome was told in time"), log.lines());
    }

    @Test
    void shouldTellAllWhoAskedForTheLegToBeAnsweredHoweverManyTheyAre() {
        final List<String> wanted = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            send(i % 2 == 0 ? byServer() : byPhone(), i);
            wanted.add(i + " DONE");
        }
        say(UP);
        assertEquals(wanted, log.lines());
    }

    @Test
    void shouldTakeNothingFromAnEventWithoutALegAndFailWithoutAReason() {
        send(byServer(), 1);
        final String nothing = "Event-Name: CHANNEL_HANGUP\n\n";
        final String frame = "Content-Length: " + nothing.length() + "\nContent-Type: text/event-plain\n\n" + nothing;
        say(frame + EslCommands.event("CHANNEL_HANGUP", "another", "X: " + "x".repeat(100_000) + "\nHangup-Cause: NO_ANSWER\n") + frame);
        say(EslCommands.event("CHANNEL_ANSWER", "9".repeat(500), "") + EslCommands.event("CHANNEL_ANSWER", "", ""));
        assertEquals(List.of(), log.lines());
        say(EslCommands.event("CHANNEL_HANGUP", LEG, ""));
        assertEquals(List.of("1 FAILED"), log.lines());
    }
}
