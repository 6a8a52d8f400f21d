package io.strowger.codecs.ami;

import io.strowger.codecs.translate.NameTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers of the keys that the mappings ask for. A leg stands in a block as a snapshot of eight keys, with a prefix for each further leg:
 *
 * <pre>
 *   number = prefix * 8 + field        prefix: NONE, DEST, TRANSFERER, ...       field: CHANNEL, STATE, ... LINKEDID
 *
 *   Channel            ChannelState       CallerIDNum       CallerIDName   ConnectedLineNum ... Uniqueid       Linkedid
 *   DestChannel        DestChannelState   DestCallerIDNum   ...                                 DestUniqueid   DestLinkedid
 * </pre>
 *
 * <p>The other keys have the numbers behind those. Keys match without regard to case: it differs by version and by event.
 */
final class AmiKey {
    /** Prefix of the leg that needs none. */
    static final int NONE = 0;
    /** Prefix {@code Dest}. */
    static final int DEST = 1;
    /** Prefix {@code Transferer}. */
    static final int TRANSFERER = 2;
    /** Prefix {@code Transferee}. */
    static final int TRANSFEREE = 3;
    /** Prefix {@code OrigTransferer}. */
    static final int ORIG_TRANSFERER = 4;
    /** Prefix {@code SecondTransferer}. */
    static final int SECOND_TRANSFERER = 5;
    /** Prefix {@code TransferTarget}. */
    static final int TRANSFER_TARGET = 6;
    /** Prefix {@code Parkee}. */
    static final int PARKEE = 7;
    /** Prefix {@code Retriever}. */
    static final int RETRIEVER = 8;
    /** Prefix {@code Target}. */
    static final int TARGET = 9;

    /** Device name of the leg. */
    static final int CHANNEL = 0;
    /** State of the leg, a digit. */
    static final int STATE = 1;
    /** Number of the leg's own side. */
    static final int NUMBER = 2;
    /** Name of the leg's own side, escaped. */
    static final int NAME = 3;
    /** Number of the other side. */
    static final int LINE_NUMBER = 4;
    /** Name of the other side, escaped. */
    static final int LINE_NAME = 5;
    /** Native id of the leg. */
    static final int UNIQUEID = 6;
    /** Call id of the leg. */
    static final int LINKEDID = 7;

    private static final int FIELDS = 8;
    private static final List<String> NAMES = new ArrayList<>();

    static {
        for (final String prefix : List.of(
            "", "Dest", "Transferer", "Transferee", "OrigTransferer", "SecondTransferer", "TransferTarget", "Parkee", "Retriever",
            "Target")) {
            for (final String field : List.of(
                "Channel", "ChannelState", "CallerIDNum", "CallerIDName", "ConnectedLineNum", "ConnectedLineName", "Uniqueid",
                "Linkedid")) {
                NAMES.add(prefix + field);
            }
        }
    }

    static final int EVENT = key("Event");
    static final int RESPONSE = key("Response");
    static final int ACTION_ID = key("ActionID");
    static final int EVENT_LIST = key("EventList");
    static final int LIST_ITEMS = key("ListItems");
    static final int MESSAGE = key("Message");
    static final int PRIVILEGE = key("Privilege");
    static final int TIMESTAMP = key("Timestamp");
    static final int SYSTEM_NAME = key("SystemName");
    static final int UPTIME = key("Uptime");
    static final int SHUTDOWN = key("Shutdown");
    static final int RESTART = key("Restart");
    static final int EXTEN = key("Exten");
    static final int EXTENSION = key("Extension");
    static final int NEWNAME = key("Newname");
    static final int DESTINATION = key("Destination");
    static final int SUB_EVENT = key("SubEvent");
    static final int DIAL_STATUS = key("DialStatus");
    static final int FORWARD = key("Forward");
    static final int BRIDGE_UNIQUEID = key("BridgeUniqueid");
    static final int BRIDGE_TYPE = key("BridgeType");
    static final int BRIDGE_TECHNOLOGY = key("BridgeTechnology");
    static final int BRIDGE_MEMBERS = key("BridgeNumChannels");
    static final int BRIDGE_STATE = key("Bridgestate");
    static final int BRIDGE_ID = key("BridgeId");
    static final int APPLICATION = key("Application");
    static final int CHANNEL_1 = key("Channel1");
    static final int CHANNEL_2 = key("Channel2");
    static final int UNIQUEID_1 = key("Uniqueid1");
    static final int UNIQUEID_2 = key("Uniqueid2");
    static final int CALLER_ID_1 = key("CallerID1");
    static final int CALLER_ID_2 = key("CallerID2");
    static final int STATUS = key("Status");
    static final int CAUSE = key("Cause");
    static final int CAUSE_TEXT = key("Cause-txt");
    static final int CONFERENCE = key("Conference");
    static final int MEETME = key("Meetme");
    static final int RESULT = key("Result");
    static final int VARIABLE = key("Variable");
    static final int VALUE = key("Value");
    static final int QUEUE = key("Queue");
    static final int POSITION = key("Position");
    static final int COUNT = key("Count");
    static final int HOLD_TIME = key("HoldTime");
    static final int INTERFACE = key("Interface");
    static final int MEMBER = key("Member");
    static final int AGENT_CALLED = key("AgentCalled");
    static final int BRIDGED_CHANNEL = key("BridgedChannel");
    static final int STATE_INTERFACE = key("StateInterface");
    static final int LOCATION = key("Location");
    static final int MEMBER_NAME = key("MemberName");
    static final int PLAIN_NAME = key("Name");
    static final int PAUSED = key("Paused");
    static final int PAUSED_REASON = key("PausedReason");
    static final int REASON = key("Reason");
    static final int WAIT = key("Wait");
    static final int AGENT = key("Agent");
    static final int LOGIN_CHANNEL = key("Loginchan");
    static final int PARKER_DIAL_STRING = key("ParkerDialString");
    static final int PARKING_LOT = key("Parkinglot");
    static final int PARKING_SPACE = key("ParkingSpace");
    static final int PARKING_DURATION = key("ParkingDuration");
    static final int FROM = key("From");
    static final int PEER = key("Peer");
    static final int PEER_STATUS = key("PeerStatus");
    static final int ADDRESS = key("Address");
    static final int OPERATION = key("Operation");
    static final int REMOTE_STATION = key("RemoteStationID");
    static final int PAGES = key("PagesTransferred");
    static final int FILE_NAME = key("FileName");
    static final int MESSAGE_LINE_0 = key("MessageLine0");
    static final int DURATION = key("Duration");
    static final int SECONDS = key("Seconds");
    static final int ENDPOINT = key("Endpoint");
    static final int OBJECT_NAME = key("ObjectName");

    /** How many keys have a number: 0 to this. */
    static final int COUNT_OF_KEYS = NAMES.size();

    private static final NameTable TABLE = new NameTable(NAMES);

    private AmiKey() {
    }

    /**
     * The number of a field of a leg.
     *
     * @param prefix from {@link #NONE} to {@link #TARGET}.
     * @param field  from {@link #CHANNEL} to {@link #LINKEDID}.
     */
    static int of(final int prefix, final int field) {
        return prefix * FIELDS + field;
    }

    /**
     * The number of the key at the offset, or {@link NameTable#NONE} for one that nobody asks for.
     */
    static int find(final byte[] bytes, final int offset, final int length) {
        return TABLE.find(bytes, offset, length);
    }

    private static int key(final String name) {
        NAMES.add(name);
        return NAMES.size() - 1;
    }
}
