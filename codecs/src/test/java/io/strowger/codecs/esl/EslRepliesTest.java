package io.strowger.codecs.esl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.Actions;
import io.strowger.codecs.action.ResultLog;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * What replies and events of a FreeSWITCH server say about actions.
 */
final class EslRepliesTest {
    private static final SignalSink NO_SINK = (buffer, offset, length) -> true;
    private static final String LEG = "11111111-2222-3333-4444-555555555555";

    private final EslActions connection = new EslActions(EslCommands.settings(ActionLimits.of(3, 7)), ResultLog.NOW_NS);
    private final ResultLog log = new ResultLog();

    EslRepliesTest() {
        connection.connected();
    }

    private String send(final Actions action, final long sequence) {
        return EslCommands.parse(new String(action.command(connection, sequence), StandardCharsets.UTF_8)).get(0);
    }

    private void accept(final String id) {
        say(EslCommands.reply("+OK Job-UUID: " + id, id));
    }

    private void say(final String text) {
        final UnsafeBuffer bytes = new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(bytes.capacity(), connection.onBytes(bytes, 0, bytes.capacity(), ResultLog.NOW_NS, log));
    }

    @Test
    void shouldTakeTheReplyForSentAndTheJobForTheOutcome() {
        final String id = send(Actions.full("HangUp"), 1);
        accept(id);
        assertEquals(List.of("1 SENT"), log.lines());
        say(EslCommands.job(id, "-ERR No such channel!\n"));
        assertEquals(List.of("1 SENT", "1 FAILED -ERR No such channel!"), log.lines());
    }

    @Test
    void shouldTakeAJobThatComesBeforeItsReply() {
        final String id = send(Actions.full("HangUp"), 1);
        say(EslCommands.job(id, "+OK\n"));
        accept(id);
        assertEquals(List.of("1 DONE"), log.lines());
        assertEquals(1, connection.lateCount());
    }

    @Test
    void shouldKnowTheWordsOfAChat() {
        say(EslCommands.job(send(Actions.full("SendSms"), 1), "Sent"));
        say(EslCommands.job(send(Actions.full("SendSms"), 2), "Error! Message Not Sent"));
        say(EslCommands.job(send(Actions.full("SendSms"), 3), "Invalid"));
        say(EslCommands.job(send(Actions.full("SendSms"), 4), ""));
        assertEquals(List.of("1 DONE", "2 FAILED Error! Message Not Sent", "3 FAILED Invalid", "4 FAILED refused"), log.lines());
    }

    @Test
    void shouldGiveARefusalWithoutJobToTheOnlyActionThatWaits() {
        say(EslCommands.reply("-ERR permission denied", ""));
        send(Actions.full("HangUp"), 1);
        say(EslCommands.reply("+OK event listener enabled plain", ""));
        assertEquals(List.of(), log.lines());
        say(EslCommands.reply("-ERR permission denied", ""));
        assertEquals(List.of("1 FAILED -ERR permission denied"), log.lines());
        send(Actions.full("HangUp"), 2);
        send(Actions.full("HangUp"), 3);
        say(EslCommands.reply("-ERR permission denied", ""));
        assertEquals(1, log.lines().size());
        assertEquals(3, connection.unmatchedCount());
    }

    @Test
    void shouldTakeTheLegThatIsAnsweredForTheOutcomeNotTheJob() {
        final String first = send(Actions.full("Answer").text("nativeId", LEG), 1);
        accept(first);
        say(EslCommands.job(first, "+OK Success\n"));
        send(Actions.full("Answer").text("nativeId", "gone"), 2);
        say(EslCommands.event("CHANNEL_ANSWER", "another", ""));
        assertEquals(List.of("1 SENT"), log.lines());
        say(EslCommands.event("CHANNEL_ANSWER", LEG, ""));
        say(EslCommands.event("CHANNEL_HANGUP", "gone", "Hangup-Cause: NO_ANSWER\n"));
        assertEquals(List.of("1 SENT", "1 DONE", "2 FAILED NO_ANSWER"), log.lines());
    }

    @Test
    void shouldTellEveryoneWhoAskedForTheLegToBeAnswered() {
        send(Actions.full("Answer").text("nativeId", LEG), 1);
        send(Actions.full("Answer").text("nativeId", LEG).text("clientId", "wallboard"), 2);
        say(EslCommands.event("CHANNEL_ANSWER", LEG, ""));
        send(Actions.full("Answer").text("nativeId", "8.8"), 3);
        send(Actions.full("Answer").text("nativeId", "8.8"), 4);
        say(EslCommands.event("CHANNEL_HANGUP", "8.8", "Hangup-Cause: User%20busy\n"));
        assertEquals(List.of("1 DONE", "2 DONE", "3 FAILED User busy", "4 FAILED User busy"), log.lines());
    }

