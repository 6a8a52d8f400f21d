package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.ActionRefusal;
import io.strowger.codecs.action.Actions;
import io.strowger.codecs.action.CommandText;
import io.strowger.codecs.action.ResultLog;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Actions that an event of an Asterisk server decides, when the server says nothing, says it twice, or says it in another order.
 */
final class AmiDecidersTest {
    private static final String LEG = "1795624246.41";
    private static final long SECOND = 1_000_000_000L;
    private static final String UP = "Event: Newstate\nChannelState: 6\nUniqueid: " + LEG + "\n\n";
    private static final String GONE = "Event: Hangup\nUniqueid: " + LEG + "\nCause-txt: User busy\n\n";

    private final AmiActions connection = new AmiActions(AmiCommands.settings(ActionLimits.of(3, 7)), ResultLog.NOW_NS);
    private final boolean[] hasRoom = {true};
    private final ResultLog log = new ResultLog(() -> hasRoom[0]);

    AmiDecidersTest() {
        connection.connected();
    }

    private String send(final Actions action, final long sequence) {
        action.value("deadline", ResultLog.NOW_NS + 30 * SECOND);
        return AmiCommands.parse(new String(action.command(connection, sequence), StandardCharsets.UTF_8)).get("ActionID");
    }

    private int offer(final String text, final SignalSink sink) {
        final UnsafeBuffer bytes = new UnsafeBuffer(Ami.stream(text));
        return connection.onBytes(bytes, 0, bytes.capacity(), ResultLog.NOW_NS, sink);
    }

    private void say(final String text) {
        assertEquals(Ami.stream(text).length, offer(text, log));
    }

    private void accept(final String id) {
        say("Response: Success\nActionID: " + id + "\nMessage: so it is\n\n");
    }

    private static Actions attended() {
        return Actions.full("TransferCall").value("kind", 1);
    }

    private static String transferred(final String result, final String more) {
        return "Event: AttendedTransfer\nResult: " + result + "\nOrigTransfererUniqueid: " + LEG + "\n" + more + "\n";
    }

    @Test
    void shouldEndAtTheDeadlineWhatTheServerSaysNothingOf() {
        send(Actions.full("Answer"), 1);
        send(Actions.full("SendFax"), 2);
        send(attended(), 3);
        send(Actions.full("TransferCall").value("kind", 0), 4);
        accept(send(Actions.full("Answer"), 5));
        accept(send(Actions.full("SendFax"), 6));
        accept(send(attended(), 7));
        assertTrue(connection.expire(ResultLog.NOW_NS + 30 * SECOND, log));
        assertTrue(connection.expire(ResultLog.NOW_NS + 60 * SECOND, log));
        final List<String> wanted = new ArrayList<>(List.of("5 SENT", "6 SENT", "7 SENT"));
        for (int i = 1; i <= 7; i++) {
            wanted.add(i + " TIMED_OUT no outcome was told in time");
        }
        assertEquals(wanted, log.lines());
        say(UP + GONE + transferred("Success", ""));
        assertEquals(10, log.results().size());
        assertEquals(0, connection.pendingCount());
    }

    @Test
    void shouldTellOnceWhatTheServerSaysTwice() {
        final String answer = send(Actions.full("Answer"), 1);
        accept(answer);
        accept(answer);
        say(UP + UP + GONE);
        final String fax = send(Actions.full("SendFax"), 2);
        final String call = "Event: OriginateResponse\nActionID: " + fax + "\nResponse: Success\nUniqueid: " + fax + "\n\n";
        accept(fax);
        accept(fax);
        say(call + call + ("Event: SendFAX\nUniqueid: " + fax + "\nPagesTransferred: 3\n\n").repeat(2));
        final String transfer = send(attended(), 3);
        accept(transfer);
        accept(transfer);
        say(transferred("Success", "") + transferred("Fail", ""));
        final String blind = send(Actions.full("TransferCall").value("kind", 0), 4);
        accept(blind);
        say("Response: Error\nActionID: " + blind + "\nMessage: no\n\n");
        assertEquals(List.of("1 SENT", "1 DONE", "2 SENT", "2 DONE", "3 SENT", "3 DONE", "4 DONE"), log.lines());
    }

    @Test
    void shouldTakeTheEventThatComesBeforeTheReplyOfAnAnswerOrAFax() {
        final String answer = send(Actions.full("Answer"), 1);
        say(UP);
        accept(answer);
        final String fax = send(Actions.full("SendFax"), 2);
        say("Event: OriginateResponse\nActionID: " + fax + "\nResponse: Success\nUniqueid: 9.9\n\n");
        say("Event: SendFAX\nUniqueid: 9.9\nPagesTransferred: 3\n\n");
        accept(fax);
        assertEquals(List.of("1 DONE", "2 SENT", "2 DONE"), log.lines());
    }

