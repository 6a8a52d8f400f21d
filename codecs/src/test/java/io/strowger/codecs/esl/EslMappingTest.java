package io.strowger.codecs.esl;

import static io.strowger.codecs.esl.Esl.callee;
import static io.strowger.codecs.esl.Esl.caller;
import static io.strowger.codecs.esl.Esl.custom;
import static io.strowger.codecs.esl.Esl.facts;
import static io.strowger.codecs.esl.Esl.plain;
import static io.strowger.codecs.esl.Esl.plainEvent;
import static io.strowger.codecs.esl.Esl.translate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which facts an event of a call gives, the same from its plain and its JSON form.
 */
final class EslMappingTest {
    private static final String[] LEG = {"nativeId", "callId", "user", "number", "name", "remoteParty", "remoteName"};

    @Test
    void shouldNameTheServerOnceAConnectionAndWhenItChanges() {
        final String first = plain(plainEvent("HEARTBEAT", "Core-UUID", "core-1"));
        final String second = plain(caller("CHANNEL_CREATE", "Core-UUID", "core-1"));
        final String third = plain(caller("CHANNEL_HOLD", "Core-UUID", "core-2"));
        final FactLog log = translate(first + first + second + third + third);
        assertEquals(List.of("SourceBooted", "LegSeen", "SourceBooted", "Hold", "Hold"), log.templates());
        assertEquals(List.of("core-1", "core-2"), log.of("SourceBooted").stream().map(fact -> fact.get("epoch")).toList());
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
        translate(translator, Esl.utf8(second));
        assertEquals(List.of("SourceBooted", "LegSeen"), translate(translator, Esl.utf8(second)).templates(), "another connection");
    }

    @Test
    void shouldStopWhenTheServerShutsDownButNotWhenItSaysGoodBye() {
        assertEquals(List.of("SourceStopping"), facts(plainEvent("SHUTDOWN")).templates());
        assertEquals("The system is being shut down.\n",
            translate(Esl.frame("text/disconnect-notice", "The system is being shut down.\n")).only().get("text"));
        assertEquals(List.of(), translate(Esl.frame("text/disconnect-notice", "Disconnected, goodbye.\nSee you!\n")).templates());
    }

    @Test
    void shouldBeginTheCallersLegWithItsOwnCall() {
        final FactLog.Fact seen = facts(caller("CHANNEL_CREATE")).only();
        assertEquals("LegSeen a-leg a-leg 101 101 Ann - -", seen.show(LEG));
        assertEquals("LegSeen DOWN DEVICE OUTGOING 102", seen.show("legState", "legKind", "direction", "dialled"));
    }

    @Test
    void shouldRingTheCalleeForTheCaller() {
        final FactLog log = facts(callee("CHANNEL_CREATE"));
        assertEquals(List.of("LegSeen", "Dial", "LegParties"), log.templates());
        assertEquals("LegSeen b-leg a-leg 102 102 - 101 Ann", log.facts().get(0).show(LEG));
        assertEquals("LegSeen INCOMING", log.facts().get(0).show("direction"));
        assertEquals("Dial BEGIN b-leg a-leg 101 Ann", log.facts().get(1).show("phase", "nativeId", "peerLeg", "peerNumber", "peerName"));
        assertEquals("LegParties a-leg 102", log.facts().get(2).show("nativeId", "remoteParty"));
    }

    @Test
    void shouldTakeALegThatNobodyRingsForItsUsersOwnCall() {
        final FactLog log = facts(callee("CHANNEL_CREATE", "Other-Leg-Unique-ID", "", "Channel-Call-UUID", "b-leg",
            "Caller-Caller-ID-Number", "0000000000", "Caller-Caller-ID-Name", ""));
        assertEquals("LegSeen b-leg b-leg 102 102 - - -", log.only().show(LEG));
        assertEquals("LegSeen OUTGOING", log.only().show("direction"));
    }