    /** The server finds no document, and hangs up without a word of the fax. */
    @Test
    void shouldFailAFaxWhoseLegIsGoneWithoutAResult() {
        final String none = send(Actions.full("SendFax"), 1);
        final String good = send(Actions.full("SendFax"), 2);
        for (final String id : List.of(none, good)) {
            accept(id);
            say(EslCommands.job(id, "+OK " + id + "\n"));
        }
        say(EslCommands.event("CHANNEL_HANGUP", none, "Hangup-Cause: NORMAL_CLEARING\n"));
        say(EslCommands.event("CHANNEL_HANGUP", good, "Hangup-Cause: NORMAL_CLEARING\n"));
        assertEquals(List.of("1 SENT", "2 SENT"), log.lines(), "what is told of the fax comes before the leg is destroyed");
        say(EslCommands.event("CUSTOM", good, "Event-Subclass: spandsp%3A%3Atxfaxresult\nfax-success: 1\n"));
        say(EslCommands.event("CHANNEL_DESTROY", good, "Hangup-Cause: NORMAL_CLEARING\n"));
        say(EslCommands.event("CHANNEL_DESTROY", "another", "Hangup-Cause: NORMAL_CLEARING\n"));
        say(EslCommands.event("CHANNEL_DESTROY", none, "Hangup-Cause: NORMAL_CLEARING\n"));
        assertEquals(List.of("2 DONE", "1 FAILED NORMAL_CLEARING"), log.lines().subList(2, log.lines().size()));
        assertEquals(0, connection.pendingCount());
    }

    @Test
    void shouldAllocateNothingWhenTheLegOfAFaxIsGone() {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            final StringBuilder text = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                text.append(EslCommands.event("CHANNEL_DESTROY", send(Actions.full("SendFax"), i), "Hangup-Cause: NORMAL_CLEARING\n"));
            }
            final UnsafeBuffer bytes = new UnsafeBuffer(text.toString().getBytes(StandardCharsets.UTF_8));
            final long before = threads.getCurrentThreadAllocatedBytes();
            assertEquals(bytes.capacity(), connection.onBytes(bytes, 0, bytes.capacity(), ResultLog.NOW_NS, NO_SINK));
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertEquals(0, connection.pendingCount());
        }
        assertEquals(0, least);
    }

    @Test
    void shouldFollowAFaxBehindItsCall() {
        final String good = send(Actions.full("SendFax"), 1);
        final String bad = send(Actions.full("SendFax"), 2);
        final String busy = send(Actions.full("SendFax"), 3);
        for (final String id : List.of(good, bad, busy)) {
            accept(id);
            say(EslCommands.job(id, id.equals(busy) ? "-ERR USER_BUSY\n" : "+OK " + id + "\n"));
        }
        assertEquals(List.of("1 SENT", "2 SENT", "3 SENT", "3 FAILED -ERR USER_BUSY"), log.lines());
        final String result = "Event-Subclass: spandsp%3A%3Atxfaxresult\nfax-success: ";
        say(EslCommands.event("CUSTOM", good, result + "1\nfax-result-text: OK\n"));
        say(EslCommands.event("CUSTOM", bad, result + "0\nfax-result-text: Disconnected%20after%20permitted%20retries\n"));
        assertEquals(List.of("1 DONE", "2 FAILED Disconnected after permitted retries"), log.lines().subList(4, 6));
    }

    @Test
    void shouldLeaveAnAttendedTransferOpenThatTheServerSaysNothingMoreOf() {
        final String id = send(Actions.full("TransferCall").value("kind", 1), 1);
        accept(id);
        say(EslCommands.job(id, "+OK Message sent\n"));
        assertEquals(List.of("1 SENT"), log.lines());
        assertEquals(1, connection.pendingCount());
    }

    @Test
    void shouldReadEventsInJson() {
        final String id = send(Actions.full("HangUp"), 1);
        final String event = "{\"Event-Name\":\"BACKGROUND_JOB\",\"Job-UUID\":\"" + id +
            "\",\"Content-Length\":\"4\",\"_body\":\"+OK\\n\"}";
        say("Content-Length: " + event.length() + "\nContent-Type: text/event-json\n\n" + event);
        assertEquals(List.of("1 DONE"), log.lines());
    }
}