    @Test
    void shouldLeaveATransferThatIsOverBeforeOursIsQueuedToWhoDidIt() {
        final String id = send(attended(), 1);
        say(transferred("Success", ""));
        accept(id);
        assertEquals(List.of("1 SENT"), log.lines());
        say(transferred("Success", ""));
        assertEquals(List.of("1 SENT", "1 DONE"), log.lines());
    }

    /** A phone transfers with a second call of its own, what the server was told to do has one leg for both. */
    @Test
    void shouldLeaveATransferWithASecondLegToThePhoneThatDidIt() {
        accept(send(attended(), 1));
        say(transferred("Success", "SecondTransfererUniqueid: 1795624250.43\nTransferTargetChannel: PJSIP/102-00000020\n"));
        say(transferred("Fail", "SecondTransfererUniqueid: 1795624250.43\n"));
        assertEquals(List.of("1 SENT"), log.lines());
        say(transferred("Success", "SecondTransfererUniqueid: " + LEG + "\nTransferTargetChannel: PJSIP/102-00000020\n"));
        assertEquals(List.of("1 SENT", "1 DONE"), log.lines());
    }

    @Test
    void shouldLeaveATransferToAnotherNumberToWhoDialledIt() {
        final String second = "SecondTransfererUniqueid: " + LEG + "\nTransferTargetChannel: ";
        accept(send(attended(), 1));
        for (final String target : List.of("Local/103@internal-00000001;1", "Local/10@internal-00000001;1", "Local/1024@internal-1;1")) {
            say(transferred("Success", second + target + "\n"));
            say(transferred("Fail", second + target + "\n"));
        }
        assertEquals(List.of("1 SENT"), log.lines());
        say(transferred("Success", second + "Local/102@internal-00000002;1\n"));
        assertEquals(List.of("1 SENT", "1 DONE"), log.lines());
        accept(send(attended(), 2));
        say(transferred("Success", second + "Local/103@from-queue-00000001;1\n"));
        assertEquals(List.of("2 SENT", "2 DONE"), log.lines().subList(2, 4), "a hop of the dialplan behind the number");
    }

    /** The name of the other context only begins like ours. */
    @Test
    void shouldTakeATransferThatEndsInALongerContextForItsOwn() {
        final List<String> targets = List.of("Local/555@internal-east-00000001;1", "Local/555@internal-cafe-00000001;2",
            "Local/555@internal-;1", "Local/555@internal-00000001", "Local/555@internal-00000001;", "Local/555@internal-00000001;a",
            "Local/555@internal-00000001;1-00000001;1", "Local/555@internals-00000001;1");
        for (int i = 0; i < targets.size(); i++) {
            accept(send(attended(), i));
            say(transferred("Success", "TransferTargetChannel: " + targets.get(i) + "\n"));
            assertEquals(List.of(i + " SENT", i + " DONE"), log.lines().subList(2 * i, log.lines().size()), targets.get(i));
        }
        accept(send(attended(), 100));
        say(transferred("Success", "TransferTargetChannel: Local/555@internal-0000002a;1\n"));
        say(transferred("Success", "TransferTargetChannel: Local/555@internal-0000002a;2\n"));
        assertEquals(1, connection.pendingCount());
    }

    @Test
    void shouldKeepTheWholeNumberOfATransferHoweverLongItMayBe() {
        final String longest = "1".repeat(CommandText.MAX_WORD);
        accept(send(attended().text("number", longest), 1));
        say(transferred("Success", "TransferTargetChannel: Local/" + longest.substring(1) + "@internal-00000001;1\n"));
        assertEquals(List.of("1 SENT"), log.lines());
        say(transferred("Success", "TransferTargetChannel: Local/" + longest + "@internal-00000002;1\n"));
        assertEquals(List.of("1 SENT", "1 DONE"), log.lines());
        assertEquals(ActionRefusal.TOO_LONG, attended().text("number", longest + '1').refusal(connection));
    }