    @Test
    void shouldRingAnAgentForTheCallerInTheQueue() {
        final FactLog log = facts(callee("CHANNEL_CREATE", "Other-Leg-Unique-ID", "", "Channel-Call-UUID", "b-leg",
            "variable_cc_member_session_uuid", "a-leg"));
        assertEquals("LegSeen INCOMING - a-leg", log.facts().get(0).show("direction", "callId", "linkedTo"));
        assertEquals("Dial BEGIN a-leg", log.facts().get(1).show("phase", "peerLeg"));
    }

    @ParameterizedTest
    @CsvSource({
        "sofia/internal/101@h, '', 101", "sofia/internal/sip:101@h:5060, '', 101", "sofia/external/+4930@trunk, '', ''",
        "sofia/gateway/trunk/112, '', ''", "loopback/101-a, '', ''", "sofia/internal/x7@webrtc, 101@h, 101",
        "sofia/internal/1234567@h, '', ''", "verto.rtc/101, '', 101", "sofia/internal/1@h, '', ''"})
    void shouldFindTheUserOfALeg(final String channel, final String presence, final String user) {
        assertEquals(user, facts(caller("CHANNEL_CREATE", "Channel-Name", channel, "Channel-Presence-ID", presence)).only().get("user"));
    }

    @Test
    void shouldHideALegOfTheServersOwn() {
        assertEquals("PSEUDO", facts(caller("CHANNEL_CREATE", "Channel-Name", "loopback/101-a")).only().get("legKind"));
    }

    @Test
    void shouldRingOnProgressAndBeUpOnAnswer() {
        assertEquals("Dial PROGRESS RINGING RINGING a-leg",
            facts(callee("CHANNEL_PROGRESS")).only().show("phase", "status", "legState", "peerLeg"));
        assertEquals("LegState RING", facts(caller("CHANNEL_PROGRESS_MEDIA")).only().show("legState"));
        assertEquals("LegState UP", facts(caller("CHANNEL_ANSWER", "Answer-State", "answered")).only().show("legState"));
        final FactLog log = facts(callee("CHANNEL_ANSWER", "Answer-State", "answered"));
        assertEquals(List.of("LegState", "Dial"), log.templates());
        assertEquals("Dial END ANSWER a-leg", log.facts().get(1).show("phase", "status", "peerLeg"));
    }

    @Test
    void shouldBridgeAndUnbridgeBothLegs() {
        final FactLog in = facts(caller("CHANNEL_BRIDGE", "Bridge-A-Unique-ID", "a-leg", "Bridge-B-Unique-ID", "b-leg"));
        final FactLog out = facts(caller("CHANNEL_UNBRIDGE", "Bridge-A-Unique-ID", "a-leg", "Bridge-B-Unique-ID", "b-leg"));
        assertEquals(List.of("Bridge ENTER a-leg 1 a-leg~b-leg", "Bridge ENTER b-leg 2 a-leg~b-leg"),
            in.facts().stream().map(fact -> fact.show("action", "nativeId", "members", "bridgeId")).toList());
        assertEquals(List.of("Bridge LEAVE a-leg 1 a-leg~b-leg", "Bridge LEAVE b-leg 0 a-leg~b-leg"),
            out.facts().stream().map(fact -> fact.show("action", "nativeId", "members", "bridgeId")).toList());
    }

    /** FreeSWITCH switch_ivr_bridge.c, hanguphook: with bypass_media the end of a bridge names no pair; its leg is the first one. */
    @Test
    void shouldBreakThePairWhenOnlyItsFirstLegIsNamed() {
        final FactLog out = facts(caller("CHANNEL_UNBRIDGE", "variable_last_bridge_to", "b-leg"));
        assertEquals(List.of("Bridge LEAVE a-leg 1 a-leg~b-leg", "Bridge LEAVE b-leg 0 a-leg~b-leg"),
            out.facts().stream().map(fact -> fact.show("action", "nativeId", "members", "bridgeId")).toList());
        final FactLog sent = facts(caller("CHANNEL_UNBRIDGE", "variable_last_bridge_to", "b-leg", "Caller-Destination-Number", "103",
            "Caller-Transfer-Source", "1795627897:x:bl_xfer:103/default/XML"));
        assertEquals("Transfer a-leg - 103", sent.facts().get(2).show("nativeId", "by", "to"));
    }

