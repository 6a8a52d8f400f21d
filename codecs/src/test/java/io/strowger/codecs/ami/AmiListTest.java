package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Lists that somebody has asked for, among events of the moment: A12 and scenario 37.
 */
final class AmiListTest {
    private final AmiTranslator translator = new AmiTranslator(Ami.SETTINGS);
    private final FactLog log = new FactLog();

    /** A12. */
    @Test
    void shouldTakeOnlyItsOwnItemsIntoAListAndLeaveTheRestLive() {
        feed("""
            Response: Success
            ActionID: 1
            EventList: start
            Message: Queue status will follow

            Event: Newchannel
            Uniqueid: 1.1

            Event: QueueParams
            Queue: support
            ActionID: 1

            Event: QueueMember
            Queue: support
            Name: Anna
            Location: PJSIP/201
            Paused: 1
            ActionID: 1

            Event: QueueEntry
            Queue: support
            Position: 1
            Channel: PJSIP/101-1
            Uniqueid: 1.0
            CallerIDNum: 101
            Wait: 7
            ActionID: 1

            Event: QueueMember
            Queue: support
            Location: PJSIP/202
            ActionID: 2

            Event: QueueStatusComplete
            ActionID: 1
            EventList: Complete
            ListItems: 3

            Event: QueueMember
            Queue: support
            Location: PJSIP/203
            ActionID: 1

            """);
        assertEquals(List.of("SourceSnapshotBegin", "LegSeen", "SourceSnapshotItem", "SourceSnapshotItem", "SourceSnapshotItem",
            "SourceSnapshotEnd"), log.templates());
        assertEquals("SourceSnapshotBegin QUEUES 1", log.facts().get(0).show("listKind", "listId"));
        assertEquals(List.of("SourceSnapshotItem QUEUES - - support - - NO 1", "SourceSnapshotItem MEMBERS - 201 support - PJSIP/201 YES 1",
            "SourceSnapshotItem QUEUES 1.0 101 support 1 - NO 1"),
            log.of("SourceSnapshotItem").stream()
                .map(item -> item.show("listKind", "nativeId", "user", "group", "space", "member", "paused", "listId")).toList());
        assertEquals("7000", log.of("SourceSnapshotItem").get(2).get("ageMs"));
        assertEquals("SourceSnapshotEnd QUEUES 3 1", log.facts().get(5).show("listKind", "items", "listId"));
        assertEquals(6, translator.counters().get(Counter.LIST_ITEMS));
    }

    @Test
    void shouldListLegsAndBridges() {
        feed(open("1", "Channels will follow") + open("2", "Bridge listing will follow") + """
            Event: CoreShowChannel
            ActionID: 1
            Channel: PJSIP/101-1
            ChannelState: 6
            Uniqueid: 1
            Linkedid: 1
            Application: AppDial
            ApplicationData: (Outgoing Line)
            Duration: 01:00:05
            BridgeId: b1

            Event: BridgeListItem
            ActionID: 2
            BridgeUniqueid: b1
            BridgeNumChannels: 2

            Event: Hangup
            Uniqueid: 1

            Event: BridgeListComplete
            ActionID: 2
            ListItems: 1

            Event: CoreShowChannelsComplete
            ActionID: 1
            ListItems: 1

            """);
        assertEquals(List.of("SourceSnapshotBegin", "SourceSnapshotBegin", "SourceSnapshotItem", "SourceSnapshotItem", "Hangup",
            "SourceSnapshotEnd", "SourceSnapshotEnd"), log.templates());
        assertEquals("SourceSnapshotItem LEGS 1 1 101 UP 3605000 b1 INCOMING",
            log.facts().get(2).show("listKind", "nativeId", "callId", "user", "legState", "ageMs", "bridgeId", "direction"));
        assertEquals("SourceSnapshotItem BRIDGES - b1", log.facts().get(3).show("listKind", "nativeId", "bridgeId"));
    }

