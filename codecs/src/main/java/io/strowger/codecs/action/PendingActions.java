package io.strowger.codecs.action;

import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;

/**
 * The actions that wait for their outcome, found by the number of their id, and in the order they were written.
 *
 * <pre>
 *   oldest ◄──► ... ◄──► newest        free ──► ...
 * </pre>
 *
 * <p>It keeps also the numbers of commands that are over and whose reply may still come: so many as there may be actions. When there are
 * more, nobody knows any more on this connection which command a reply without an id is for. A reply without an id that could be to more
 * than one command is to exactly one of them: when no other command's reply is due and as many such replies have come as there are
 * commands that are over without one, none may come any more.
 *
 * <p>One thread; allocates nothing after construction.
 */
final class PendingActions {
    private static final float LOAD = 0.5f;

    private final Long2ObjectHashMap<PendingAction> byNumber;
    private final LongHashSet unanswered;
    private final int mostUnanswered;
    private PendingAction free;
    private PendingAction oldest;
    private PendingAction newest;
    private int due;
    private long withoutId;
    private boolean tooManyUnanswered;
    private int decidedByLeg;

    PendingActions(final int capacity) {
        byNumber = new Long2ObjectHashMap<>(2 * capacity, LOAD);
        unanswered = new LongHashSet(2 * capacity, LOAD);
        mostUnanswered = capacity;
        for (int i = 0; i < capacity; i++) {
            release(new PendingAction());
        }
    }

    int size() {
        return byNumber.size();
    }

    boolean isFull() {
        return null == free;
    }

    PendingAction oldest() {
        return oldest;
    }

    /** The action with the number, or null. */
    PendingAction find(final long number) {
        return byNumber.get(number);
    }

    /** The number of the action that was written last, or {@link ActionIds#NONE}. */
    long newestNumber() {
        return null == newest ? ActionIds.NONE : newest.number();
    }

    /** The oldest action when an event of its leg decides about any, else null. */
    PendingAction oldestByLeg() {
        return 0 == decidedByLeg ? null : oldest;
    }

    /** The connection has ended: no reply is due any more. */
    void forgetReplies() {
        unanswered.clear();
        withoutId = 0;
        tooManyUnanswered = false;
    }

    /** The reply to the command with the number has come. */
    void replied(final long number) {
        final PendingAction pending = byNumber.get(number);
        if (null == pending) {
            unanswered.remove(number);
        } else if (pending.isReplyDue()) {
            pending.replied();
            due--;
        }
        forgetAnswered();
    }

    /** A reply without an id has come, and nobody knows to which command. */
    void repliedWithoutId() {
        withoutId++;
        forgetAnswered();
    }

    /** The action of the one command whose reply is due, or null when there is none, more than one, or the action is over. */
    PendingAction onlyWaiting() {
        final boolean isOnly = 1 == due && unanswered.isEmpty() && !tooManyUnanswered;
        PendingAction pending = isOnly ? oldest : null;
        while (null != pending && !pending.isReplyDue()) {
            pending = pending.newer();
        }
        return pending;
    }

    /** The one action about the leg that is decided so, or null when there is none or more than one. */
    PendingAction onlyOfLeg(final Decider decider, final byte[] bytes, final int offset, final int length) {
        PendingAction found = null;
        for (PendingAction pending = oldestByLeg(); null != pending; pending = pending.newer()) {
            if (decider == pending.decider() && pending.isOfLeg(bytes, offset, length)) {
                if (null != found) {
                    return null;
                }
                found = pending;
            }
        }
        return found;
    }

    /** One more action; there must be room. */
    PendingAction add(final long number, final long action, final ActionFields fields, final Decider decider) {
        final PendingAction pending = free;
        free = pending.newer();
        pending.begin(number, action, fields, decider);
        pending.older(newest);
        pending.newer(null);
        if (null == newest) {
            oldest = pending;
        } else {
            newest.newer(pending);
        }
        newest = pending;
        byNumber.put(number, pending);
        due++;
        decidedByLeg += pending.isDecidedByLeg() ? 1 : 0;
        return pending;
    }

    /** The action is over. */
    void remove(final PendingAction pending) {
        if (pending.isReplyDue()) {
            due--;
            leaveUnanswered(pending.number());
            forgetAnswered();
        }
        pending.stage(PendingAction.Stage.FREE);
        decidedByLeg -= pending.isDecidedByLeg() ? 1 : 0;
        byNumber.remove(pending.number());
        if (null == pending.older()) {
            oldest = pending.newer();
        } else {
            pending.older().newer(pending.newer());
        }
        if (null == pending.newer()) {
            newest = pending.older();
        } else {
            pending.newer().older(pending.older());
        }
        release(pending);
    }

    private void leaveUnanswered(final long number) {
        if (unanswered.size() < mostUnanswered) {
            unanswered.add(number);
        } else {
            tooManyUnanswered = true;
        }
    }

    /** More replies than commands: the others were to commands that have had one with their id too, or to nothing of ours. */
    private void forgetAnswered() {
        if (0 == due && withoutId >= unanswered.size() && !tooManyUnanswered) {
            unanswered.clear();
            withoutId = 0;
        }
    }

    private void release(final PendingAction pending) {
        pending.older(null);
        pending.newer(free);
        free = pending;
    }
}
