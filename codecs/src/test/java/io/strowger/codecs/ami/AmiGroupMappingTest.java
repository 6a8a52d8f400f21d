package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.FactLog.Fact;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What blocks about transfers, parking, queues, groups, devices, other media and lists say.
 */
final class AmiGroupMappingTest {
    /** domain.md 7.14: the one who transfers is the one who leaves. */
    @Test
    void shouldPutABlindTransferOnTheTransferee() {
        final FactLog log = Ami.translate("""
            Event: BlindTransfer
            Result: Success
            TransfererChannel: PJSIP/102-1
            TransfererChannelState: 6
            TransfererUniqueid: 2
            TransfererLinkedid: 1
            TransfereeChannel: PJSIP/101-1
            TransfereeChannelState: 6
            TransfereeUniqueid: 1
            TransfereeLinkedid: 1
            Extension: 103

            Event: BlindTransfer
            Result: Fail
            TransfererChannel: PJSIP/trunk-1
            TransfererCallerIDNum: 5551
            TransfererUniqueid: 2
            TransfereeUniqueid: 1
            Extension: 103

            """);
        assertEquals(List.of("Transfer", "Transfer"), log.templates());
        assertEquals("Transfer 1 BLIND SUCCESS 102 2 103", log.facts().get(0).show("nativeId", "kind", "result", "by", "byLeg", "to"));
        assertEquals("Transfer 1 BLIND FAILED 5551 2 103", log.facts().get(1).show("nativeId", "kind", "result", "by", "byLeg", "to"));
    }

    /** main/stasis_bridges.c, blind_transfer_to_ami: none is named when more than one leg is in the bridge beside the transferer. */
    @Test
    void shouldTellABlindTransferOfMoreThanOneLegByWhoMadeIt() {
        final FactLog log = Ami.translate("""
            Event: BlindTransfer
            Result: Success
            TransfererChannel: PJSIP/102-1
            TransfererChannelState: 6
            TransfererUniqueid: 2
            BridgeUniqueid: b
            BridgeNumChannels: 3
            Extension: 103

            """);
        assertEquals("Transfer - BLIND SUCCESS 102 2 103", log.only().show("nativeId", "kind", "result", "by", "byLeg", "to"));
    }

    /** res/res_fax.c, fax_gateway_start: the gateway between T.38 and audio tells of its progress, but of no end. */
    @Test
    void shouldTellOfNoFaxWhenAGatewayPassesOneOn() {
        final String status = "Event: FAXStatus\nChannel: PJSIP/trunk-1\nUniqueid: 1.1\nStatus: T.38 Negotiated\nOperation: ";
        assertEquals(List.of("Fax"), Ami.translate(status + "gateway\n\n" + status + "receive\n\n").templates());
    }

    /** E10. */
    @Test
    void shouldNameBothSidesOfAnAttendedTransfer() {
        final FactLog log = Ami.translate("""
            Event: AttendedTransfer
            Result: Success
            OrigTransfererChannel: PJSIP/102-1
            OrigTransfererChannelState: 6
            OrigTransfererUniqueid: 2
            SecondTransfererChannel: PJSIP/102-2
            SecondTransfererChannelState: 6
            SecondTransfererConnectedLineNum: 103
            SecondTransfererUniqueid: 3
            TransfereeChannel: PJSIP/101-1
            TransfereeCallerIDNum: 101
            TransfereeUniqueid: 1
            TransferTargetChannel: PJSIP/103-1
            TransferTargetCallerIDNum: 103
            TransferTargetUniqueid: 4

            Event: AttendedTransfer
            Result: Success
            OrigTransfererUniqueid: 2
            SecondTransfererConnectedLineNum: 104
            SecondTransfererUniqueid: 3

            """);
        assertEquals(List.of("Transfer 1", "Transfer -"),
            log.facts().stream().map(fact -> fact.show("nativeId")).toList());
        assertEquals("Transfer 101 102 2 3 103 4", log.facts().get(0).show("number", "by", "byLeg", "secondLeg", "to", "toLeg"));
        assertEquals("Transfer - - 2 3 104 -", log.facts().get(1).show("number", "by", "byLeg", "secondLeg", "to", "toLeg"));
    }

