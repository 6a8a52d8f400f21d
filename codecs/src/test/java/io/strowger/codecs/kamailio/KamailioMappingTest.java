package io.strowger.codecs.kamailio;

import static io.strowger.codecs.kamailio.Kamailio.event;
import static io.strowger.codecs.kamailio.Kamailio.facts;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.FactLog.Fact;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each event becomes.
 */
final class KamailioMappingTest {
    private static final String CALLER = "c1;f1;101";
    private static final String CALLEE = "c1;f1;102";
    private static final String NOT_TOLD = "-32768";

    @Test
    void shouldShowTheCallerWhenInvited() {
        final Fact fact = facts(event("invite", "ftag", "f1", "ttag", "<null>", "fromname", "\\\"Ann \\\\\\\"A\\\\\\\" Lee\\\"",
            "ruri", "sip:8200@pbx:5070", "ts", "1795625417.352639")).only();
        assertEquals("LegSeen " + CALLER + " c1 sip:101@pbx 101 101 102 8200 OUTGOING RING",
            fact.show("nativeId", "callId", "device", "user", "number", "remoteParty", "dialled", "direction", "legState"));
        assertEquals("Ann \"A\" Lee", fact.get("name"));
        assertEquals("1795625417352639000", fact.get("sourceTime"));
        assertEquals("LegSeen 3 7", fact.show("source", "tenant"));
    }

    @Test
    void shouldRingTheCalleeForTheCallerWhenRinging() {
        final FactLog log = facts(event("ringing", "ftag", "f1", "ttag", "t1", "status", "180", "fromname", "Ann"));
        assertEquals(List.of("LegSeen", "LegSeen", "Dial"), log.templates());
        assertEquals("LegSeen " + CALLEE + " 102 101 Ann INCOMING RINGING",
            log.facts().get(1).show("nativeId", "user", "remoteParty", "remoteName", "direction", "legState"));
        assertEquals("Dial " + CALLEE + " PROGRESS RINGING " + CALLER + " 101 101 Ann",
            log.facts().get(2).show("nativeId", "phase", "status", "peerLeg", "peerUser", "peerNumber", "peerName"));
        assertEquals(String.valueOf(Kamailio.ARRIVAL_NS), log.facts().get(0).get("sourceTime"));
    }

    @Test
    void shouldBridgeBothWhenConfirmed() {
        final FactLog log = facts(event("dialog:start", "ftag", "f1", "ttag", "<null>"));
        assertEquals(List.of("LegSeen", "LegSeen", "Bridge", "Bridge"), log.templates());
        assertEquals("LegSeen " + CALLER + " UP OUTGOING", log.facts().get(0).show("nativeId", "legState", "direction"));
        assertEquals("LegSeen " + CALLEE + " UP INCOMING", log.facts().get(1).show("nativeId", "legState", "direction"));
        assertEquals("Bridge " + CALLEE + " ENTER c1;f1 1", log.facts().get(2).show("nativeId", "action", "bridgeId", "members"));
        assertEquals("Bridge " + CALLER + " ENTER c1;f1 2", log.facts().get(3).show("nativeId", "action", "bridgeId", "members"));
    }

    @Test
    void shouldEndBothWhenTheDialogEnds() {
        final FactLog log = facts(event("dialog:end", "ftag", "f1", "ttag", "t1", "endmethod", "BYE", "status", "<null>"));
        assertEquals(List.of("Hangup " + CALLEE + " 16", "Hangup " + CALLER + " 16"),
            log.facts().stream().map(fact -> fact.show("nativeId", "causeCode")).toList());
        assertEquals(List.of(NOT_TOLD, NOT_TOLD),
            facts(event("dialog:end", "endmethod", "OPTIONS")).facts().stream().map(fact -> fact.get("causeCode")).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "486, BUSY, 17", "600, BUSY, 17", "408, NO_ANSWER, 102", "480, NO_ANSWER, 18", "487, CANCEL, -32768", "603, OTHER, 21",
        "403, OTHER, 21", "404, UNAVAILABLE, 1", "604, UNAVAILABLE, 1", "484, UNAVAILABLE, 28", "410, UNAVAILABLE, 22",
        "503, CONGESTION, 41", "500, CONGESTION, 41", "502, CONGESTION, 38", "504, CONGESTION, 102", "488, OTHER, -32768",
        "<null>, NO_ANSWER, 102", "413, OTHER, 127", "405, OTHER, 63", "483, OTHER, 25", "501, OTHER, 79", "606, OTHER, 58"})
    void shouldSayWhyWhenTheDialogFails(final String status, final String dialStatus, final String cause) {
        final FactLog log = facts(event("dialog:failed", "ftag", "f1", "status", status));
        assertEquals(List.of("Dial", "Hangup", "Hangup"), log.templates());
        assertEquals("Dial " + CALLEE + " END " + dialStatus + " " + CALLER,
            log.facts().get(0).show("nativeId", "phase", "status", "peerLeg"));
        assertEquals("Hangup " + CALLER + " " + cause, log.facts().get(2).show("nativeId", "causeCode"));
    }

