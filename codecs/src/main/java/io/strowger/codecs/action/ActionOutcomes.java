package io.strowger.codecs.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.translate.FactBuffer;

/**
 * What replies and events say about the actions that wait: found by the id of the command, never by order or likeness.
 *
 * <p>A reader of replies says {@link #at} for each block, finds the action, and says what became of it. An action
 * that is over is not found any more: repeats and late replies change nothing. One thread; allocates nothing.
 */
public final class ActionOutcomes {
    private static final byte[] NOTHING = {};
    /** Results that a block may give: the buffer has room for them. */
    private static final int MOST_AT_ONCE = 8;

    private final ActionIds ids;
    private final PendingActions pending;
    private final ActionResults results;
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
     * @param nowNs when it arrived, in nanoseconds since 1970.
     */
    public void at(final long nowNs) {
        results.start(nowNs);
    }

    /** The action with the id, or null when it is none of this run or over; the latter is counted. */
    public PendingAction find(final byte[] bytes, final int offset, final int length) {
        final long number = ids.parse(bytes, offset, length);
        if (ActionIds.NONE == number) {
            return null;
        }
        final PendingAction found = pending.find(number);
        late += null == found ? 1 : 0;
        return found;
    }

    /**
     * The action that a reply without an id belongs to: the only one of which nothing has been heard. When there is none, or more than
     * one, the reply is counted as unmatched.
     *
     * @return it, or null.
     */
    public PendingAction onlyWaiting() {
        final PendingAction found = pending.onlyWaiting();
        if (null == found) {
            unmatched();
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
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            final PendingAction action = pending.oldestOfLeg(Decider.ANSWER, bytes, offset, length);
            if (null == action) {
                return;
            }
            done(action);
        }
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
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            final PendingAction action = pending.oldestOfLeg(Decider.ANSWER, bytes, offset, length);
            if (null == action) {
                return;
            }
            failed(action, reason, from, to - from);
        }
    }

    /** The call router has accepted the action; said once. */
    public void sent(final PendingAction action) {
        if (action.isWaiting()) {
            pending.stage(action, PendingAction.Stage.SENT);
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
        int to = length;
        while (to > 0 && reason[offset + to - 1] <= ' ' && reason[offset + to - 1] >= 0) {
            to--;
        }
        end(action, ActionStatus.FAILED, reason, offset, to);
    }

    /** The action has failed for a reason that the call router does not put in words. */
    public void failed(final PendingAction action, final byte[] reason) {
        failed(action, reason, 0, reason.length);
    }

    /** Nobody will say any more what became of the action. */
    void lost(final PendingAction action, final ActionStatus status, final byte[] reason) {
        end(action, status, reason, 0, reason.length);
    }

    /** Replies that belonged to no action that waits, or could have to more than one. */
    long unmatchedCount() {
        return unmatched;
    }

    /** Replies and events for actions that were over. */
    long lateCount() {
        return late;
    }

    private void end(final PendingAction action, final ActionStatus status, final byte[] text, final int offset, final int length) {
        results.add(action, status, text, offset, length);
        pending.remove(action);
    }
}
