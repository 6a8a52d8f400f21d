package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.FactLog.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What blocks about calls say: rows B and E of the known faults, and the dialect's rules about order and identity.
 */
final class AmiMappingTest {
    @Test
    void shouldShowALegAsItsSnapshotShowsIt() {
        final Fact leg = Ami.translate("""
            Event: Newchannel
            Channel: PJSIP/101-00000001
            ChannelState: 4
            CallerIDNum: 101
            CallerIDName: Alice Adams
            ConnectedLineNum: <unknown>
            ConnectedLineName: <unknown>
            Exten: 102
            Uniqueid: 1.1
            Linkedid: 1.0

            """).only();
        assertEquals("LegSeen 1.1 1.0 PJSIP/101-00000001 101 101 Alice Adams - - 102 - RING DEVICE 3 7", leg.show(
            "nativeId", "callId", "device", "user", "number", "name", "remoteParty", "remoteName", "dialled", "linkedTo", "legState",
            "legKind", "source", "tenant"));
        assertEquals(Long.toString(Ami.ARRIVAL_NS), leg.get("sourceTime"));
    }

    @Test
    void shouldTakeTheServersOwnTimeAndNoOther() {
        final FactLog log = Ami.translate("""
            Event: Newstate
            Privilege: call,all
            Timestamp: 1795624165.722504
            Uniqueid: 1.1

            Event: UserEvent
            Privilege: user,all
            UserEvent: x
            Timestamp: 1.000000

            """);
        assertEquals("1795624165722504000", log.facts().get(0).get("sourceTime"));
        assertEquals(Long.toString(Ami.ARRIVAL_NS), log.facts().get(1).get("sourceTime"));
    }

    /** B1, B3: bytes of any character set go through as they are. */
    @Test
    void shouldKeepTheBytesOfANameThatIsNoUtf8() {
        final String cyrillic = "\u00C2\u00E8\u00F2\u00E0\u00EB\u00E8\u00E9";
        final FactLog log = Ami.translate(Ami.raw("Event: NewCallerid\r\nUniqueid: 1.1\r\nCallerIDName: " + cyrillic + "\r\n\r\n"));
        assertTrue(log.only().bytes().contains(cyrillic));
        assertEquals("Толя", Ami.translate("Event: NewCallerid\nUniqueid: 1.1\nCallerIDName: Толя\n\n").only().get("name"));
    }

    /** B7. */
    @Test
    void shouldUndoTheEscapesOfANameExactlyOnce() {
        final FactLog log = Ami.translate("""
            Event: NewConnectedLine
            Uniqueid: 1.1
            CallerIDName: O\\"Neil \\\\ Co\\n\\\\n\\q\\
            ConnectedLineName: \\\\\\"x
            CallerIDNum: a\\"b

            """);
        assertEquals("O\"Neil \\ Co\n\\n\\q\\", log.only().get("name"));
        assertEquals("\\\"x", log.only().get("remoteName"));
        assertEquals("a\\\"b", log.only().get("number"), "a number is not escaped by the server");
    }

    /** Scenario 39, A8: repeated keys are fields of their own and hide nothing. */
    @Test
    void shouldReadTheFirstOfRepeatedKeysAndNothingBehindAForgedOne() {
        final Fact fact = Ami.translate("""
            Event: Hangup
            Uniqueid: 1.1
            ChanVariable: A=1
            ChanVariable(PJSIP/101-00000001): B=
            Cause: 16
            Cause-txt: Normal
            UNIQUEID: 6.6

            """).only();
        assertEquals("Hangup 1.1 16 Normal", fact.show("nativeId", "causeCode", "text"));
    }

    @Test
    void shouldFindLocalUsersByTheRule() {
        assertEquals(List.of("101", "101", "", "", "", "", "", "900001"), List.of(
            user("PJSIP/101-00000001"), user("SIP/101-0000<ZOMBIE>"), user("PJSIP/trunk-00000001"), user("DAHDI/1-1"),
            user("Local/101@internal-00000001;1"), user("PJSIP/101-office-00000001"), user("PJSIP/1234567-00000001"),
            user("IAX2/900001-4")));
    }

    @Test
    void shouldCallTheServersOwnLegsPseudo() {
        for (final String device : List.of("Local/1@x-1;1", "Message/ast_msg_queue", "Surrogate/x", "Recorder/x", "CBAnn/400-1;2",
            "AsyncGoto/PJSIP/101-00000001", "Local/259@default-00000000;1<ZOMBIE>")) {
            assertEquals("PSEUDO", Ami.translate("Event: Newstate\nUniqueid: 1\nChannel: " + device + "\n\n").only().get("legKind"));
        }
    }