    /** E9. */
    @Test
    void shouldGiveOneParkFactForBothFormsOfTheEvent() {
        final FactLog log = Ami.translate("""
            Event: ParkedCall
            Privilege: call,all
            ParkeeChannel: PJSIP/101-1
            ParkeeChannelState: 6
            ParkeeUniqueid: 1
            ParkeeLinkedid: 1
            ParkerDialString: PJSIP/102
            Parkinglot: default
            ParkingSpace: 701

            Event: ParkedCallTimeOut
            Privilege: call,all
            Exten: 701
            Channel: SIP/101-1
            Parkinglot: default
            From: SIP/102-0001
            Timeout: 45
            UniqueID: 1

            Event: UnParkedCall
            Privilege: call,all
            ParkeeUniqueid: 1
            RetrieverChannel: PJSIP/103-1
            RetrieverChannelState: 6
            RetrieverUniqueid: 3
            ParkerDialString: PJSIP/102
            Parkinglot: default
            ParkingSpace: 701

            """);
        assertEquals(List.of("Park 1 PARKED default 701 102 -", "Park 1 TIMED_OUT default 701 102 -", "Park 1 RETRIEVED default 701 103 3"),
            log.of("Park").stream().map(fact -> fact.show("nativeId", "action", "lot", "space", "by", "peerLeg")).toList());
        assertEquals("LegState 3", log.of("LegState").get(0).show("nativeId"));
    }

    /** E8, and the old agent events, whose Channel is the member's. */
    @Test
    void shouldUnderstandTheQueueEventsOfOldServers() {
        final FactLog log = Ami.translate("""
            Event: Join
            Queue: q
            Position: 1
            Count: 1
            Uniqueid: 1.1

            Event: AgentConnect
            Queue: q
            Uniqueid: 1.1
            Channel: SIP/201-0001
            Member: SIP/201
            MemberName: Anna
            HoldTime: 9
            BridgedChannel: 1.2

            Event: Leave
            Queue: q
            Count: 0
            Uniqueid: 1.1

            """);
        assertEquals("Queue 1.1 JOINED q 1 1", log.facts().get(0).show("nativeId", "action", "group", "position", "waiting"));
        assertEquals("Queue 1.1 - CONNECTED SIP/201 201 1.2 9000",
            log.facts().get(1).show("nativeId", "device", "action", "member", "memberUser", "memberLeg", "holdMs"));
        assertEquals("Queue 1.1 LEFT q", log.facts().get(2).show("nativeId", "action", "group"));
    }

    @Test
    void shouldTellHowAStayInAQueueEndedAndNoOtherVariable() {
        final FactLog log = Ami.translate("""
            Event: VarSet
            Channel: PJSIP/101-1
            Uniqueid: 1
            Variable: QUEUESTATUS
            Value: TIMEOUT

            Event: VarSet
            Uniqueid: 1
            Variable: DIALSTATUS
            Value: QUEUESTATUS

            Event: QueueCallerAbandon
            Queue: q
            Position: 1
            OriginalPosition: 1
            HoldTime: 3
            Uniqueid: 1

            """);
        assertEquals(List.of("Queue 1 STATUS TIMEOUT", "Queue 1 ABANDONED -"),
            log.facts().stream().map(fact -> fact.show("nativeId", "action", "text")).toList());
        assertEquals("3000", log.facts().get(1).get("holdMs"));
        assertEquals("-9223372036854775808", log.facts().get(0).get("holdMs"));
    }

    @Test
    void shouldFindTheUserOfAGroupMemberInWhicheverNameHoldsIt() {
        final FactLog log = Ami.translate("""
            Event: QueueMemberAdded
            Queue: q
            MemberName: Anna
            Interface: Local/201@from-queue/n
            StateInterface: PJSIP/201
            Paused: 0

            Event: QueueMemberPaused
            Queue: q
            Location: Local/id-9@agentcallback
            MemberName: Agent/220
            Paused: 1
            Reason: lunch

            Event: QueueMemberPause
            Queue: q
            MemberName: x
            Interface: PJSIP/203
            Paused: 0
            PausedReason: done

            Event: QueueMemberRemoved
            Queue: q
            MemberName: x
            Interface: PJSIP/anna

            Event: Agentlogin
            Agent: 1001
            Loginchan: SIP/203-1
            Uniqueid: 5

            """);
        assertEquals(
            List.of("GroupMembership 201 ADDED q Anna - NO", "GroupMembership 220 PAUSED q Agent/220 lunch YES",
                "GroupMembership 203 READY q x done NO", "GroupMembership - REMOVED q x - NO", "GroupMembership 1001 ADDED - 1001 - NO"),
            log.facts().stream().map(fact -> fact.show("user", "action", "group", "name", "text", "paused")).toList());
    }

