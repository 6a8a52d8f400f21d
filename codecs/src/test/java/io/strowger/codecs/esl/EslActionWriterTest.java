package io.strowger.codecs.esl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.ActionRefusal;
import io.strowger.codecs.action.Actions;
import io.strowger.codecs.action.ResultLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The bytes of each background command.
 */
final class EslActionWriterTest {
    private static final String ID = "8eb56a6c-3879-80a0-8000-000000000001";
    private static final String LEG = "11111111-2222-3333-4444-555555555555";

    private static String line(final Actions action) {
        final EslActions connection = new EslActions(EslCommands.settings(ActionLimits.of(3, 7)), ResultLog.NOW_NS);
        connection.connected();
        final List<String> read = EslCommands.parse(new String(action.command(connection, 1), StandardCharsets.UTF_8));
        assertEquals(ID, read.get(0));
        return read.get(1);
    }

    private static Actions ofLeg(final String template) {
        return Actions.full(template).text("nativeId", LEG);
    }

    @Test
    void shouldBeOneCommandWithAJobIdOfItsOwn() {
        final EslActions connection = new EslActions(EslCommands.settings(ActionLimits.of(3, 7)), ResultLog.NOW_NS);
        connection.connected();
        assertEquals("bgapi uuid_kill " + LEG + "\nJob-UUID: " + ID + "\n\n",
            new String(ofLeg("HangUp").command(connection, 1), StandardCharsets.UTF_8));
    }

    @Test
    void shouldRingTheUserAndThenCallTheNumber() {
        final String command = "originate {origination_uuid=" + ID + "%s,origination_caller_id_number=102,originate_timeout=30," +
            "ignore_early_media=true}user/101@127.0.0.1 102 XML default";
        assertEquals(command.formatted(",origination_caller_id_name='Click to Call'"), line(Actions.full("GenerateCall")));
        assertEquals(command.formatted(""), line(Actions.full("GenerateCall").text("name", "")));
        assertEquals(command.formatted(",origination_caller_id_name='Zoë (R&D) 王'"),
            line(Actions.full("GenerateCall").text("name", "Zoë (R&D) 王")));
    }

    /** Who asks hears that nobody answered before his deadline, and nobody is called whose answer comes behind it. */
    @Test
    void shouldCallNoLongerThanToTheDeadline() {
        for (final String name : List.of("GenerateCall", "SendFax")) {
            assertTrue(line(inMs(name, 90_000)).contains("originate_timeout=30,"), name);
            assertTrue(line(inMs(name, 30_000)).contains("originate_timeout=29,"), name);
            assertTrue(line(inMs(name, 6_900)).contains("originate_timeout=5,"), name);
            assertTrue(line(inMs(name, 1_000)).contains("originate_timeout=1,"), name);
        }
    }

    private static Actions inMs(final String name, final long milliseconds) {
        return Actions.full(name).value("deadline", ResultLog.NOW_NS + milliseconds * 1_000_000);
    }

    @Test
    void shouldRefuseTheWordThatEndsTheServer() {
        final EslActions connection = new EslActions(EslCommands.settings(ActionLimits.of(3, 7)), ResultLog.NOW_NS);
        connection.connected();
        assertEquals(ActionRefusal.BAD_CHARACTER, Actions.full("GenerateCall").text("number", "Undef").refusal(connection));
    }

    @Test
    void shouldAnswerByThePhoneOfAUserAndByTheServerWithoutOne() {
        assertEquals("uuid_phone_event " + LEG + " talk", line(ofLeg("Answer")));
        assertEquals("uuid_answer " + LEG, line(ofLeg("Answer").text("user", "")));
    }

    @Test
    void shouldHangUp() {
        assertEquals("uuid_kill " + LEG, line(ofLeg("HangUp")));
        assertEquals("uuid_kill " + LEG + " 17", line(ofLeg("HangUp").value("causeCode", 17)));
    }