    @Test
    void shouldSayNothingOfTheCauseWhenNoStatusIsTold() {
        final FactLog log = facts(event("dialog:failed"));
        assertEquals(List.of("Hangup c1;102 " + NOT_TOLD, "Hangup c1;101 " + NOT_TOLD),
            log.facts().stream().map(fact -> fact.show("nativeId", "causeCode")).toList());
    }

    @Test
    void shouldEndTheCallerWhenNobodyIsFound() {
        final FactLog log = facts(event("notfound", "ftag", "f1"));
        assertEquals("Hangup " + CALLER + " 1", log.facts().get(2).show("nativeId", "causeCode"));
    }

    @Test
    void shouldNameBothLegsTheSenderMayBeWhenHolding() {
        final FactLog log = facts("{\"event\":\"hold\",\"callid\":\"c1\",\"from\":\"sip:102@pbx\",\"to\":\"sip:101@pbx\","
            + "\"ftag\":\"t1\",\"ttag\":\"f1\"}");
        assertEquals(List.of("Hold c1;t1;102 HOLD - -", "Hold " + CALLEE + " HOLD - -"),
            log.facts().stream().map(fact -> fact.show("nativeId", "action", "user", "callId")).toList());
        assertEquals(List.of("Hold " + CALLER + " RETRIEVE", "Hold c1;t1;101 RETRIEVE"),
            facts(event("unhold", "ftag", "f1", "ttag", "t1")).facts().stream().map(fact -> fact.show("nativeId", "action")).toList());
        assertEquals("Hold c1;101 HOLD", facts(event("hold")).only().show("nativeId", "action"));
    }

    @Test
    void shouldTellBothLegsApartWhenSomebodyCallsHimself() {
        final FactLog log = facts(event("dialog:start", "ftag", "f1").replace("sip:102", "sip:101"));
        assertEquals(List.of("c1;f1;101", "c1;f1;101;2", "c1;f1;101;2", "c1;f1;101"),
            log.facts().stream().map(fact -> fact.get("nativeId")).toList());
        final FactLog held = facts(event("hold", "ftag", "t1", "ttag", "f1").replace("sip:102", "sip:101"));
        assertEquals("c1;f1;101;2", held.facts().get(1).get("nativeId"));
    }

    /** Pains E6: the same Call-ID three times through one proxy. */
    @Test
    void shouldMakeThreeCallsOfOneCallIdWhenItsTagsDiffer() {
        final StringBuilder stream = new StringBuilder();
        for (final String tag : List.of("a", "b", "c")) {
            stream.append(Kamailio.netstring(event("invite", "ftag", tag)));
        }
        assertEquals(List.of("c1;a;101", "c1;b;101", "c1;c;101"),
            Kamailio.translate(stream.toString()).facts().stream().map(fact -> fact.get("nativeId")).toList());
    }

    @Test
    void shouldLeaveUsersOutWhenAPartyIsNoExtension() {
        final Fact trunk = facts(event("invite").replace("sip:101@pbx", "sip:+4930123456@gw.example;user=phone")).only();
        assertEquals("LegSeen c1;+4930123456 - +4930123456 102", trunk.show("nativeId", "user", "number", "remoteParty"));
        final Fact host = facts(event("invite").replace("sip:101@pbx", "sip:gw.example:5080")).only();
        assertEquals("LegSeen gw.example -", host.show("number", "user"));
    }

    /** Kamailio dialog module, dlg_handlers.c: the script sees a re-INVITE of either side; RFC 3261, 12.2.1.1: it has both tags. */
    @Test
    void shouldBeginNoCallWhenAnInviteIsWithinADialog() {
        final KamailioTranslator translator = new KamailioTranslator(Kamailio.SETTINGS);
        final String again = "{\"event\":\"invite\",\"callid\":\"c1\",\"from\":\"sip:102@pbx\",\"to\":\"sip:101@pbx\","
            + "\"ftag\":\"t1\",\"ttag\":\"f1\"}";
        assertEquals(List.of(), Kamailio.translate(translator, Kamailio.utf8(Kamailio.netstring(again))).templates());
        assertEquals(1, translator.counters().get(Counter.NOISE));
        assertEquals("LegSeen", facts(event("invite", "ftag", "f1", "ttag", "<null>")).only().template());
    }

