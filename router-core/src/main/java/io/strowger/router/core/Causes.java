package io.strowger.router.core;

import io.strowger.codecs.sbe.Cause;

/**
 * Why a leg ended, from what its source says of it.
 *
 * <p>The numbers are Q.850's. A call router often has a number that says little (0, 16, 127) for a leg that was never up; how the attempt
 * to reach it ended then says more.
 */
final class Causes {
    private static final int[] BY_NUMBER = byNumber();

    private Causes() {
    }

    /**
     * Concludes the cause of a leg's end.
     *
     * @param number Q.850 cause, negative when none was given.
     * @return a code of {@link Codes}.
     */
    static int of(final Session session, final int number) {
        final int said = number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : Codes.CAUSE_UNKNOWN;
        if (0 != session.establishedNs()) {
            return Codes.CAUSE_UNKNOWN == said ? Codes.CAUSE_NORMAL : said;
        }
        if (saysLittle(said)) {
            final int dialled = byDialStatus(session);
            return Codes.NULL == dialled ? said : dialled;
        }
        return said;
    }

    /**
     * Whether a leg that placed a call and ends so has failed: nobody gave up, and nobody answered.
     */
    static boolean isFailure(final int cause) {
        return Codes.CAUSE_CANCELLED != cause && Codes.CAUSE_NORMAL != cause;
    }

    /**
     * Whether the router itself has concluded the end: nothing is known of how it came about.
     */
    static boolean isOfRouter(final int cause) {
        return cause >= Codes.CAUSE_SOURCE_RESTARTED && Codes.NULL != cause;
    }

    /**
     * Of how two legs that rang for one caller ended, the one that says more of the whole attempt: somebody answered, the caller gave up,
     * somebody was busy, somebody did not answer, there was no way, nobody could be reached.
     *
     * @param status  of {@link Codes}, {@link Codes#NULL} for none.
     * @param another of {@link Codes}.
     */
    static int stronger(final int status, final int another) {
        return rank(another) > rank(status) ? another : status;
    }

    private static int rank(final int status) {
        if (Codes.DIAL_ANSWER == status) {
            return 7;
        }
        if (Codes.DIAL_CANCEL == status) {
            return 6;
        }
        if (Codes.DIAL_BUSY == status) {
            return 5;
        }
        if (Codes.DIAL_NO_ANSWER == status) {
            return 4;
        }
        if (Codes.DIAL_CONGESTION == status) {
            return 3;
        }
        if (Codes.DIAL_UNAVAILABLE == status) {
            return 2;
        }
        return Codes.NULL == status ? 0 : 1;
    }

    private static boolean saysLittle(final int cause) {
        return Codes.CAUSE_NORMAL == cause || Codes.CAUSE_UNKNOWN == cause || Codes.CAUSE_OTHER == cause;
    }

    private static int byDialStatus(final Session session) {
        final int status = session.dialStatus();
        if (Codes.DIAL_CANCEL == status) {
            return Codes.CAUSE_CANCELLED;
        }
        if (Codes.DIAL_BUSY == status) {
            return Codes.CAUSE_BUSY;
        }
        if (Codes.DIAL_CONGESTION == status) {
            return Codes.CAUSE_CONGESTION;
        }
        if (Codes.DIAL_UNAVAILABLE == status) {
            return Codes.CAUSE_UNAVAILABLE;
        }
        if (Codes.OUTGOING == session.direction() && session.is(Session.HANGUP_ASKED)) {
            return Codes.CAUSE_CANCELLED;
        }
        return Codes.DIAL_NO_ANSWER == status ? Codes.CAUSE_NO_ANSWER : Codes.NULL;
    }

    /** ITU-T Q.850 table 1, the causes that a subscriber can tell apart. */
    private static int[] byNumber() {
        final int[] causes = new int[128];
        for (int i = 0; i < causes.length; i++) {
            causes[i] = Cause.OTHER.value();
        }
        set(causes, Cause.UNKNOWN, 0);
        set(causes, Cause.UNALLOCATED, 1, 28);
        set(causes, Cause.NO_ROUTE, 2, 3);
        set(causes, Cause.NORMAL, 16, 31);
        set(causes, Cause.BUSY, 17);
        set(causes, Cause.NO_ANSWER, 18, 19);
        set(causes, Cause.UNAVAILABLE, 20, 27);
        set(causes, Cause.REJECTED, 21);
        set(causes, Cause.REDIRECTED, 23);
        set(causes, Cause.ANSWERED_ELSEWHERE, 26);
        set(causes, Cause.CONGESTION, 34, 38, 41, 42, 44);
        return causes;
    }

    private static void set(final int[] causes, final Cause cause, final int... numbers) {
        for (final int number : numbers) {
            causes[number] = cause.value();
        }
    }
}
