package io.strowger.router.status;

/**
 * The named negatives that calls on the hot path answer with; zero and above is always success.
 */
public final class ReturnCode {
    /** There is no room now: nothing was taken, offer it again. */
    public static final int BACK_PRESSURED = -1;

    /** The router, or this end of it, is closed or has failed: nothing was taken and nothing more will come. */
    public static final int CLOSED = -2;

    /** The subscription has fallen behind: what it has not got comes from the journal, through its {@code catchUp}. */
    public static final int NEEDS_CATCH_UP = -3;

    /** The subscription has fallen behind and was cut off, as it has asked for. */
    public static final int DISCONNECTED = -4;

    /** A refused signal is answered with this minus the code of its {@code RejectReason}. */
    public static final int REJECTED = -100;

    private ReturnCode() {
    }

    /**
     * Makes the return code of a refusal.
     *
     * @param reason code of {@code RejectReason}, from 1.
     * @return {@link #REJECTED} - reason.
     */
    public static int rejected(final int reason) {
        return REJECTED - reason;
    }

    /**
     * Tells why a signal was refused.
     *
     * @return code of {@code RejectReason}, or 0 when the return code is no refusal.
     */
    public static int rejectReason(final long code) {
        return code < REJECTED ? (int)(REJECTED - code) : 0;
    }

    /**
     * Names a return code, for people.
     */
    public static String toString(final long code) {
        if (code >= 0) {
            return "OK(" + code + ")";
        }
        if (code < REJECTED) {
            return "REJECTED(" + rejectReason(code) + ")";
        }
        return switch ((int)code) {
            case BACK_PRESSURED -> "BACK_PRESSURED";
            case CLOSED -> "CLOSED";
            case NEEDS_CATCH_UP -> "NEEDS_CATCH_UP";
            case DISCONNECTED -> "DISCONNECTED";
            default -> "UNKNOWN(" + code + ")";
        };
    }
}
