package io.strowger.codecs.kamailio;

import io.strowger.codecs.sbe.DialStatus;

/**
 * What the status of a SIP reply says of a call that was never up.
 */
final class SipStatus {
    /** The callee's device or the proxy has waited too long. */
    static final int TIMEOUT = 408;
    /** There is no such user. */
    static final int NOT_FOUND = 404;
    /** A status that is not told. */
    static final int UNKNOWN = 0;
    /** A cause that is not told. */
    static final int NO_CAUSE = -1;

    private SipStatus() {
    }

    /**
     * The Q.850 number: RFC 3398, section 8.2.6.1.
     *
     * @return {@link #NO_CAUSE} where the table has none.
     */
    static int cause(final int status) {
        return switch (status) {
            case 404, 485, 604 -> 1;
            case 486, 600 -> 17;
            case 480 -> 18;
            case 401, 402, 403, 407, 603 -> 21;
            case 410 -> 22;
            case 482, 483 -> 25;
            case 484 -> 28;
            case 502 -> 38;
            case 400, 481, 500, 503 -> 41;
            case 606 -> 58;
            case 405 -> 63;
            case 406, 415, 501 -> 79;
            case 408, 504 -> 102;
            case 413, 414, 416, 420, 421, 423, 505, 513 -> 127;
            default -> NO_CAUSE;
        };
    }

    /** How the attempt to reach the callee ended. */
    static DialStatus dialStatus(final int status) {
        return switch (status) {
            case 486, 600 -> DialStatus.BUSY;
            case 408, 480 -> DialStatus.NO_ANSWER;
            case 487 -> DialStatus.CANCEL;
            case 404, 410, 484, 485, 604 -> DialStatus.UNAVAILABLE;
            case 500, 502, 503, 504 -> DialStatus.CONGESTION;
            default -> DialStatus.OTHER;
        };
    }
}
