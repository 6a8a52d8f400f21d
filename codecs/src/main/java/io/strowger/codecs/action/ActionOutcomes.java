package io.strowger.codecs.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.translate.FactBuffer;

/**
 * What replies and events say about the actions that wait: found by the id of the command, never by order or likeness.
 *
 * <p>A reader of replies says {@link #at} for each block, finds the action, and says what became of it. An action
 * that is over is not found any more: repeats and late replies change nothing. What a leg has come to is told to all who asked for it to be
 * answered, a few at a time: {@link #tellMore} when the sink has those.
 *
 * <p>One thread; allocates nothing.
 */
public final class ActionOutcomes {
    private static final byte[] NOTHING = {};
    /** So many hear of a leg at once: the buffer has room for them. */
    private static final int MOST_AT_ONCE = 8;
    /** How far behind a reply an event of before may come. */
    private static final long EVENT_DELAY_NS = 2_000_000_000L;

    private final ActionIds ids;
    private final PendingActions pending;
    private final ActionResults results;
    private final LegOutcome outcome = new LegOutcome();
    private long nowNs;
    private long unmatched;
    private long late;

    ActionOutcomes(final ActionIds ids, final PendingActions pending, final ActionResults results) {
        this.ids = ids;
        this.pending = pending;
        this.results = results;
    }

    /** Takes the results: for the translator of the stream. */
    public FactBuffer buffer() {
        return results;
    }

    /**
     * A block begins.
     *
     * @param atNs when it arrived, in nanoseconds since 1970.
     */
    public void at(final long atNs) {
        nowNs = atNs;
        results.start(atNs);
    }

    /** The action with the id, or null when it is none of this run or over; the latter is counted. */
    public PendingAction find(final byte[] bytes, final int offset, final int length) {
        return find(ids.parse(bytes, offset, length));
    }

    /** The action that the reply with the id belongs to, as {@link #find}: the reply to that command is no longer due. */
    public PendingAction replied(final byte[] bytes, final int offset, final int length) {
        final long number = ids.parse(bytes, offset, length);
        if (ActionIds.NONE != number) {
            pending.replied(number);
        }
        return find(number);
    }

    private PendingAction find(final long number) {
        if (ActionIds.NONE == number) {
            return null;
        }
        final PendingAction found = pending.find(number);
        late += null == found ? 1 : 0;
        return found;
    }

    /**
     * The action that a reply without an id belongs to: that of the only command whose reply is due, be they over or not. When there is
     * none, more than one, or the action is over, the reply is counted as unmatched.
     *
     * @return it, or null.
     */
    public PendingAction onlyWaiting() {
        final PendingAction found = pending.onlyWaiting();
        if (null == found) {
            unmatched();
            pending.repliedWithoutId();
        } else {
            pending.replied(found.number());
        }
        return found;
    }

    /** A reply that belongs to nothing. */
    public void unmatched() {
        unmatched++;
    }

    /** The one action about this leg that an event of the leg decides so, or null. */
    public PendingAction onlyOfLeg(final Decider decider, final byte[] bytes, final int offset, final int length) {
        return pending.onlyOfLeg(decider, bytes, offset, length);
    }

    /**
     * The leg is up: whoever has asked for it to be answered has what he wanted.
     */
    public void answered(final byte[] bytes, final int offset, final int length) {
        outcome.begin(bytes, offset, length, ActionStatus.DONE, pending.newestNumber());
        tellSome();
    }

    /**
     * The leg is gone: nobody who has asked for it to be answered will have it.
     *
     * @param reason holds the call router's reason.
     * @param from   where that begins.
     * @param to     where it ends.
     */
    public void unanswered(
        final byte[] bytes, final int offset, final int length, final byte[] reason, final int from, final int to) {
        outcome.begin(bytes, offset, length, ActionStatus.FAILED, pending.newestNumber());
        outcome.reason(reason, from, stripped(reason, from, to - from));
        tellSome();
    }

    /**
     * Goes on telling what the leg of the block has come to; the sink must have all results before.
     *
     * @return false when everybody has heard it.
     */
    public boolean tellMore() {
        if (outcome.isTold()) {
            return false;
        }
        results.start(nowNs);
        return tellSome();
    }

    /**
     * The call router says that it has answered the leg, and no event of that has come. When none comes soon it has answered nothing: the
     * action fails.
     */
    public void answeredNothing(final PendingAction action) {
        sent(action);
        action.failsAt(nowNs + EVENT_DELAY_NS);
    }

    /** The call router has accepted the action; said once. */
    public void sent(final PendingAction action) {
        if (action.isWaiting()) {
            action.stage(PendingAction.Stage.SENT);
            results.add(action, ActionStatus.SENT, NOTHING, 0, 0);
        }
    }

    /** The leg that the action is about is this one; an id that is too long for one is not taken. */
    public void leg(final PendingAction action, final byte[] bytes, final int offset, final int length) {
        if (length > 0 && length <= SignalLayout.MAX_NATIVE_ID_LENGTH) {
            action.leg(bytes, offset, length);
        }
    }

    /** The action is done. */
    public void done(final PendingAction action) {
        end(action, ActionStatus.DONE, NOTHING, 0, 0);
    }

    /** The action has failed, for the reason that the call router gives. */
    public void failed(final PendingAction action, final byte[] reason, final int offset, final int length) {
        end(action, ActionStatus.FAILED, reason, offset, stripped(reason, offset, length));
    }

    /** The action has failed for a reason that the call router does not put in words. */
    public void failed(final PendingAction action, final byte[] reason) {
        failed(action, reason, 0, reason.length);
    }

    /** Nobody will say any more what became of the action. */
    void lost(final PendingAction action, final ActionStatus status, final byte[] reason) {
        end(action, status, reason, 0, reason.length);
    }

    /** Offers the results that wait, and those that are still to be told of a leg; whether the sink has them all. */
    boolean offer(final SignalSink sink) {
        do {
            if (!results.offer(sink)) {
                return false;
            }
        } while (tellMore());
        return true;
    }

    /** Replies that belonged to no action that waits, or could have to more than one. */
    long unmatchedCount() {
        return unmatched;
    }

    /** Replies and events for actions that were over. */
    long lateCount() {
        return late;
    }

    private boolean tellSome() {
        int told = 0;
        PendingAction next = outcome.nextToHear(pending.oldestByLeg());
        while (null != next && told < MOST_AT_ONCE) {
            final PendingAction current = next;
            next = outcome.nextToHear(current.newer());
            end(current, outcome.status(), outcome.reason(), 0, outcome.reasonLength());
            told++;
        }
        if (null == next) {
            outcome.told();
        }
        return told > 0;
    }

    /** Length without what is no word at the end. */
    private static int stripped(final byte[] reason, final int offset, final int length) {
        int to = length;
        while (to > 0 && reason[offset + to - 1] <= ' ' && reason[offset + to - 1] >= 0) {
            to--;
        }
        return to;
    }

    private void end(final PendingAction action, final ActionStatus status, final byte[] text, final int offset, final int length) {
        results.add(action, status, text, offset, length);
        pending.remove(action);
    }
}
