package io.strowger.codecs.actionurl;

import static io.strowger.codecs.actionurl.ActionUrl.generic;
import static io.strowger.codecs.actionurl.ActionUrl.get;
import static io.strowger.codecs.actionurl.ActionUrl.polycom;
import static io.strowger.codecs.actionurl.ActionUrl.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.FactLog.Fact;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each event of each maker becomes.
 */
final class ActionUrlMappingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        yealink     | incoming-call         | LegSeen INCOMING RINGING
        yealink     | Outgoing Call         | LegSeen OUTGOING DIALING
        yealink     | call_established      | LegState UP
        yealink     | call terminated       | Hangup -32768
        yealink     | missed call           | Hangup 19
        yealink     | reject incoming call  | Hangup 21
        yealink     | remote busy           | Hangup 17
        yealink     | cancel call out       | HangupAsked NO, Hangup -32768
        yealink     | hold                  | Hold HOLD
        yealink     | unhold                | Hold RETRIEVE
        yealink     | held                  |
        yealink     | unheld                |
        generic     | held                  | Hold HOLD
        generic     | unheld                | Hold RETRIEVE
        yealink     | forward incoming call | Diversion 102
        yealink     | answer new-in call    | LegState UP
        yealink     | transfer finished     | Transfer SUCCESS
        yealink     | transfer failed       | Transfer FAILED
        yealink     | on hook               | Hangup -32768
        yealink     | registered            | Registration REGISTERED
        yealink     | unregistered          | Registration UNREGISTERED
        yealink     | register failed       | Registration UNREGISTERED
        yealink     | log on                | Registration REGISTERED
        yealink     | log off               | Registration UNREGISTERED
        yealink     | off hook              |
        yealink     | setup completed       |
        yealink     | mute                  |
        yealink     | unmute                |
        yealink     | idle to busy          |
        yealink     | busy to idle          |
        yealink     | ip changed            |
        yealink     | open dnd              | Other open dnd
        yealink     | close dnd             | Other close dnd
        snom        | incoming              | LegSeen INCOMING RINGING
        snom        | outgoing              | LegSeen OUTGOING DIALING
        snom        | connected             | LegState UP
        snom        | disconnected          | Hangup -32768
        snom        | missed                | Hangup 19
        snom        | log on                | Registration REGISTERED
        snom        | log off               | Registration UNREGISTERED
        snom        | blind transfer        | Transfer SUCCESS
        snom        | setup finished        |
        snom        | off hook              |
        snom        | long press            |
        snom        | dnd on                | Other dnd on
        snom        | redirection off       | Other redirection off
        grandstream | incoming call         | LegSeen INCOMING RINGING
        grandstream | outgoing call         | LegSeen OUTGOING DIALING
        grandstream | established call      | LegState UP
        grandstream | terminated call       | Hangup -32768
        grandstream | missed call           | Hangup 19
        grandstream | on hold               | Hold HOLD
        grandstream | unhold                | Hold RETRIEVE
        grandstream | attended transfer     | Transfer SUCCESS
        grandstream | Establish Call        | LegState UP
        grandstream | Terminate Call        | Hangup -32768
        grandstream | Hold Call             | Hold HOLD
        grandstream | Resume Call           | Hold RETRIEVE
        grandstream | Blind Transferring    | Transfer SUCCESS
        grandstream | Registration          | Registration REGISTERED
        grandstream | Sign Off              | Registration UNREGISTERED
        grandstream | Booting Completed     |
        yealink     | blind_transfer_call   |
        generic     | hold call             | Hold HOLD
        grandstream | registered            | Registration REGISTERED
        grandstream | setup completed       |
        generic     | dialog:start          | LegState UP
        generic     | dialog:end            | Hangup -32768
        generic     | dialog:failed         | Hangup -32768
        generic     | ringing               | LegSeen INCOMING RINGING
        generic     | transferred           | Transfer SUCCESS
        generic     | ConnectionEstablished | LegState UP
        generic     | Connection terminated | Hangup -32768
        generic     | Registration succeeded | Registration REGISTERED
        generic     | registration failed   | Registration UNREGISTERED
        generic     | anything else         | Other anything else
        """)
    void shouldTranslateEveryEvent(final String maker, final String event, final String expected) {
        final ActionUrlTranslator translator = new ActionUrlTranslator(settings(ActionUrlTemplate.named(maker)));
        final FactLog log = ActionUrl.translate(translator, get("/p?event=" + event.replace(" ", "%20") + "&call-id=c7&remote=102"));
        assertEquals(null == expected ? "" : expected, String.join(", ", log.facts().stream().map(ActionUrlMappingTest::line).toList()));
        assertEquals(null == expected ? 1 : 0, translator.counters().get(Counter.NOISE));
        for (final Fact fact : log.facts()) {
            assertEquals(fact.template() + " 3 7", fact.show("source", "tenant"));
            if (fact.fields().containsKey("nativeId")) {
                assertEquals("c7", fact.get("nativeId"));
            }
        }
    }

    private static String line(final Fact fact) {
        return switch (fact.template()) {
            case "LegSeen" -> fact.show("direction", "legState");
            case "LegState" -> fact.show("legState");
            case "Hangup" -> fact.show("causeCode");
            case "HangupAsked" -> fact.show("soft");
            case "Hold", "Registration" -> fact.show("action");
            case "Diversion" -> fact.show("to");
            case "Transfer" -> fact.show("result");
            default -> fact.show("name");
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        <IncomingCallEvent>%s</IncomingCallEvent>                                                   | LegSeen INCOMING RINGING
        <OutgoingCallEvent>%s</OutgoingCallEvent>                                                   | LegSeen OUTGOING DIALING
        <CallStateChangeEvent CallReference="7" CallState="Offering">%s</CallStateChangeEvent>      | LegSeen INCOMING RINGING
        <CallStateChangeEvent CallReference='7' CallState='Ringback'>%s</CallStateChangeEvent>      | LegSeen OUTGOING DIALING
        <CallStateChangeEvent CallReference="7" CallState="Connected">%s</CallStateChangeEvent>     | LegState UP, Hold RETRIEVE
        <CallStateChangeEvent CallReference="7" CallState="Hold"><X/>%s</CallStateChangeEvent>      | Hold HOLD
        <CallStateChangeEvent CallReference="7" CallState="Disconnected">%s</CallStateChangeEvent>  | Hangup -32768
        <CallStateChangeEvent><CallReference> 7 </CallReference><CallState>Free</CallState></CallStateChangeEvent> | Hangup -32768
        <CallStateChangeEvent CallReference="7" CallState="Held">%s</CallStateChangeEvent>          |
        <CallStateChangeEvent CallReference="7" CallState="Odd">%s</CallStateChangeEvent>           | Other CallStateChangeEvent
        <LineRegistrationEvent><PhoneIP>10.0.0.9</PhoneIP></LineRegistrationEvent>                  | Registration REGISTERED
        <LineUnregistrationEvent/>                                                                  | Registration UNREGISTERED
        <OffHookEvent><PhoneIP>10.0.0.9</PhoneIP></OffHookEvent>                                    |
        <OnHookEvent></OnHookEvent>                                                                 |
        <PhoneLockedEvent/>                                                                         |
        <UserLogInOutEvent/>                                                                        | Other UserLogInOutEvent
        """)
    void shouldTranslateEveryEventOfXml(final String xml, final String expected) {
        final String parties = "<PhoneIP>10.0.0.9</PhoneIP><CallingPartyName>Ann &amp; Co</CallingPartyName>"
            + "<CallingPartyNumber>sip:102@pbx</CallingPartyNumber><CalledPartyName>Me</CalledPartyName>"
            + "<CalledPartyNumber>101</CalledPartyNumber><TimeStamp>2008-07-11T13:19:53-08:00</TimeStamp>";
        final FactLog log = ActionUrl.translate(
            new ActionUrlTranslator(settings(ActionUrlTemplate.POLYCOM_PHONE)), polycom(xml.replace("%s", parties)));
        assertEquals(null == expected ? "" : expected, String.join(", ", log.facts().stream().map(ActionUrlMappingTest::line).toList()));
        for (final Fact fact : log.of("LegSeen")) {
            assertEquals("LegSeen 101 102 Ann & Co", fact.show("user", "remoteParty", "remoteName"));
        }
    }

    @Test
    void shouldTakeUserDeviceAndTenantFromTheSettingsWhateverTheRequestSays() {
        for (final Fact fact : generic(
            get("/p?event=incoming&call_id=1&remote=102&user=999&device=x&tenant=9&source=9&local=999&active_user=999"),
            get("/p?event=registered&user=999&device=x&local=999")).facts()) {
            assertEquals(fact.template() + " 101 desk 3 7", fact.show("user", "device", "source", "tenant"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        remote=sip:102@host;user=phone&local=sip:101@host                  | 102 -
        remote=sip:102@host;user=phone&display_remote=Bob Brown&x=1        | 102 Bob Brown
        remote=sip%3A102%40host%3Bx%3Dy&display_remote=Bob%20Brown         | 102 Bob Brown
        remote=102&display_remote=Smith & Sons                             | 102 Smith & Sons
        remote=102&display_remote=A%26B%                                   | 102 A&B%
        remote=102&display_remote=50%zz                                    | 102 50%zz
        remote=+4930123&display_remote=$display_remote                     | +4930123 -
        remote="Bob" <sip:102@host>                                        | 102 -
        remote=sip:101@host&local=sip:102@host&display_local=Bob           | 102 Bob
        caller=102&callee=101&caller_name=Bob                              | 102 Bob
        remote=$remote&caller=102                                          | 102 -
        remote=101&local=101                                               | 101 -
        remote=tel:+49-30;ext=7                                            | +49-30 -
        remote=102&display_remote=x&remote=666&event=terminated            | 102 x
        remote=&remote=666                                                 | - -
        remote=*98#                                                        | *98# -
        """)
    void shouldReadValuesThatAreNotEncoded(final String query, final String expected) {
        final Fact fact = generic(get("/p?event=incoming&call_id=a-b.c@d&" + query)).only();
        assertEquals("LegSeen a-b.c@d " + expected, fact.show("nativeId", "remoteParty", "remoteName"));
    }

    @Test
    void shouldReadTheEventFromThePathAndFieldsFromAForm() {
        assertEquals("LegSeen", generic(get("/phones/incoming-call?call_id=1")).only().template());
        final String form = "event=incoming&call_id=1&remote=102";
        assertEquals("LegSeen 1 102", generic("POST /p HTTP/1.1\r\nContent-Length: " + form.length() + "\r\n\r\n" + form).only()
            .show("nativeId", "remoteParty"));
    }

    @Test
    void shouldTellNothingOfARequestThatOnlyAsks() {
        assertEquals("Other http-request", generic(get("/p?event=incoming&call_id=7").replace("GET", "HEAD")).only().show("name"));
    }

    @Test
    void shouldEndEventAndIdAtAnAmpersand() {
        final Fact fact = generic(get("/p?flag&event=incoming&flag&call_id=7&&remote=102")).only();
        assertEquals("LegSeen 7 102", fact.show("nativeId", "remoteParty"));
    }

    @Test
    void shouldKeepNoHeaderOfARequestThatIsNotUnderstood() {
        for (final Fact fact : generic(get("/p?event=odd"), get("/p"), "broken\r\nAuthorization: Basic c2VjcmV0\r\n\r\n").facts()) {
            assertEquals("Other", fact.template());
            assertFalse(fact.get("text").contains("Basic"), fact.get("text"));
        }
    }

    @Test
    void shouldRefuseAnIdThatIsTooLongAndCutLongTexts() {
        assertEquals("native-id-too-long", generic(get("/p?event=incoming&call_id=" + "x".repeat(161))).only().get("name"));
        assertEquals(256, generic(get("/p?event=incoming&call_id=1&display_remote=" + "x".repeat(900))).only().get("remoteName").length());
    }

    @Test
    void shouldTakeATemplateOfOnesOwn() {
        final ActionUrlTemplate own = ActionUrlTemplate.of("own",
            Map.of("was", RequestField.EVENT, "nr", RequestField.REMOTE, "id", RequestField.CALL_ID),
            Map.of("klingelt", PhoneEvent.INCOMING));
        final Fact fact = ActionUrl.translate(new ActionUrlTranslator(settings(own)), get("/?was=Klingelt&id=1&nr=102")).only();
        assertEquals("LegSeen 1 102", fact.show("nativeId", "remoteParty"));
        assertSame(ActionUrlTemplate.SNOM_PHONE, ActionUrlTemplate.named("snom"));
        assertNull(ActionUrlTemplate.named("own"));
        assertEquals("own", own.name());
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        final ActionUrlTemplate any = ActionUrlTemplate.GENERIC_PHONE;
        assertThrows(IllegalArgumentException.class, () -> ActionUrlSettings.of(1, 1, " ", "d", any));
        assertThrows(IllegalArgumentException.class, () -> ActionUrlSettings.of(1, 1, "u", "d".repeat(121), any));
        assertThrows(IllegalArgumentException.class, () -> ActionUrlSettings.of(1, 1, "u", "d", null));
        assertThrows(IllegalArgumentException.class, () -> new ActionUrlSettings(1, 1, "u", "d", any, 511));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        <!DOCTYPE x [<!ENTITY a "b">]><r><IncomingCallEvent/></r>
        <r><![CDATA[x]]></r>
        <r><IncomingCallEvent>&a;</IncomingCallEvent></r>
        <r><IncomingCallEvent>&#65;</IncomingCallEvent></r>
        <r><IncomingCallEvent></r></IncomingCallEvent>
        <r><IncomingCallEvent>
        <r/><r/>
        text
        <r a=b/>
        <r a="<"/>
        <r a="b/>
        <a><b><c><d><e><f><g><h><i/></h></g></f></e></d></c></b></a>
        <>
        <
        """)
    void shouldRefuseXmlThatNoPhoneSends(final String xml) {
        final ActionUrlTranslator translator = new ActionUrlTranslator(settings(ActionUrlTemplate.POLYCOM_PHONE));
        final FactLog log = ActionUrl.translate(translator,
            "POST /p HTTP/1.1\r\nContent-Length: " + xml.length() + "\r\n\r\n" + xml + polycom("<IncomingCallEvent/>"),
            get("/p?event=incoming"));
        assertEquals(List.of("Other", "LegSeen", "Other"), log.templates());
        assertEquals("Other xml-malformed " + xml, log.facts().get(0).show("name", "text"));
        assertEquals(1, translator.counters().get(Counter.MALFORMED));
    }
}