    @Test
    void shouldTransferThePartnerOfAUsersLegAndALegWithoutUserItself() {
        assertEquals("uuid_transfer " + LEG + " -bleg 102 XML default", line(ofLeg("TransferCall").value("kind", 0)));
        assertEquals("uuid_transfer " + LEG + " 102 XML default", line(ofLeg("TransferCall").value("kind", 0).text("user", "")));
        assertEquals("uuid_broadcast " + LEG + " att_xfer::user/102@127.0.0.1 aleg", line(ofLeg("TransferCall").value("kind", 1)));
    }

    @Test
    void shouldForwardTheCallingLegOrAllLaterCallsOfAUser() {
        assertEquals("uuid_transfer " + LEG + " 102 XML default", line(ofLeg("ForwardCall")));
        assertEquals("db insert/call_forward/101/102", line(Actions.full("ForwardCall").text("nativeId", "").text("user", "101")));
    }

    @Test
    void shouldRecord() {
        final String folder = "/var/lib/freeswitch/recordings/";
        assertEquals("uuid_record " + LEG + " start " + folder + "2026/call-7.wav",
            line(ofLeg("StartRecording").text("reference", "2026/call-7")));
        assertEquals("uuid_record " + LEG + " start " + folder + ID + ".wav", line(ofLeg("StartRecording").text("reference", "")));
        assertEquals("uuid_record " + LEG + " stop all", line(ofLeg("StopRecording")));
    }

    @Test
    void shouldLogInAndOffTheSystemAndAGroup() {
        assertEquals("callcenter_config agent set status 101@127.0.0.1 'Available'", line(Actions.full("LogIn")));
        assertEquals("callcenter_config agent set status 101@127.0.0.1 'Logged Out'", line(Actions.full("LogOff")));
        assertEquals("callcenter_config tier add helpdesk@default 101@127.0.0.1 1 1", line(Actions.full("GroupLogIn")));
        assertEquals("callcenter_config tier del sales@other 101@127.0.0.1",
            line(Actions.full("GroupLogOff").text("group", "sales@other")));
    }

    @Test
    void shouldTakeADomainThatADialStringCanHold() {
        final ActionLimits limits = ActionLimits.of(3, 7);
        assertEquals("internal/{number}@" + "d".repeat(100), new EslActionSettings(limits, "d".repeat(100)).messageTo().toString());
        for (final String domain : List.of("", "::1", "büro.example", "d".repeat(101), "a@b", "a\nb")) {
            final String said = assertThrows(IllegalArgumentException.class, () -> new EslActionSettings(limits, domain)).getMessage();
            assertTrue(said.startsWith("domain "), said);
        }
    }

    @Test
    void shouldSendAFax() {
        assertEquals("originate {origination_uuid=" + ID + ",origination_caller_id_number=101,originate_timeout=30," +
            "ignore_early_media=true}sofia/gateway/carrier/102 " +
            "&txfax(/var/lib/freeswitch/storage/fax/invoice-7.tif)", line(Actions.full("SendFax")));
        final EslActions without = new EslActions(new EslActionSettings(ActionLimits.of(3, 7), "127.0.0.1"), 1);
        without.connected();
        assertEquals(ActionRefusal.NOT_SUPPORTED, Actions.full("SendFax").refusal(without));
    }

    @Test
    void shouldSendATextThatArrivesAsItWas() {
        assertEquals("chat sip|101@127.0.0.1|internal/102@127.0.0.1|Hello there|text/plain", line(Actions.full("SendSms")));
        for (final String text : List.of("don't \"do\" it", "a \\ b \\n", "''", " spaces ", "Grüße 😀, {x} ${y} & co; 5:3")) {
            assertEquals(List.of("chat", "sip", "101@127.0.0.1", "internal/102@127.0.0.1", text, "text/plain"),
                EslCommands.words(line(Actions.full("SendSms").text("text", text))));
        }
    }
}
