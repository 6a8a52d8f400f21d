package io.strowger.codecs.esl;

import java.util.ArrayList;
import java.util.List;

/**
 * The names of an event that are read, as numbers.
 */
final class EslKey {
    static final int EVENT_NAME = 0;
    static final int EVENT_SUBCLASS = 1;
    static final int CORE_UUID = 2;
    static final int EVENT_TIME = 3;
    static final int UNIQUE_ID = 4;
    static final int CALL_UUID = 5;
    static final int CHANNEL_NAME = 6;
    static final int PRESENCE_ID = 7;
    static final int CALL_DIRECTION = 8;
    static final int ANSWER_STATE = 9;
    static final int CALLER_NUMBER = 10;
    static final int CALLER_NAME = 11;
    static final int CALLEE_NUMBER = 12;
    static final int CALLEE_NAME = 13;
    static final int DESTINATION = 14;
    static final int RDNIS = 15;
    static final int TRANSFER_SOURCE = 16;
    static final int ANSWERED_TIME = 17;
    static final int OTHER_LEG = 18;
    static final int OTHER_LEG_CHANNEL = 19;
    static final int HANGUP_CAUSE = 20;
    static final int HANGUP_Q850 = 21;
    static final int BRIDGE_A = 22;
    static final int BRIDGE_B = 23;
    static final int OLD_UNIQUE_ID = 24;
    static final int TRANSFER_TO = 25;
    static final int TRANSFER_DESTINATION = 26;
    static final int BRIDGE_UUID = 27;
    static final int LAST_BRIDGE_TO = 28;
    static final int REFER_TO = 29;
    static final int REFERRED_BY = 30;
    static final int REDIRECT_USER = 31;
    static final int REDIRECTED_TO = 32;
    static final int MEMBER_SESSION_VARIABLE = 33;
    static final int QUEUE = 34;
    static final int ACTION_OF_QUEUE = 35;
    static final int MEMBER_SESSION = 36;
    static final int AGENT = 37;
    static final int AGENT_LEG = 38;
    static final int AGENT_STATUS = 39;
    static final int QUEUE_CAUSE = 40;
    static final int CANCEL_REASON = 41;
    static final int FIFO_NAME = 42;
    static final int FIFO_ACTION = 43;
    static final int ACTION = 44;
    static final int LOT = 45;
    static final int SPACE = 46;
    static final int BRIDGE_TO = 47;
    static final int CONFERENCE = 48;
    static final int RECORD_PATH = 49;
    static final int FROM_USER = 50;
    static final int FROM_HOST = 51;
    static final int TO_USER = 52;
    static final int USER = 53;
    static final int HOST = 54;
    static final int CONTACT = 55;
    static final int NETWORK_IP = 56;
    static final int FROM_FULL = 57;
    static final int FROM = 58;
    static final int TO = 59;
    static final int FAX_SUCCESS = 60;
    static final int FAX_PAGES = 61;
    static final int FAX_LOCAL = 62;
    static final int FAX_REMOTE = 63;
    static final int FAX_TEXT = 64;
    static final int FAX_FILE = 65;
    static final int FAX_FILE_VARIABLE = 66;
    static final int CONTENT_LENGTH = 67;
    static final int BODY = 68;
    static final int SENT_NUMBER = 69;
    static final int SENT_NAME = 70;
    static final int CHANNEL_STATE = 71;
    static final int MESSAGE_TYPE = 72;
    static final int DELIVERY_FAILURE = 73;
    static final int REGISTER_CALL_ID = 74;
    static final int DIALPLAN = 75;

    private static final String[] NAMES = {
        "Event-Name", "Event-Subclass", "Core-UUID", "Event-Date-Timestamp", "Unique-ID", "Channel-Call-UUID", "Channel-Name",
        "Channel-Presence-ID", "Call-Direction", "Answer-State", "Caller-Caller-ID-Number", "Caller-Caller-ID-Name",
        "Caller-Callee-ID-Number", "Caller-Callee-ID-Name", "Caller-Destination-Number", "Caller-RDNIS", "Caller-Transfer-Source",
        "Caller-Channel-Answered-Time", "Other-Leg-Unique-ID", "Other-Leg-Channel-Name", "Hangup-Cause", "variable_hangup_cause_q850",
        "Bridge-A-Unique-ID", "Bridge-B-Unique-ID", "Old-Unique-ID", "variable_transfer_to", "variable_transfer_destination",
        "variable_bridge_uuid", "variable_last_bridge_to", "variable_sip_refer_to", "variable_sip_h_Referred-By",
        "variable_sip_redirect_contact_user_0", "variable_sip_redirected_to", "variable_cc_member_session_uuid", "CC-Queue", "CC-Action",
        "CC-Member-Session-UUID", "CC-Agent", "CC-Agent-UUID", "CC-Agent-Status", "CC-Cause", "CC-Cancel-Reason", "FIFO-Name",
        "FIFO-Action", "Action", "Valet-Lot-Name", "Valet-Extension", "Bridge-To-UUID", "Conference-Name", "Record-File-Path",
        "from-user", "from-host", "to_user", "user", "host", "contact", "network-ip", "from_full", "from", "to", "fax-success",
        "fax-document-transferred-pages", "fax-local-station-id", "fax-remote-station-id", "fax-result-text", "fax-filename",
        "variable_fax_filename", "Content-Length", "_body",
        "Sent-Callee-ID-Number", "Sent-Callee-ID-Name", "Channel-State", "type", "Delivery-Failure", "call-id",
        "Caller-Dialplan"};

    private EslKey() {
    }

    /** The names in the order of their numbers. */
    static List<String> names() {
        return new ArrayList<>(List.of(NAMES));
    }
}