    /** E2, E3: the call id is Linkedid, whatever the ids look like; it changes without an event of its own. */
    @Test
    void shouldGiveTheCallIdOfEachLegOfEachBlock() {
        final FactLog log = Ami.translate("""
            Event: DialBegin
            Channel: PJSIP/101-00000001
            ChannelState: 4
            CallerIDNum: 101
            CallerIDName: Ann
            Uniqueid: 1460280786.134
            Linkedid: 1460280786.134
            DestChannel: PJSIP/102-00000002
            DestChannelState: 0
            DestUniqueid: 1460280787.136
            DestLinkedid: 1460280786.134
            DialString: 102

            """);
        assertEquals(List.of("LegState", "Dial"), log.templates());
        assertEquals("LegState 1460280786.134 1460280786.134 RING", log.facts().get(0).show("nativeId", "callId", "legState"));
        assertEquals("Dial 1460280787.136 1460280786.134 102 BEGIN NULL_VAL 1460280786.134 1460280786.134 101 101 Ann DOWN", log.facts()
            .get(1).show("nativeId", "callId", "user", "phase", "status", "peerLeg", "peerCallId", "peerUser", "peerNumber", "peerName",
                "legState"));
        assertTrue(Long.parseLong(log.facts().get(0).get("sourceSequence")) < Long.parseLong(log.facts().get(1).get("sourceSequence")));
    }

    @Test
    void shouldDialForTheRouterItselfWhenNobodyIsNamed() {
        final FactLog log = Ami.translate("Event: DialEnd\nDestChannel: PJSIP/101-1\nDestUniqueid: 1.1\nDialStatus: CHANUNAVAIL\n\n");
        assertEquals("Dial 1.1 END UNAVAILABLE - -", log.only().show("nativeId", "phase", "status", "peerLeg", "peerUser"));
    }

    /** The old names and spellings (version 11). */
    @Test
    void shouldUnderstandTheDialAndBridgeEventsOfOldServers() {
        final FactLog log = Ami.translate("""
            Event: Dial
            SubEvent: Begin
            Channel: Local/259@default-00000000;2
            Destination: SIP/102-00000000
            CallerIDNum: <unknown>
            UniqueID: 1.1
            DestUniqueID: 1.2
            Dialstring: 102

            Event: Bridge
            Bridgestate: Link
            Channel1: SIP/101-00000001
            Channel2: SIP/102-00000000
            Uniqueid1: 1.1
            Uniqueid2: 1.2
            CallerID1: 101
            CallerID2: 102

            Event: Bridge
            Bridgestate: Unlink
            Channel1: SIP/101-00000001
            Channel2: SIP/102-00000000
            Uniqueid1: 1.1
            Uniqueid2: 1.2

            Event: Dial
            SubEvent: End
            Channel: SIP/101-00000001
            UniqueID: 1.1
            DialStatus: ANSWER

            """);
        assertEquals("Dial 1.2 102 BEGIN 1.1 PSEUDO", log.of("Dial").get(0).show("nativeId", "user", "phase", "peerLeg", "peerKind"));
        assertEquals(
            List.of("Bridge 1.1 ENTER 1 1.1~1.2 101", "Bridge 1.2 ENTER 2 1.1~1.2 102", "Bridge 1.1 LEAVE 1 1.1~1.2 101",
                "Bridge 1.2 LEAVE 0 1.1~1.2 102"),
            log.of("Bridge").stream().map(fact -> fact.show("nativeId", "action", "members", "bridgeId", "user")).toList());
        assertEquals(List.of("LegState", "Dial", "Bridge", "Bridge", "Bridge", "Bridge", "Dial"), log.templates());
    }

