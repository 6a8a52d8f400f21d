package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.Actions;
import io.strowger.codecs.action.ResultLog;
import io.strowger.codecs.sbe.ActionStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * What replies and events of an Asterisk server say about actions (pains A10, A12 to A14, B2).
 */
final class AmiRepliesTest {
    private static final String LEG = "1795624246.41";

    private final AmiActions connection = new AmiActions(AmiCommands.settings(ActionLimits.of(3, 7)), ResultLog.NOW_NS);
    private final ResultLog log = new ResultLog();

    AmiRepliesTest() {
        connection.connected();
    }

    private String send(final Actions action, final long sequence) {
        return AmiCommands.parse(new String(action.command(connection, sequence), StandardCharsets.UTF_8)).get("ActionID");
    }

    private void say(final String text) {
        final UnsafeBuffer bytes = new UnsafeBuffer(Ami.stream(text));
        assertEquals(bytes.capacity(), connection.onBytes(bytes, 0, bytes.capacity(), ResultLog.NOW_NS, log));
    }

    @Test
    void shouldGiveAReplyWithoutIdToTheOnlyActionThatWaits() {
        send(Actions.full("HangUp"), 1);
        say("Response: Error\nMessage: No such channel\n\n");
        assertEquals(List.of("1 FAILED No such channel"), log.lines());
        assertEquals(0, connection.unmatchedCount());
    }

    @Test
    void shouldCountAReplyWithoutIdWhenNoneOrMoreThanOneWaitsOrItIsToSomethingElse() {
        say("Response: Success\nEvents: Off\n\n");
        say("Response: Success\n\n");
        final String first = send(Actions.full("HangUp"), 1);
        say("Response: Success\nEvents: Off\n\n");
        send(Actions.full("HangUp"), 2);
        say("Response: Success\nMessage: Channel Hungup\n\n");
        assertEquals(4, connection.unmatchedCount());
        assertEquals(List.of(), log.lines());
        say("Response: Success\nActionID: " + first + "\nMessage: Channel Hungup\n\n");
        say("Response: Success\nMessage: Channel Hungup\n\n");
        assertEquals(List.of("1 DONE", "2 DONE"), log.lines());
    }

    @Test
    void shouldNotTakeAReplyWithoutIdForAnActionThatOnlyWaitsForItsOutcome() {
        final String call = send(Actions.full("GenerateCall"), 1);
        say("Response: Success\nActionID: " + call + "\nMessage: Originate successfully queued\n\n");
        say("Response: Error\nMessage: Permission denied\n\n");
        assertEquals(List.of("1 SENT"), log.lines());
        assertEquals(1, connection.unmatchedCount());
    }

    @Test
    void shouldJoinOnlyEventsOfTheSameId() {
        final String call = send(Actions.full("GenerateCall"), 1);
        say("Response: Success\nActionID: " + call + "\n\n");
        say("Event: OriginateResponse\nActionID: a1\nResponse: Success\n\n");
        say("Event: OriginateResponse\nResponse: Success\nUniqueid: " + call + "\n\n");
        say("Event: Newchannel\nUniqueid: 1.1\n\nEvent: QueueMember\nActionID: " + call + "\n\n");
        say("Event: UserEvent\nUserEvent: OriginateResponse\nActionID: " + call + "\nResponse: Success\n\n");
        assertEquals(List.of("1 SENT"), log.lines());
        say("Event: OriginateResponse\nActionID: " + call + "\nResponse: Failure\nReason: 5\n\n");
        assertEquals(List.of("1 SENT", "1 FAILED call failed, reason 5"), log.lines());
    }

    @Test
    void shouldReadTheIdInFrontOfTheResponse() {
        final String id = send(Actions.full("HangUp"), 1);
        say("ActionID: " + id + "\nResponse: Success\n\n");
        assertEquals(List.of("1 DONE"), log.lines());
        final String call = send(Actions.full("GenerateCall"), 2);
        say("ActionID: " + call + "\nReason: 4\nUniqueid: 9.9\nResponse: Success\nEvent: OriginateResponse\n\n");
        assertEquals("9.9", log.results().get(1).nativeId());
        assertEquals(ActionStatus.DONE, log.results().get(1).status());
    }

    @Test
    void shouldInventNoMatchForAStatusOfSomethingTheActionHasSent() {
        final String id = send(Actions.full("SendSms"), 1);
        say("Event: DongleSMSStatus\nDevice: d1\nID: 0xb7\nStatus: Sent\n\n");
        assertEquals(List.of(), log.lines());
        say("Response: Success\nActionID: " + id + "\nMessage: Message successfully sent\n\n");
        assertEquals(List.of("1 DONE"), log.lines());
    }

    @Test
    void shouldTakeAQueuedAttendedTransferForSentAndItsEventForTheOutcome() {
        final String done = send(Actions.full("TransferCall").value("kind", 1), 1);
        final String failed = send(Actions.full("TransferCall").value("kind", 1).text("nativeId", "2.2"), 2);
        say("Response: Success\nActionID: " + done + "\nMessage: Atxfer successfully queued\n\n");
        say("Response: Success\nActionID: " + failed + "\nMessage: Atxfer successfully queued\n\n");
        say("Event: AttendedTransfer\nResult: Success\nOrigTransfererUniqueid: 3.3\nSecondTransfererUniqueid: " + LEG + "\n\n");
        assertEquals(List.of("1 SENT", "2 SENT"), log.lines());
        say("Event: AttendedTransfer\nResult: Success\nOrigTransfererUniqueid: " + LEG + "\n\n");
        say("Event: AttendedTransfer\nResult: Not Permitted\nOrigTransfererUniqueid: 2.2\n\n");
        assertEquals(List.of("1 SENT", "2 SENT", "1 DONE", "2 FAILED Not Permitted"), log.lines());
    }