    @Test
    void shouldHoldRecordAndUpdate() {
        assertEquals("Hold HOLD a-leg", facts(caller("CHANNEL_HOLD")).only().show("action", "nativeId"));
        assertEquals("Hold RETRIEVE a-leg", facts(caller("CHANNEL_UNHOLD")).only().show("action", "nativeId"));
        assertEquals("LegParties 102 Bob", facts(caller("CALL_UPDATE", "Caller-Callee-ID-Number", "102", "Caller-Callee-ID-Name", "Bob"))
            .only().show("remoteParty", "remoteName"));
        assertEquals("Recording STARTED /x/1.wav", facts(caller("RECORD_START", "Record-File-Path", "/x/1.wav")).only()
            .show("action", "reference"));
        assertEquals("Recording STOPPED /x/1.wav", facts(caller("RECORD_STOP", "Record-File-Path", "/x/1.wav")).only()
            .show("action", "reference"));
    }

    @Test
    void shouldMeetWhomTheServerHasToldTheDevice() {
        assertEquals("LegParties 103 Carol", facts(callee("CALL_UPDATE", "Sent-Callee-ID-Number", "103", "Sent-Callee-ID-Name", "Carol"))
            .only().show("remoteParty", "remoteName"));
        assertEquals("LegParties 103 -", facts(callee("CALL_UPDATE", "Sent-Callee-ID-Number", "103", "Sent-Callee-ID-Name",
            "Outbound Call")).only().show("remoteParty", "remoteName"));
    }

    @Test
    void shouldEndTheOldIdWhenALegGetsANewOne() {
        final FactLog log = facts(caller("CHANNEL_UUID", "Old-Unique-ID", "old"));
        assertEquals("Hangup old", log.facts().get(0).show("nativeId"));
        assertEquals("LegSeen a-leg", log.facts().get(1).show("nativeId"));
    }

    /**
     * FreeSWITCH switch_core_session.c, switch_core_session_outgoing_channel: an endpoint that cannot take an origination_uuid (mod_verto)
     * gets it behind the leg's making, before CHANNEL_CREATE and before the leg knows whom it is rung for.
     */
    @Test
    void shouldSayNothingOfANewIdWhenTheLegIsStillBeingMade() {
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
        for (final String state : List.of("CS_NONE", "CS_NEW")) {
            assertEquals(List.of(), translate(translator, Esl.utf8(plain(callee("CHANNEL_UUID", "Old-Unique-ID", "old", "Channel-State",
                state, "Other-Leg-Unique-ID", "", "Channel-Call-UUID", "b-leg")))).templates());
        }
        assertEquals(2, translator.counters().get(Counter.NOISE));
    }