    /** The Uniqueid stays the key when names go from leg to leg; the Hangup of the emptied shell names the shell. */
    @Test
    void shouldFollowRenamesByNativeId() {
        final FactLog log = Ami.translate("""
            Event: Masquerade
            Clone: SIP/102-1
            Original: Local/259@default-00000000;1

            Event: Rename
            Channel: Local/259@default-00000000;1
            Newname: SIP/102-1
            Uniqueid: 1.0

            Event: Rename
            Channel: SIP/102-1<MASQ>
            Newname: Local/259@default-00000000;1<ZOMBIE>
            Uniqueid: 1.2

            """);
        assertEquals(List.of("Rename 1.0 SIP/102-1 102 Local/259@default-00000000;1 DEVICE",
            "Rename 1.2 Local/259@default-00000000;1<ZOMBIE> - SIP/102-1<MASQ> PSEUDO"),
            log.facts().stream().map(fact -> fact.show("nativeId", "device", "user", "oldDevice", "legKind")).toList());
    }

    @Test
    void shouldTellHoldFromRetrieveInBothForms() {
        final FactLog log = Ami.translate("""
            Event: Hold
            Uniqueid: 1
            MusicClass: default

            Event: Unhold
            Uniqueid: 1

            Event: Hold
            Status: On
            Uniqueid: 2

            Event: Hold
            Status: Off
            Uniqueid: 2

            """);
        assertEquals(List.of("Hold 1 HOLD", "Hold 1 RETRIEVE", "Hold 2 HOLD", "Hold 2 RETRIEVE"),
            log.facts().stream().map(fact -> fact.show("nativeId", "action")).toList());
    }

    @Test
    void shouldCallParkingAndWaitingBridgesHolding() {
        final FactLog log = Ami.translate("""
            Event: BridgeEnter
            BridgeUniqueid: b
            BridgeType: parking
            BridgeTechnology: holding_bridge
            BridgeNumChannels: 1
            Uniqueid: 1

            Event: BridgeLeave
            BridgeUniqueid: b
            BridgeType: basic
            BridgeTechnology: simple_bridge
            BridgeNumChannels: 1
            Uniqueid: 1

            """);
        assertEquals(List.of("Bridge 1 ENTER HOLDING 1 b", "Bridge 1 LEAVE MIXING 1 b"),
            log.facts().stream().map(fact -> fact.show("nativeId", "action", "bridgeKind", "members", "bridgeId")).toList());
    }

    @Test
    void shouldNameWhoTakesACallThatRingsElsewhere() {
        final FactLog log = Ami.translate("""
            Event: Pickup
            Channel: PJSIP/103-1
            ChannelState: 4
            Uniqueid: 3
            Linkedid: 3
            TargetChannel: PJSIP/102-1
            TargetChannelState: 5
            TargetUniqueid: 2
            TargetLinkedid: 1

            """);
        assertEquals(List.of("LegState", "Pickup"), log.templates());
        assertEquals("Pickup 3 103 2 1 102", log.facts().get(1).show("nativeId", "user", "peerLeg", "peerCallId", "peerUser"));
    }

    @Test
    void shouldGiveHangupsTheirCauses() {
        final FactLog log = Ami.translate("""
            Event: HangupRequest
            Uniqueid: 1

            Event: SoftHangupRequest
            Uniqueid: 1
            Cause: 32

            Event: Hangup
            Uniqueid: 1
            Cause: 127
            Cause-txt: Interworking, unspecified

            Event: Hangup
            Uniqueid: 2
            Cause: 128

            """);
        assertEquals(List.of("HangupAsked 1 -32768", "HangupAsked 1 32", "Hangup 1 127", "Hangup 2 -32768"),
            log.facts().stream().map(fact -> fact.show("nativeId", "causeCode")).toList());
        assertEquals(List.of("NO", "YES"), log.of("HangupAsked").stream().map(fact -> fact.get("soft")).toList());
    }

    @Test
    void shouldTellConferencesAndRecordings() {
        final FactLog log = Ami.translate("""
            Event: ConfbridgeJoin
            Conference: 400
            Uniqueid: 1

            Event: MeetmeLeave
            Meetme: 400
            Uniqueid: 1

            Event: MixMonitorStart
            Uniqueid: 1

            Event: MonitorStop
            Uniqueid: 1

            """);
        assertEquals("Conference 1 JOINED 400", log.facts().get(0).show("nativeId", "action", "conference"));
        assertEquals("Conference 1 LEFT 400", log.facts().get(1).show("nativeId", "action", "conference"));
        assertEquals("Recording 1 STARTED", log.facts().get(2).show("nativeId", "action"));
        assertEquals("Recording 1 STOPPED", log.facts().get(3).show("nativeId", "action"));
    }

    private static String user(final String device) {
        return Ami.translate("Event: Newstate\nUniqueid: 1\nChannel: " + device + "\n\n").only().get("user");
    }
}
