package io.strowger.codecs.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.translate.FactBuffer;

/**
 * What a leg has come to, and who of those that asked for it to be answered has still to hear it.
 *
 * <pre>
 *   begin   reason   nextToHear nextToHear ...   told   begin   ...
 * </pre>
 *
 * <p>One thread; allocates nothing after construction.
 */
final class LegOutcome {
    /** Longest sequence of UTF-8 in bytes. */
    private static final int LONGEST_SEQUENCE = 4;
    /** Longest reason that a result is made of; it cuts that, and sees by what is behind where a sign begins. */
    private static final int MOST_REASON = FactBuffer.WIDE + LONGEST_SEQUENCE;

    private final byte[] leg = new byte[SignalLayout.MAX_NATIVE_ID_LENGTH];
    private final byte[] reason = new byte[MOST_REASON];
    private int legLength;
    private int reasonLength;
    private ActionStatus status = ActionStatus.DONE;
    private long last;

    /**
     * The leg has come to this, for no reason that is known. A leg without an id, or with one that is too long, nobody has asked for.
     *
     * @param newestNumber of the action that was written last: who asks behind it does not hear of this.
     */
    void begin(final byte[] bytes, final int offset, final int length, final ActionStatus newStatus, final long newestNumber) {
        legLength = copy(bytes, offset, length <= leg.length ? length : 0, leg);
        status = newStatus;
        reasonLength = 0;
        last = newestNumber;
    }

    /** Why it has. */
    void reason(final byte[] bytes, final int offset, final int length) {
        reasonLength = copy(bytes, offset, Math.min(length, MOST_REASON), reason);
    }

    /** Everybody has heard it. */
    void told() {
        legLength = 0;
    }

    /** Whether everybody has heard it. */
    boolean isTold() {
        return 0 == legLength;
    }

    /**
     * The next who has to hear it.
     *
     * @param from oldest of the actions to look at, or null.
     * @return it or a newer one; null when there is none.
     */
    PendingAction nextToHear(final PendingAction from) {
        PendingAction next = isTold() ? null : from;
        while (null != next && next.number() <= last && !next.isAnswerOf(leg, 0, legLength)) {
            next = next.newer();
        }
        return null != next && next.number() <= last ? next : null;
    }

    ActionStatus status() {
        return status;
    }

    byte[] reason() {
        return reason;
    }

    int reasonLength() {
        return reasonLength;
    }

    /** Of a text that is not there the offset says nothing. */
    private static int copy(final byte[] bytes, final int offset, final int length, final byte[] to) {
        if (length > 0) {
            System.arraycopy(bytes, offset, to, 0, length);
        }
        return length;
    }
}