    /** Pains C8: HANGUP and COMPLETE end the leg, each alone too; the call id is not told, it is the leg's own by then. */
    @Test
    void shouldEndALegWithItsCause() {
        for (final String event : List.of("CHANNEL_HANGUP", "CHANNEL_HANGUP_COMPLETE", "CHANNEL_DESTROY")) {
            final FactLog.Fact end = facts(caller(event, "Hangup-Cause", "NORMAL_CLEARING", "Answer-State", "hangup")).only();
            assertEquals("Hangup a-leg - - 16 NORMAL_CLEARING", end.show("nativeId", "callId", "remoteParty", "causeCode", "text"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "USER_BUSY, 17, BUSY", "NO_ANSWER, 19, NO_ANSWER", "NO_USER_RESPONSE, 18, NO_ANSWER", "CALL_REJECTED, 21, OTHER",
        "UNALLOCATED_NUMBER, 1, OTHER", "USER_NOT_REGISTERED, 20, UNAVAILABLE", "LOSE_RACE, 26, CANCEL", "PICKED_OFF, 26, CANCEL",
        "ORIGINATOR_CANCEL, 16, CANCEL", "SWITCH_CONGESTION, 42, CONGESTION", "BUSY_EVERYWHERE, 17, BUSY", "DECLINE, 21, OTHER"})
    void shouldSayHowTheAttemptEnded(final String cause, final String number, final String status) {
        final FactLog log = facts(callee("CHANNEL_HANGUP", "Hangup-Cause", cause, "Caller-Channel-Answered-Time", "0"));
        assertEquals("Dial END " + status + " b-leg a-leg", log.facts().get(0).show("phase", "status", "nativeId", "peerLeg"));
        assertEquals("Hangup " + number, log.facts().get(1).show("causeCode"));
    }

    @Test
    void shouldNotSayHowTheAttemptEndedOfALegThatWasUp() {
        assertEquals(List.of("Hangup"), facts(callee("CHANNEL_HANGUP", "Hangup-Cause", "NORMAL_CLEARING",
            "Caller-Channel-Answered-Time", "1795627792845488")).templates());
    }

    @Test
    void shouldSayThatTheCallerGaveUp() {
        assertEquals(List.of("HangupAsked", "Hangup"), facts(caller("CHANNEL_HANGUP", "Hangup-Cause", "ORIGINATOR_CANCEL")).templates());
    }

    @Test
    void shouldTakeTheNumberWhereTheNameIsNotKnown() {
        assertEquals("41", facts(caller("CHANNEL_HANGUP", "Hangup-Cause", "NEW_CAUSE", "variable_hangup_cause_q850", "41")).only()
            .get("causeCode"));
    }

    @Test
    void shouldSayWhereTheCalleeSendsTheCaller() {
        final FactLog log = facts(callee("CHANNEL_HANGUP", "Hangup-Cause", "REDIRECTION_TO_NEW_DESTINATION",
            "variable_sip_redirect_contact_user_0", "103"));
        assertEquals("Dial END 103", log.facts().get(0).show("phase", "forwardedTo"));
    }

    @Test
    void shouldTellABlindTransferOnceAtTheEndOfWhoTransfers() {
        final FactLog log = facts(callee("CHANNEL_HANGUP", "Hangup-Cause", "NORMAL_CLEARING", "Caller-Channel-Answered-Time", "17956",
            "variable_transfer_to", "blind:a-leg", "variable_transfer_destination", "blind:103"));
        assertEquals("Transfer BLIND SUCCESS a-leg 102 b-leg 103",
            log.facts().get(0).show("kind", "result", "nativeId", "by", "byLeg", "to"));
        assertEquals(List.of("Transfer", "Hangup"), log.templates());
        assertEquals(List.of("Bridge", "Bridge"), facts(caller("CHANNEL_UNBRIDGE", "Bridge-A-Unique-ID", "a-leg", "Bridge-B-Unique-ID",
            "b-leg", "Caller-Transfer-Source", "1795627794:x:bl_xfer:103/default/XML", "Caller-Destination-Number", "103",
            "variable_sip_refer_to", "<sip:103@h>")).templates());
        assertEquals(List.of("Hangup"), facts(callee("CHANNEL_HANGUP_COMPLETE", "variable_transfer_to", "blind:a-leg")).templates());
        assertEquals(List.of("Hangup"), facts(caller("CHANNEL_HANGUP", "variable_transfer_to", "blind:103",
            "variable_transfer_destination", "blind:103")).templates(), "without a partner");
    }

    @Test
    void shouldTellAnAttendedTransfer() {
        final FactLog log = facts(callee("CHANNEL_HANGUP", "variable_transfer_to", "att:c-leg", "variable_bridge_uuid", "a-leg",
            "Caller-Channel-Answered-Time", "17956"));
        assertEquals("Transfer ATTENDED a-leg 102 b-leg c-leg", log.facts().get(0).show("kind", "nativeId", "by", "byLeg", "toLeg"));
        final FactLog early = facts(caller("CHANNEL_HANGUP", "Unique-ID", "consult", "variable_transfer_to", "satt:b-leg",
            "Caller-Destination-Number", "103"));
        assertEquals("Transfer ATTENDED b-leg 101 consult 103", early.facts().get(0).show("kind", "nativeId", "by", "byLeg", "to"));
    }

    @Test
    void shouldTellATransferByCommandWhereThePairIsBroken() {
        final String[] broken = {"Bridge-A-Unique-ID", "a-leg", "Bridge-B-Unique-ID", "b-leg", "Caller-Destination-Number", "103",
            "Caller-Transfer-Source", "1795627897:x:bl_xfer:103/default/XML"};
        assertEquals("Transfer a-leg - 103", facts(caller("CHANNEL_UNBRIDGE", broken)).facts().get(2).show("nativeId", "by", "to"));
        final List<String> later = List.of("Bridge", "Bridge");
        final String[] otherLeg = {"Other-Leg-Unique-ID", "b-leg"};
        final String[] hungUp = {"Answer-State", "hangup"};
        for (final String[] more : List.of(otherLeg, hungUp)) {
            final String[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(broken), java.util.Arrays.stream(more))
                .toArray(String[]::new);
            assertEquals(later, facts(caller("CHANNEL_UNBRIDGE", all)).templates());
        }
    }

    /** FreeSWITCH switch_ivr.c, switch_ivr_session_transfer; mod_valet_parking.c sends whom the parker talks with on so. */
    @Test
    void shouldTellNoTransferWhenACommandHasALegRunApplications() {
        final String park = "set:valet_ticket=a-leg,set:valet_hold_music='local_stream://moh',sleep:1000,valet_park:lot1 701";
        assertEquals(List.of("Bridge", "Bridge"), facts(caller("CHANNEL_UNBRIDGE", "Bridge-A-Unique-ID", "a-leg",
            "Bridge-B-Unique-ID", "b-leg", "Caller-Dialplan", "inline", "Caller-Destination-Number", park, "Caller-Transfer-Source",
            "1795627897:x:bl_xfer:" + park + "/default/inline")).templates());
    }

    @Test
    void shouldKeepAnEventThatNamesNoLeg() {
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
        assertEquals("Other", translate(translator, Esl.utf8(plain(plainEvent("CHANNEL_HOLD")))).only().template());
        assertEquals(1, translator.counters().get(Counter.WITHOUT_NATIVE_ID));
        assertEquals("native-id-too-long",
            translate(translator, Esl.utf8(plain(caller("CHANNEL_HOLD", "Unique-ID", "x".repeat(161))))).only().get("name"));
        assertEquals(1, translator.counters().get(Counter.IDENTITY_TOO_LONG));
    }

    @Test
    void shouldCountNoiseByNameAndKeepUnknownEvents() {
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
        final FactLog log = translate(translator, Esl.utf8(plain(caller("CHANNEL_STATE")) + plain(custom("router::lookup", caller("")))
            + plain(plainEvent("BRAND_NEW"))));
        assertEquals(List.of("router::lookup", "BRAND_NEW"), log.facts().stream().map(fact -> fact.get("name")).toList());
        final List<String> seen = new java.util.ArrayList<>();
        translator.counters().forEachEvent((name, count) -> seen.add(name + count));
        assertTrue(seen.contains("CHANNEL_STATE1"), seen.toString());
        assertEquals(1, translator.counters().get(Counter.NOISE));
    }

    @Test
    void shouldCutTextsTightWhereAFactWouldBeTooLong() {
        final String wide = "ä".repeat(150);
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
        final FactLog log = translate(translator, Esl.utf8(plain(callee("CHANNEL_PROGRESS", "Channel-Name", wide, "Caller-Caller-ID-Name",
            wide, "Caller-Caller-ID-Number", wide, "Caller-Callee-ID-Name", wide, "Caller-Callee-ID-Number", wide))));
        assertEquals("b-leg", log.only().get("nativeId"));
        assertEquals(1, translator.counters().get(Counter.CUT_TIGHT));
    }
}
