package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.ActionRefusal;
import io.strowger.codecs.action.Actions;
import io.strowger.codecs.action.ResultLog;
import io.strowger.codecs.ami.AmiActionSettings.Membership;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The bytes of each AMI action.
 */
final class AmiActionWriterTest {
    private static final String ID = "8eb56a6c-3879-80a0-8000-000000000001";
    private static final String LEG = "1795624246.41";

    private static String written(final AmiActionSettings settings, final Actions action) {
        final AmiActions connection = new AmiActions(settings, ResultLog.NOW_NS);
        connection.connected();
        return new String(action.command(connection, 1), StandardCharsets.UTF_8);
    }

    private static void assertWritten(final String wanted, final Actions action) {
        assertWritten(wanted, settings(), action);
    }

    private static void assertWritten(final String wanted, final AmiActionSettings settings, final Actions action) {
        assertEquals(wanted.replace("#", "ActionID: " + ID).replace("\n", "\r\n"), written(settings, action));
    }

    private static AmiActionSettings settings() {
        return AmiCommands.settings(ActionLimits.of(3, 7));
    }

    @Test
    void shouldRingTheUserAndThenCallTheNumber() {
        final String command = "Action: Originate\n#\nChannel: PJSIP/101\nContext: internal\nExten: 102\nPriority: 1\nCallerID: %s\n" +
            "Timeout: 30000\nAsync: true\nChannelId: " + ID + "\n\n";
        assertWritten(command.formatted("\"Click to Call\" <102>"), Actions.full("GenerateCall"));
        assertWritten(command.formatted("\"Zoë & O'Brien, 王\" <102>"), Actions.full("GenerateCall").text("name", "Zoë & O'Brien, 王"));
        assertWritten(command.formatted("<102>"), Actions.full("GenerateCall").text("name", ""));
    }

    /** Who asks hears that nobody answered before his deadline, and nobody is called whose answer comes behind it. */
    @Test
    void shouldCallNoLongerThanToTheDeadline() {
        for (final String name : List.of("GenerateCall", "SendFax")) {
            assertTimeout(name, 90_000, 30_000);
            assertTimeout(name, 30_000, 29_000);
            assertTimeout(name, 5_000, 4_000);
            assertTimeout(name, 1_000, 500);
            assertTimeout(name, 1, 1);
        }
    }

    private static void assertTimeout(final String name, final long deadlineMs, final long timeoutMs) {
        final String command = written(settings(), Actions.full(name).value("deadline", ResultLog.NOW_NS + deadlineMs * 1_000_000));
        assertTrue(command.contains("\r\nTimeout: " + timeoutMs + "\r\n"), command);
    }

    @Test
    void shouldTellThePhoneToAnswer() {
        assertWritten("Action: PJSIPNotify\n#\nChannel: " + LEG + "\nVariable: Event=talk\n\n", Actions.full("Answer"));
        final AmiActions without = new AmiActions(settings().answersByNotify(false), 1);
        without.connected();
        assertEquals(ActionRefusal.NOT_SUPPORTED, Actions.full("Answer").refusal(without));
    }

    @Test
    void shouldHangUp() {
        assertWritten("Action: Hangup\n#\nChannel: " + LEG + "\n\n", Actions.full("HangUp"));
        assertWritten("Action: Hangup\n#\nChannel: " + LEG + "\nCause: 17\n\n", Actions.full("HangUp").value("causeCode", 17));
    }

    @Test
    void shouldTransferThePartnerOfAUsersLegAndALegWithoutUserItself() {
        assertWritten("Action: BlindTransfer\n#\nChannel: " + LEG + "\nContext: internal\nExten: 102\n\n",
            Actions.full("TransferCall").value("kind", 0));
        assertWritten("Action: Redirect\n#\nChannel: " + LEG + "\nContext: internal\nExten: 102\nPriority: 1\n\n",
            Actions.full("TransferCall").value("kind", 0).text("user", ""));
        assertWritten("Action: Atxfer\n#\nChannel: " + LEG + "\nContext: internal\nExten: 102\n\n",
            Actions.full("TransferCall").value("kind", 1));
        assertWritten("Action: Park\n#\nChannel: " + LEG + "\nParkinglot: default\n\n",
            Actions.full("TransferCall").value("kind", 0).text("user", "").text("number", "700"));
    }

