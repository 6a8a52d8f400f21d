package io.strowger.codecs.esl;

import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.translate.NameTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's names of causes, as numbers of Q.850. Those up to INTERWORKING are Q.850's own; for the server's own ones behind it the
 * nearest.
 *
 * <p>Immutable; any thread.
 */
final class HangupCauses {
    /** Returned for a name that is not known. */
    static final int NONE = -1;

    private static final String[] TABLE = {
        "NONE 0", "UNALLOCATED_NUMBER 1", "NO_ROUTE_TRANSIT_NET 2", "NO_ROUTE_DESTINATION 3", "CHANNEL_UNACCEPTABLE 6",
        "CALL_AWARDED_DELIVERED 7", "NORMAL_CLEARING 16", "USER_BUSY 17", "NO_USER_RESPONSE 18", "NO_ANSWER 19", "SUBSCRIBER_ABSENT 20",
        "CALL_REJECTED 21", "NUMBER_CHANGED 22", "REDIRECTION_TO_NEW_DESTINATION 23", "EXCHANGE_ROUTING_ERROR 25",
        "DESTINATION_OUT_OF_ORDER 27", "INVALID_NUMBER_FORMAT 28", "FACILITY_REJECTED 29", "RESPONSE_TO_STATUS_ENQUIRY 30",
        "NORMAL_UNSPECIFIED 31", "NORMAL_CIRCUIT_CONGESTION 34", "NETWORK_OUT_OF_ORDER 38", "NORMAL_TEMPORARY_FAILURE 41",
        "SWITCH_CONGESTION 42", "ACCESS_INFO_DISCARDED 43", "REQUESTED_CHAN_UNAVAIL 44", "PRE_EMPTED 45", "FACILITY_NOT_SUBSCRIBED 50",
        "OUTGOING_CALL_BARRED 52", "INCOMING_CALL_BARRED 54", "BEARERCAPABILITY_NOTAUTH 57", "BEARERCAPABILITY_NOTAVAIL 58",
        "SERVICE_UNAVAILABLE 63", "BEARERCAPABILITY_NOTIMPL 65", "CHAN_NOT_IMPLEMENTED 66", "FACILITY_NOT_IMPLEMENTED 69",
        "SERVICE_NOT_IMPLEMENTED 79", "INVALID_CALL_REFERENCE 81", "INCOMPATIBLE_DESTINATION 88", "INVALID_MSG_UNSPECIFIED 95",
        "MANDATORY_IE_MISSING 96", "MESSAGE_TYPE_NONEXIST 97", "WRONG_MESSAGE 98", "IE_NONEXIST 99", "INVALID_IE_CONTENTS 100",
        "WRONG_CALL_STATE 101", "RECOVERY_ON_TIMER_EXPIRE 102", "MANDATORY_IE_LENGTH_ERROR 103", "PROTOCOL_ERROR 111", "INTERWORKING 127",
        "SUCCESS 16", "ORIGINATOR_CANCEL 16", "CRASH 127", "SYSTEM_SHUTDOWN 127", "LOSE_RACE 26", "MANAGER_REQUEST 16", "BLIND_TRANSFER 16",
        "ATTENDED_TRANSFER 16", "ALLOTTED_TIMEOUT 102", "USER_CHALLENGE 21", "MEDIA_TIMEOUT 102", "PICKED_OFF 26",
        "USER_NOT_REGISTERED 20", "PROGRESS_TIMEOUT 18", "INVALID_GATEWAY 3", "GATEWAY_DOWN 27", "INVALID_URL 28", "INVALID_PROFILE 3",
        "NO_PICKUP 19", "SRTP_READ_ERROR 127", "BOWOUT 16", "BUSY_EVERYWHERE 17", "DECLINE 21", "DOES_NOT_EXIST_ANYWHERE 1",
        "NOT_ACCEPTABLE 88", "UNWANTED 21", "NO_IDENTITY 21", "BAD_IDENTITY_INFO 21", "UNSUPPORTED_CERTIFICATE 21", "INVALID_IDENTITY 21",
        "STALE_DATE 21", "REJECT_ALL 21"};

    private static final int[] NUMBERS = new int[TABLE.length];
    private static final NameTable NAMES = new NameTable(names());
    private static final int CANCEL = position("ORIGINATOR_CANCEL");
    private static final int LOSE_RACE = position("LOSE_RACE");
    private static final int PICKED_OFF = position("PICKED_OFF");

    private HangupCauses() {
    }

    /**
     * Number of Q.850 for a name.
     *
     * @return 0 to 127, or {@link #NONE}.
     */
    static int q850(final byte[] bytes, final int offset, final int length) {
        final int found = NAMES.find(bytes, offset, length);
        return found < 0 ? NONE : NUMBERS[found];
    }

    /** Whether the name says that the caller has given up. */
    static boolean isCancel(final byte[] bytes, final int offset, final int length) {
        return NAMES.find(bytes, offset, length) == CANCEL;
    }

    /** How an attempt to reach a leg ended that ended for this cause. */
    static DialStatus status(final byte[] bytes, final int offset, final int length) {
        final int found = NAMES.find(bytes, offset, length);
        if (found == CANCEL || found == LOSE_RACE || found == PICKED_OFF) {
            return DialStatus.CANCEL;
        }
        return found < 0 ? DialStatus.OTHER : switch (NUMBERS[found]) {
            case 17 -> DialStatus.BUSY;
            case 18, 19, 102 -> DialStatus.NO_ANSWER;
            case 34, 38, 41, 42, 44 -> DialStatus.CONGESTION;
            case 20, 27 -> DialStatus.UNAVAILABLE;
            default -> DialStatus.OTHER;
        };
    }

    private static List<String> names() {
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < TABLE.length; i++) {
            final int space = TABLE[i].indexOf(' ');
            names.add(TABLE[i].substring(0, space));
            NUMBERS[i] = Integer.parseInt(TABLE[i].substring(space + 1));
        }
        return names;
    }

    private static int position(final String name) {
        return names().indexOf(name);
    }
}