    @Test
    void shouldTellOfDevicesFaxesAndMessages() {
        final FactLog log = Ami.translate("""
            Event: PeerStatus
            Peer: SIP/101
            PeerStatus: Registered
            Address: 192.0.2.5:5060

            Event: PeerStatus
            Peer: PJSIP/trunk
            PeerStatus: Unreachable

            Event: PeerStatus
            Peer: PJSIP/102
            PeerStatus: Rejected

            Event: ReceiveFAX
            Channel: PJSIP/101-1
            Uniqueid: 1
            Linkedid: 1
            RemoteStationID: 5551
            PagesTransferred: 2
            FileName: /fax/1.tif

            Event: DongleNewSMS
            Device: dongle0
            From: +15551
            LineCount: 1
            MessageLine0: See you

            """);
        assertEquals("Registration 101 REGISTERED SIP/101 192.0.2.5:5060", log.facts().get(0).show("user", "action", "device", "address"));
        assertEquals("Registration - UNREGISTERED PJSIP/trunk", log.facts().get(1).show("user", "action", "device"));
        assertEquals("Fax fax:1 1 101 5551 /fax/1.tif COMPLETED INCOMING 2",
            log.facts().get(2).show("nativeId", "callId", "user", "remoteParty", "reference", "action", "direction", "pages"));
        assertEquals("Message +15551 See you SMS INCOMING", log.facts().get(3).show("remoteParty", "text", "media", "direction"));
        assertEquals("sms:" + String.format("%016x", Long.parseLong(log.facts().get(3).get("sourceSequence"))),
            log.facts().get(3).get("nativeId"));
    }

    @Test
    void shouldTellOfTheSourceItself() {
        final FactLog log = Ami.translate("""
            Event: FullyBooted
            Privilege: system,all
            SystemName: pbx-1
            Uptime: 140

            Event: Shutdown
            Shutdown: Cleanly
            Restart: True

            """);
        assertEquals("SourceBooted 140000 pbx-1", log.facts().get(0).show("uptimeMs", "epoch"));
        assertEquals("SourceStopping YES Cleanly", log.facts().get(1).show("restart", "text"));
    }

    @Test
    void shouldReportAnIdentityThatIsTooLongAndNeverCutIt() {
        final String id = "x".repeat(SignalLayout.MAX_NATIVE_ID_LENGTH);
        final AmiTranslator translator = new AmiTranslator(Ami.SETTINGS);
        final FactLog log = new FactLog();
        Ami.feed(translator, Ami.stream("Event: Hangup\nUniqueid: " + id + "\n\nEvent: Hangup\nUniqueid: " + id + "y\n\n"
            + "Event: Hangup\nUniqueid: none\n\n"), log);
        assertEquals(id, log.facts().get(0).get("nativeId"));
        assertEquals("native-id-too-long", log.facts().get(1).get("name"));
        assertEquals("Hangup", log.facts().get(2).get("name"));
        assertEquals(1, translator.counters().get(Counter.IDENTITY_TOO_LONG));
        assertEquals(1, translator.counters().get(Counter.WITHOUT_NATIVE_ID));
    }

    @Test
    void shouldCutLongTextsSoThatEveryFactIsASignal() {
        final StringBuilder block = new StringBuilder("Event: DialBegin\n");
        for (final String prefix : List.of("", "Dest")) {
            for (final String key : List.of("Channel", "CallerIDNum", "CallerIDName", "ConnectedLineNum", "ConnectedLineName")) {
                block.append(prefix).append(key).append(": ").append("ä".repeat(600)).append('\n');
            }
            block.append(prefix).append("Uniqueid: ").append("u".repeat(160)).append('\n');
            block.append(prefix).append("Linkedid: ").append("l".repeat(160)).append('\n');
        }
        final AmiTranslator translator = new AmiTranslator(Ami.SETTINGS);
        final FactLog log = new FactLog();
        Ami.feed(translator, Ami.stream(block + "Forward: " + "f".repeat(900) + "\n\n"), log);
        assertEquals(List.of("LegState", "Dial"), log.templates());
        final Fact dial = log.facts().get(1);
        assertEquals("ä".repeat(FactTexts.TIGHT / 2), dial.get("name"));
        assertTrue(dial.bytes().length() <= SignalLayout.MAX_SIGNAL_LENGTH);
        assertEquals(1, translator.counters().get(Counter.CUT_TIGHT));
    }
}