    @Test
    void shouldForwardTheCallingLegOrAllLaterCallsOfAUser() {
        assertWritten("Action: Redirect\n#\nChannel: " + LEG + "\nContext: internal\nExten: 102\nPriority: 1\n\n",
            Actions.full("ForwardCall"));
        assertWritten("Action: DBPut\n#\nFamily: CF\nKey: 101\nVal: 102\n\n",
            Actions.full("ForwardCall").text("nativeId", "").text("user", "101"));
    }

    @Test
    void shouldWriteWhatTheSettingsSayInUtf8() {
        final String command = written(settings().context("büro"), Actions.full("GenerateCall"));
        assertTrue(command.contains("\r\nContext: büro\r\n"), command);
    }

    @Test
    void shouldRecord() {
        final String command = "Action: MixMonitor\n#\nChannel: " + LEG + "\nFile: /var/spool/asterisk/monitor/%s\n\n";
        assertWritten(command.formatted("2026/call-7.wav"), Actions.full("StartRecording").text("reference", "2026/call-7"));
        assertWritten(command.formatted("call-7.gsm"), Actions.full("StartRecording").text("reference", "call-7.gsm"));
        assertWritten(command.formatted(ID + ".wav"), Actions.full("StartRecording").text("reference", ""));
        assertWritten("Action: StopMixMonitor\n#\nChannel: " + LEG + "\n\n", Actions.full("StopRecording"));
    }

    @Test
    void shouldLogInAndOffAGroup() {
        assertWritten("Action: QueueAdd\n#\nQueue: helpdesk\nInterface: PJSIP/101\n\n", Actions.full("GroupLogIn"));
        assertWritten("Action: QueueRemove\n#\nQueue: helpdesk\nInterface: PJSIP/101\n\n", Actions.full("GroupLogOff"));
        final String pause = "Action: QueuePause\n#\nQueue: helpdesk\nInterface: PJSIP/101\nPaused: %s\n\n";
        assertWritten(pause.formatted("false"), settings().membership(Membership.STATIC), Actions.full("GroupLogIn"));
        assertWritten(pause.formatted("true"), settings().membership(Membership.STATIC), Actions.full("GroupLogOff"));
    }

    @Test
    void shouldSendAFax() {
        assertWritten("Action: Originate\n#\nChannel: PJSIP/102@trunk\nApplication: SendFAX\n" +
            "Data: /var/spool/asterisk/fax/invoice-7.tif\nCallerID: <101>\nTimeout: 30000\nAsync: true\nChannelId: " + ID + "\n\n",
            Actions.full("SendFax"));
        final AmiActions without = new AmiActions(new AmiActionSettings(ActionLimits.of(3, 7)), 1);
        without.connected();
        assertEquals(ActionRefusal.NOT_SUPPORTED, Actions.full("SendFax").refusal(without));
    }

    @Test
    void shouldSendAText() {
        assertWritten("Action: MessageSend\n#\nTo: pjsip:102\nFrom: sip:101\nBody: Hello: \"you\", 'it' is 5 | 6 \\ ?\n\n",
            Actions.full("SendSms").text("text", "Hello: \"you\", 'it' is 5 | 6 \\ ?"));
        assertWritten("Action: MessageSend\n#\nTo: pjsip:102\nBody: Grüße 😀\n\n",
            Actions.full("SendSms").text("text", "Grüße 😀").text("user", ""));
    }

    @Test
    void shouldRefuseWhatTheServerWouldNotReadOrCut() {
        final AmiActions connection = new AmiActions(settings(), 1);
        connection.connected();
        assertNull(Actions.full("SendSms").text("text", "x".repeat(1024 - "Body: \r\n".length())).refusal(connection));
        assertNull(Actions.full("GroupLogIn").text("user", "u".repeat(64)).refusal(connection));
        assertEquals(ActionRefusal.TOO_LONG, Actions.full("GroupLogIn").text("user", "u".repeat(65)).refusal(connection));
        assertEquals(ActionRefusal.TOO_LONG,
            Actions.full("SendSms").text("text", "x".repeat(1025 - "Body: \r\n".length())).refusal(connection));
    }
}