    @Test
    void shouldKeepItsOwnLegWhenTheServerNamesNoneOrOneThatIsTooLong() {
        for (final String leg : List.of("<unknown>", "", "9".repeat(161))) {
            final String call = send(Actions.full("GenerateCall"), 1);
            say("Event: OriginateResponse\nActionID: " + call + "\nResponse: Success\nUniqueid: " + leg + "\n\n");
            assertEquals(call, log.results().get(log.results().size() - 1).nativeId());
        }
    }

    @Test
    void shouldNotChooseBetweenTwoActionsOfTheSameLeg() {
        send(Actions.full("TransferCall").value("kind", 1), 1);
        send(Actions.full("TransferCall").value("kind", 1), 2);
        say("Event: AttendedTransfer\nResult: Success\nOrigTransfererUniqueid: " + LEG + "\n\n");
        assertEquals(List.of(), log.lines());
    }

    @Test
    void shouldTakeTheLegThatIsUpForAnsweredNotTheWordThatThePhoneWasTold() {
        final String id = send(Actions.full("Answer"), 1);
        final String gone = send(Actions.full("Answer").text("nativeId", "2.2"), 2);
        say("Response: Success\nActionID: " + id + "\nMessage: NOTIFY sent\n\n");
        say("Event: Newstate\nChannelState: 5\nUniqueid: " + LEG + "\n\nEvent: Newstate\nChannelState: 6\nUniqueid: 3.3\n\n");
        assertEquals(List.of("1 SENT"), log.lines());
        say("Event: Newstate\nChannelState: 6\nUniqueid: " + LEG + "\n\n");
        say("Event: Hangup\nUniqueid: 2.2\nCause: 19\nCause-txt: User alerting, no answer\n\n");
        say("Response: Success\nActionID: " + gone + "\n\n");
        assertEquals(List.of("1 SENT", "1 DONE", "2 FAILED User alerting, no answer"), log.lines());
    }

    @Test
    void shouldTellEveryoneWhoAskedForTheLegToBeAnswered() {
        send(Actions.full("Answer").text("nativeId", LEG), 1);
        send(Actions.full("Answer").text("nativeId", LEG).text("clientId", "wallboard"), 2);
        say("Event: Newstate\nChannelState: 6\nUniqueid: " + LEG + "\n\n");
        send(Actions.full("Answer").text("nativeId", "8.8"), 3);
        send(Actions.full("Answer").text("nativeId", "8.8"), 4);
        say("Event: Hangup\nUniqueid: 8.8\nCause-txt: User busy\n\n");
        assertEquals(List.of("1 DONE", "2 DONE", "3 FAILED User busy", "4 FAILED User busy"), log.lines());
    }

    @Test
    void shouldFollowAFaxBehindItsCall() {
        final String good = send(Actions.full("SendFax"), 1);
        final String empty = send(Actions.full("SendFax"), 2);
        final String lost = send(Actions.full("SendFax"), 3);
        final String busy = send(Actions.full("SendFax"), 4);
        for (final String id : List.of(good, empty, lost, busy)) {
            say("Response: Success\nActionID: " + id + "\nMessage: Originate successfully queued\n\n");
            say("Event: OriginateResponse\nActionID: " + id + "\nResponse: " + (id.equals(busy) ? "Failure" : "Success") +
                "\nReason: 4\nUniqueid: " + id + "\n\n");
        }
        assertEquals(List.of("1 SENT", "2 SENT", "3 SENT", "4 SENT", "4 FAILED call failed, reason 4"), log.lines());
        say("Event: SendFAX\nUniqueid: " + good + "\nPagesTransferred: 3\n\n");
        say("Event: SendFAX\nUniqueid: " + empty + "\nPagesTransferred: 0\n\n");
        say("Event: Hangup\nUniqueid: " + good + "\nCause-txt: Normal Clearing\n\n");
        say("Event: Hangup\nUniqueid: " + lost + "\nCause-txt: Normal Clearing\n\n");
        assertEquals(List.of("1 DONE", "2 FAILED no page was sent", "3 FAILED Normal Clearing"), log.lines().subList(5, 8));
    }

    @Test
    void shouldWriteNamesAsTheyAreAndNoByteOrderMark() {
        final byte[] command = Actions.full("GenerateCall").text("name", "Zoë Ångström 王").command(connection, 1);
        assertEquals('A', command[0]);
        assertEquals("\"Zoë Ångström 王\" <102>", AmiCommands.parse(new String(command, StandardCharsets.UTF_8)).get("CallerID"));
    }

    @Test
    void shouldEndNothingByForeignTextOrTooLongBlocks() {
        send(Actions.full("HangUp"), 1);
        say("Asterisk Call Manager/9.0.0\n");
        say("Response: Follows\nPrivilege: Command\nResponse: Error\n--END COMMAND--\n\n");
        say("No queues have been created.\n\n\n\n");
        say("Event: Shutdown\nX: " + "y".repeat((1 << 20) + 10) + "\n\n");
        say("Response: Goodbye\nMessage: Thanks for all the fish.\n\n");
        assertEquals(List.of(), log.lines());
        assertEquals(1, connection.pendingCount());
    }
}
