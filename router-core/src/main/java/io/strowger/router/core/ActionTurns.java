package io.strowger.router.core;

import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;

/**
 * What ticks do to actions: how far deadlines have passed, and up to which end results are forgotten. A deadline that a tick has passed
 * owes its action the end, whatever still comes for it. What failed when it was asked for is kept a minute at most: a client that asks for
 * what it may not have must not fill the router for a day.
 */
final class ActionTurns {
    /** Results forgotten in one record: each costs about what an ask does, and signals wait meanwhile. */
    static final int MOST_FORGOTTEN = 128;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long BRIEF_NS = 60_000 * NANOS_PER_MILLI;

    private final Actions actions;
    private final ActionLists lists;
    private final KeptActions kept;
    /** By list of {@link KeptActions}. */
    private final long[] forgottenNs = {Long.MIN_VALUE, Long.MIN_VALUE};
    private long passedNs = Long.MIN_VALUE;

    ActionTurns(final Actions actions, final ActionLists lists, final KeptActions kept) {
        this.actions = actions;
        this.lists = lists;
        this.kept = kept;
    }

    /** Whether a tick would owe or forget anything that is not owed or to be forgotten already. */
    boolean isDue(final long keepMs, final long nowNs) {
        final int first = lists.deadlines().first();
        if (Session.NONE != first && actions.deadlineNs(first) <= nowNs && actions.deadlineNs(first) > passedNs) {
            return true;
        }
        return isToForget(KeptActions.BRIEF, keepMs, nowNs) || isToForget(KeptActions.LASTING, keepMs, nowNs);
    }

    private boolean isToForget(final int list, final long keepMs, final long nowNs) {
        final int ended = kept.first(list);
        return Session.NONE != ended && actions.endedNs(ended) <= forgetNs(list, keepMs, nowNs) &&
            actions.endedNs(ended) > forgottenNs[list];
    }

    /** Ends up to this journal time are forgotten. */
    private static long forgetNs(final int list, final long keepMs, final long nowNs) {
        final long keptNs = TickLimits.isLimit(keepMs) ? nowNs - keepMs * NANOS_PER_MILLI : Long.MIN_VALUE;
        return KeptActions.BRIEF == list ? Math.max(keptNs, nowNs - BRIEF_NS) : keptNs;
    }

    /** Lets deadlines pass and results be forgotten; returns whether any has or is. */
    boolean tick(final long keepMs, final long nowNs) {
        if (!isDue(keepMs, nowNs)) {
            return false;
        }
        passedNs = nowNs;
        for (int list = KeptActions.BRIEF; list <= KeptActions.LASTING; list++) {
            forgottenNs[list] = Math.max(forgottenNs[list], forgetNs(list, keepMs, nowNs));
        }
        kept.over(forgottenNs[KeptActions.LASTING]);
        forget();
        return true;
    }

    /** Whether a deadline that has passed is not told, or a result that is to be forgotten is still kept. */
    boolean owes() {
        return Session.NONE != firstPassed() || isToForget(KeptActions.BRIEF) || isToForget(KeptActions.LASTING);
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
        int count = 0;
        for (int list = KeptActions.BRIEF; list <= KeptActions.LASTING; list++) {
            for (; count < MOST_FORGOTTEN && isToForget(list); count++) {
                kept.forget(kept.first(list));
            }
        }
    }

    private boolean isToForget(final int list) {
        return Session.NONE != kept.first(list) && actions.endedNs(kept.first(list)) <= forgottenNs[list];
    }

    long hash(final long seed) {
        return Texts.hash(passedNs, Texts.hash(forgottenNs[KeptActions.BRIEF], Texts.hash(forgottenNs[KeptActions.LASTING], seed)));
    }

    void write(final StateOutput out) {
        out.putLong(passedNs);
        out.putLong(forgottenNs[KeptActions.BRIEF]);
        out.putLong(forgottenNs[KeptActions.LASTING]);
    }

    void read(final StateInput in) {
        passedNs = in.getLong();
        forgottenNs[KeptActions.BRIEF] = in.getLong();
        forgottenNs[KeptActions.LASTING] = in.getLong();
        kept.over(forgottenNs[KeptActions.LASTING]);
    }
}
