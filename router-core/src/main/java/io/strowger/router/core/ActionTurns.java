package io.strowger.router.core;

import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;

/**
 * What ticks do to actions: how far deadlines have passed, and up to which end results are forgotten. A deadline that a tick has passed
 * owes its action the end, whatever still comes for it.
 */
final class ActionTurns {
    /** Results forgotten in one record. */
    private static final int MOST_FORGOTTEN = 1_024;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Actions actions;
    private final ActionLists lists;
    private long passedNs = Long.MIN_VALUE;
    private long forgottenNs = Long.MIN_VALUE;

    ActionTurns(final Actions actions, final ActionLists lists) {
        this.actions = actions;
        this.lists = lists;
    }

    /** Whether a tick would owe or forget anything that is not owed or to be forgotten already. */
    boolean isDue(final long keepMs, final long nowNs) {
        final int first = lists.deadlines().first();
        if (Session.NONE != first && actions.deadlineNs(first) <= nowNs && actions.deadlineNs(first) > passedNs) {
            return true;
        }
        final int ended = lists.firstEnded();
        return Session.NONE != ended && TickLimits.isLimit(keepMs) && actions.endedNs(ended) <= nowNs - keepMs * NANOS_PER_MILLI &&
            actions.endedNs(ended) > forgottenNs;
    }

    /** Lets deadlines pass and results be forgotten; returns whether any has or is. */
    boolean tick(final long keepMs, final long nowNs) {
        if (!isDue(keepMs, nowNs)) {
            return false;
        }
        passedNs = nowNs;
        if (TickLimits.isLimit(keepMs)) {
            forgottenNs = Math.max(forgottenNs, nowNs - keepMs * NANOS_PER_MILLI);
        }
        forget();
        return true;
    }

    /** Whether a deadline that has passed is not told, or a result that is to be forgotten is still kept. */
    boolean owes() {
        return Session.NONE != firstPassed() || isToForget();
    }

    /** The pending action whose deadline has passed first, or {@link Session#NONE}. */
    int firstPassed() {
        final int first = lists.deadlines().first();
        return Session.NONE != first && hasPassed(first) ? first : Session.NONE;
    }

    /** Whether the deadline of a pending action has passed: its end is owed. */
    boolean hasPassed(final int slot) {
        return actions.deadlineNs(slot) <= passedNs;
    }

    /** Journal time up to which deadlines have passed. */
    long passedNs() {
        return passedNs;
    }

    /** Forgets some of the results that are to be forgotten. */
    void forget() {
        for (int i = 0; i < MOST_FORGOTTEN && isToForget(); i++) {
            lists.forgetFirst();
        }
    }

    private boolean isToForget() {
        return Session.NONE != lists.firstEnded() && actions.endedNs(lists.firstEnded()) <= forgottenNs;
    }

    long hash(final long seed) {
        return Texts.hash(passedNs, Texts.hash(forgottenNs, seed));
    }

    void write(final StateOutput out) {
        out.putLong(passedNs);
        out.putLong(forgottenNs);
    }

    void read(final StateInput in) {
        passedNs = in.getLong();
        forgottenNs = in.getLong();
    }
}