    /** Kamailio registrar module, save.c: a contact's own expires counts before the header; RFC 3261, 10.2.1.1. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "<null> | <sip:101@10.0.0.9:5062;ob>;expires=0 | UNREGISTERED", "3600 | <sip:101@10.0.0.9>;q=1; Expires=0 | UNREGISTERED",
        "0 | <sip:101@10.0.0.9>;expires=60 | REGISTERED", "0 | * | UNREGISTERED", "0 | <null> | UNREGISTERED",
        "<null> | <sip:101@10.0.0.9;expires=0> | REGISTERED", "<null> | 'Desk;expires=0' <sip:101@h> | REGISTERED",
        "<null> | <sip:101@a>;expires=0, <sip:101@b> | REGISTERED", "<null> | <sip:101@a>;expires=0,<sip:101@b>;expires=0 | UNREGISTERED",
        "3600 | sip:101@h;expires=0 | UNREGISTERED", "<null> | <sip:101@h>;expires=x | REGISTERED"})
    void shouldTellADeviceThatGoesByItsContact(final String expires, final String contact, final String action) {
        final Fact fact = facts(event("register", "expires", expires, "contact", contact.replace("'", "\\\""))).only();
        assertEquals(action, fact.get("action"));
    }

    @ParameterizedTest
    @CsvSource({"<null>, REGISTERED", "3600, REGISTERED", "0, UNREGISTERED", "x, REGISTERED"})
    void shouldTellADeviceThatGoesOnlyByItsExpires(final String expires, final String action) {
        final Fact fact = facts(event("register", "expires", expires, "contact", "sip:101@10.0.0.9:5062")).only();
        assertEquals("Registration 102 sip:102@pbx sip:101@10.0.0.9:5062 " + action, fact.show("user", "device", "address", "action"));
    }

    @Test
    void shouldSayThatAMessageWasReceivedOnlyWhenItsStatusSaysSo() {
        final Fact sent = facts(event("message", "status", "<null>", "body", "hi\\n\\u00e9\\ud83d\\ude00")).only();
        assertEquals("Message c1;101 101 102 OUTGOING MESSAGE", sent.show("nativeId", "user", "remoteParty", "direction", "media"));
        final FactLog both = facts(event("message", "status", "202", "fromname", "Ann"));
        assertEquals("Message c1;102 102 101 Ann INCOMING",
            both.facts().get(1).show("nativeId", "user", "remoteParty", "remoteName", "direction"));
        assertEquals(1, facts(event("message", "status", "404")).facts().size());
        assertEquals("INCOMING", facts(event("message").replace("101", "+4930")).only().get("direction"));
    }

    @Test
    void shouldKeepWhatNobodyMapsAndCountTheNoise() {
        final KamailioTranslator translator = new KamailioTranslator(Kamailio.SETTINGS);
        final String json = "{\"event\":\"presence\",\"x\":[1,{\"y\":null}]}";
        final FactLog log = Kamailio.translate(translator, Kamailio.utf8(
            Kamailio.netstring(json) + Kamailio.netstring(event("branchfail")) + Kamailio.netstring("{\"event\":\"invite\"}")));
        assertEquals(List.of("Other presence", "Other invite"), log.facts().stream().map(fact -> fact.show("name")).toList());
        assertEquals(json, log.facts().get(0).get("text"));
        assertEquals(1, translator.counters().get(Counter.UNKNOWN_EVENTS));
        assertEquals(1, translator.counters().get(Counter.NOISE));
        assertEquals(1, translator.counters().get(Counter.WITHOUT_NATIVE_ID));
        final StringBuilder seen = new StringBuilder();
        translator.counters().forEachEvent((name, count) -> seen.append(name).append('=').append(count).append(' '));
        assertEquals("invite=1 branchfail=1 ", seen.toString());
    }

    @Test
    void shouldRefuseAnIdentityThatIsTooLong() {
        final KamailioTranslator translator = new KamailioTranslator(Kamailio.SETTINGS);
        final FactLog log = Kamailio.translate(translator, Kamailio.utf8(
            Kamailio.netstring(event("dialog:end", "ftag", "f".repeat(160))) + Kamailio.netstring(event("dialog:end", "ftag", "f1"))));
        assertEquals(List.of("Other", "Hangup", "Hangup"), log.templates());
        assertEquals("native-id-too-long", log.facts().get(0).get("name"));
        assertEquals(1, translator.counters().get(Counter.IDENTITY_TOO_LONG));
    }

    @Test
    void shouldCutTextsTightWhenAFactWouldBeTooLong() {
        final String url = "sip:" + "9".repeat(150) + "@" + "h".repeat(400);
        final String json = event("dialog:start", "ftag", "f1", "fromname", "n".repeat(400)).replace("c1", "c".repeat(100))
            .replace("sip:102@pbx", url).replace("sip:101@pbx", url.replace('9', '8'));
        final FactLog log = facts(json.replace("9".repeat(150), "9".repeat(50)).replace("8".repeat(150), "8".repeat(50)));
        assertEquals(4, log.facts().size());
    }
}
