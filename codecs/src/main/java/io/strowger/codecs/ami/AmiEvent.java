package io.strowger.codecs.ami;

/**
 * The events that give facts, each with the names it has had over the versions of the server.
 */
enum AmiEvent {
    FULLY_BOOTED("FullyBooted"),
    SHUTDOWN("Shutdown"),
    NEWCHANNEL("Newchannel"),
    NEWSTATE("Newstate"),
    PARTIES("NewCallerid", "NewConnectedLine"),
    RENAME("Rename"),
    DIAL_BEGIN("DialBegin"),
    DIAL_STATE("DialState"),
    DIAL_END("DialEnd"),
    /** Asterisk 11 and before: begin and end in one. */
    DIAL("Dial"),
    BRIDGE_ENTER("BridgeEnter"),
    BRIDGE_LEAVE("BridgeLeave"),
    /** Asterisk 11 and before: two legs joined or parted. */
    BRIDGE("Bridge"),
    HOLD("Hold"),
    UNHOLD("Unhold"),
    HANGUP_REQUEST("HangupRequest"),
    SOFT_HANGUP_REQUEST("SoftHangupRequest"),
    HANGUP("Hangup"),
    PICKUP("Pickup"),
    CONFERENCE_JOIN("ConfbridgeJoin", "MeetmeJoin"),
    CONFERENCE_LEAVE("ConfbridgeLeave", "MeetmeLeave"),
    RECORDING_START("MixMonitorStart", "MonitorStart"),
    RECORDING_STOP("MixMonitorStop", "MonitorStop"),
    BLIND_TRANSFER("BlindTransfer"),
    ATTENDED_TRANSFER("AttendedTransfer"),
    PARKED("ParkedCall"),
    UNPARKED("UnParkedCall"),
    PARK_TIMED_OUT("ParkedCallTimeOut"),
    PARK_GIVEN_UP("ParkedCallGiveUp"),
    PARK_SWAPPED("ParkedCallSwap"),
    QUEUE_JOIN("QueueCallerJoin", "Join"),
    QUEUE_LEAVE("QueueCallerLeave", "Leave"),
    QUEUE_ABANDON("QueueCallerAbandon"),
    AGENT_CALLED("AgentCalled"),
    AGENT_CONNECT("AgentConnect"),
    AGENT_COMPLETE("AgentComplete"),
    AGENT_NO_ANSWER("AgentRingNoAnswer", "AgentDump"),
    /** A variable was set; only {@code QUEUESTATUS} gives a fact. */
    VAR_SET("VarSet"),
    MEMBER_ADDED("QueueMemberAdded"),
    MEMBER_REMOVED("QueueMemberRemoved"),
    MEMBER_PAUSE("QueueMemberPause", "QueueMemberPaused"),
    AGENT_LOGIN("AgentLogin", "Agentcallbacklogin"),
    AGENT_LOGOFF("AgentLogoff", "Agentcallbacklogoff"),
    PEER_STATUS("PeerStatus"),
    FAX_RECEIVED("ReceiveFAX"),
    FAX_SENT("SendFAX"),
    FAX_STATUS("FAXStatus"),
    SMS("DongleNewSMS"),
    LIST_LEG("CoreShowChannel"),
    LIST_STATE("Status"),
    LIST_QUEUE("QueueParams"),
    LIST_MEMBER("QueueMember"),
    LIST_WAITING("QueueEntry"),
    LIST_BRIDGE("BridgeListItem"),
    LIST_CONTACT("ContactList"),
    /** Completes a list that is announced like the one of all legs, but is not. */
    LIST_OTHER_END("CoreShowChannelMapComplete"),
    LIST_END(
        "CoreShowChannelsComplete", "StatusComplete", "QueueStatusComplete", "ParkedCallsComplete", "BridgeListComplete",
        "ContactListComplete");

    private final String names;

    AmiEvent(final String... names) {
        this.names = String.join(" ", names);
    }

    /**
     * What the servers call it, the names with a space between them.
     */
    String names() {
        return names;
    }

    /**
     * Whether it only ever stands in a list that somebody has asked for.
     */
    boolean isOnlyInLists() {
        return compareTo(LIST_LEG) >= 0;
    }
}