    @Test
    void shouldTellAllWhoAskedForTheLegToBeAnsweredHoweverManyTheyAre() {
        final List<String> wanted = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            send(Actions.full("Answer").text("key", "key-" + i), i);
            send(Actions.full("Answer").text("nativeId", "2.2"), 100 + i);
            wanted.add(i + " FAILED User busy");
        }
        say(GONE);
        assertEquals(wanted, log.lines());
        assertEquals(40, connection.pendingCount());
        say("Event: Newstate\nChannelState: 6\nUniqueid: 2.2\n\n");
        assertEquals(0, connection.pendingCount());
    }

    @Test
    void shouldTellAllOfThemAlsoWhenTheSinkHasNoRoomNowAndThen() {
        for (int i = 1; i <= 20; i++) {
            send(Actions.full("Answer"), i);
        }
        final int[] offers = new int[1];
        final ResultLog slow = new ResultLog(() -> ++offers[0] % 3 == 0);
        final byte[] said = Ami.stream(GONE + "Event: Newstate\nChannelState: 6\nUniqueid: " + LEG + "\n\n");
        final UnsafeBuffer bytes = new UnsafeBuffer(said);
        int at = 0;
        while (at < said.length) {
            at += connection.onBytes(bytes, at, said.length - at, ResultLog.NOW_NS, slow);
        }
        assertEquals(20, slow.lines().size());
        assertTrue(slow.lines().stream().allMatch(line -> line.endsWith(" FAILED User busy")), () -> slow.lines().toString());
    }

    @Test
    void shouldTellTheEndOfTheLegAlsoWhenTheDeadlineOrALossComesBeforeThereIsRoom() {
        for (int i = 1; i <= 30; i++) {
            send(Actions.full("Answer"), i);
        }
        hasRoom[0] = false;
        final int taken = offer(GONE, log);
        send(Actions.full("Answer"), 31);
        hasRoom[0] = true;
        assertTrue(connection.expire(ResultLog.NOW_NS + 30 * SECOND, log));
        final byte[] said = Ami.stream(GONE);
        assertEquals(said.length - taken, connection.onBytes(new UnsafeBuffer(said), taken, said.length - taken, ResultLog.NOW_NS, log));
        assertEquals(30, log.lines().stream().filter(line -> line.endsWith("FAILED User busy")).count());
        assertEquals("31 TIMED_OUT no outcome was told in time", log.lines().get(30));
        for (int i = 1; i <= 30; i++) {
            send(Actions.full("Answer"), 100 + i);
        }
        hasRoom[0] = false;
        offer(UP, log);
        hasRoom[0] = true;
        assertTrue(connection.disconnected(ResultLog.NOW_NS, log));
        assertEquals(30, log.lines().stream().filter(line -> line.endsWith(" DONE")).count());
    }

    @Test
    void shouldTellARefusalBehindAllThatIsToBeToldOfALeg() {
        final List<String> wanted = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            send(Actions.full("Answer"), i);
            wanted.add(i + " FAILED User busy");
        }
        hasRoom[0] = false;
        offer(GONE, log);
        final int code = Actions.full("HangUp").text("nativeId", "/all/").refusal(connection).code();
        final ResultLog full = new ResultLog(() -> false);
        assertFalse(connection.refused(21, code, ResultLog.NOW_NS, full), "the leg is still to be told of");
        hasRoom[0] = true;
        assertTrue(connection.refused(21, code, ResultLog.NOW_NS, log));
        wanted.add("21 FAILED unknown target: nativeId");
        assertEquals(wanted, log.lines());
    }

    @Test
    void shouldCutALongReasonOfALegBetweenTwoSigns() {
        final String most = "x".repeat(255);
        for (final String sign : List.of("\u00FC", "\u738B", "\uD83D\uDE00")) {
            send(Actions.full("Answer"), 1);
            say("Event: Hangup\nUniqueid: " + LEG + "\nCause-txt: " + most + sign + "y".repeat(100) + "\n\n");
            assertEquals("1 FAILED " + most, log.lines().get(log.lines().size() - 1), sign);
        }
        send(Actions.full("Answer"), 2);
        say("Event: Hangup\nUniqueid: " + LEG + "\nCause-txt: " + most + "yz\n\n");
        assertEquals("2 FAILED " + most + "y", log.lines().get(log.lines().size() - 1));
    }

    @Test
    void shouldAllocateNothingWhenManyHearOfOneLeg() {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final UnsafeBuffer gone = new UnsafeBuffer(Ami.stream(GONE));
        final UnsafeBuffer moved = new UnsafeBuffer(Ami.stream(transferred("Success", "TransferTargetChannel: Local/9@internal-1;1\n")));
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            for (int i = 0; i < 100; i++) {
                send(Actions.full("Answer"), i);
            }
            accept(send(attended(), 100));
            final SignalSink sink = (buffer, offset, length) -> true;
            final long before = threads.getCurrentThreadAllocatedBytes();
            connection.onBytes(moved, 0, moved.capacity(), ResultLog.NOW_NS, sink);
            connection.onBytes(gone, 0, gone.capacity(), ResultLog.NOW_NS, sink);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertEquals(1, connection.pendingCount());
            connection.expire(Long.MAX_VALUE, sink);
        }
        assertEquals(0, least);
    }
}