    /** A parked call is live, or stands in a list. */
    @Test
    void shouldTellAParkedCallOfAListFromOneOfTheMoment() {
        final String item = "ParkeeChannel: PJSIP/101-1\nParkeeUniqueid: 1\nParkinglot: default\nParkingSpace: 701\n\n";
        feed(open("9", "Parked calls will follow") + "Event: ParkedCall\nActionID: 9\n" + item
            + "Event: ParkedCall\nPrivilege: call,all\n" + item + "Event: ParkedCall\nActionID: 8\n" + item
            + "Event: ParkedCallsComplete\nActionID: 9\nTotal: 1\n\n");
        assertEquals(List.of("SourceSnapshotBegin", "SourceSnapshotItem", "Park", "SourceSnapshotEnd"), log.templates());
        assertEquals("SourceSnapshotItem PARKED 1 default 701", log.facts().get(1).show("listKind", "nativeId", "group", "space"));
    }

    /** The server says with every parked call how many seconds it has been parked. */
    @Test
    void shouldTellForHowLongAListedCallHasBeenParked() {
        feed(open("9", "Parked calls will follow") + "Event: ParkedCall\nActionID: 9\nParkeeChannel: PJSIP/101-1\nParkeeUniqueid: 1\n"
            + "Parkinglot: default\nParkingSpace: 701\nParkingTimeout: 25\nParkingDuration: 20\n\n"
            + "Event: ParkedCallsComplete\nActionID: 9\nTotal: 1\n\n");
        assertEquals("SourceSnapshotItem PARKED 20000", log.facts().get(1).show("listKind", "ageMs"));
    }

    @Test
    void shouldTakeReachableContactsForRegistrations() {
        feed(open("3", "A listing of Contacts follows, presented as ContactList events")
            + "Event: ContactList\nActionID: 3\nEndpoint: 101\nStatus: NonQualified\n\n"
            + "Event: ContactList\nActionID: 3\nEndpoint: 102\nStatus: Unreachable\n\nEvent: ContactListComplete\nActionID: 3\n\n");
        assertEquals(List.of("SourceSnapshotBegin", "SourceSnapshotItem", "SourceSnapshotEnd"), log.templates());
        assertEquals("SourceSnapshotItem REGISTRATIONS 101 PJSIP/101", log.facts().get(1).show("listKind", "user", "device"));
    }

    /** An empty list can be an error, and lists that are not used give nothing. */
    @Test
    void shouldOpenNoListForAnErrorOrForAListThatIsNotUsed() {
        feed("Response: Error\nActionID: 4\nMessage: No active conferences.\n\n" + open("5", "Confbridge user list will follow")
            + "Event: ConfbridgeList\nActionID: 5\nConference: 400\nUniqueid: 1\n\nEvent: ConfbridgeListComplete\nActionID: 5\n\n");
        assertEquals(List.of(), log.templates());
        assertEquals(2, translator.counters().get(Counter.RESPONSES));
    }

    /** The list of a leg's connected legs is announced like the one of all legs: it must claim nothing about the others. */
    @Test
    void shouldGiveNoEndToAListThatIsNotOfAllLegs() {
        feed(open("6", "Channels will follow") + "Event: CoreShowChannelMap\nActionID: 6\nChannel: PJSIP/101-1\n\n"
            + "Event: CoreShowChannelMapComplete\nActionID: 6\nEventList: Complete\n\n"
            + "Event: CoreShowChannelsComplete\nActionID: 6\nListItems: 0\n\n");
        assertEquals(List.of("SourceSnapshotBegin"), log.templates());
    }

    @Test
    void shouldForgetOpenListsWithTheirConnectionAndTheOldestWhenThereAreTooMany() {
        feed(open("1", "Channels will follow"));
        translator.connected(1);
        feed("Event: CoreShowChannelsComplete\nActionID: 1\n\n");
        assertEquals(List.of("SourceSnapshotBegin"), log.templates());
        for (int i = 0; i <= AmiLists.MAX_OPEN; i++) {
            feed(open("id" + i, "Channels will follow"));
        }
        assertEquals(1, translator.counters().get(Counter.LISTS_REFUSED));
        feed("Event: CoreShowChannelsComplete\nActionID: id0\n\nEvent: CoreShowChannelsComplete\nActionID: id32\n\n");
        assertEquals("SourceSnapshotEnd id32", log.of("SourceSnapshotEnd").get(0).show("listId"));
        assertEquals(1, log.of("SourceSnapshotEnd").size());
    }

    private void feed(final String text) {
        Ami.feed(translator, Ami.stream(text), log);
    }

    private static String open(final String actionId, final String message) {
        return "Response: Success\nActionID: " + actionId + "\nEventList: start\nMessage: " + message + "\n\n";
    }
}
