package io.strowger.codecs.action;

import org.agrona.collections.Long2ObjectHashMap;

/**
 * The actions that wait for their outcome, found by the number of their id, and in the order they were written.
 *
 * <pre>
 *   oldest ◄──► ... ◄──► newest        free ──► ...
 * </pre>
 *
 * <p>One thread; allocates nothing after construction.
 */
final class PendingActions {
    private static final float LOAD = 0.5f;

    private final Long2ObjectHashMap<PendingAction> byNumber;
    private PendingAction free;
    private PendingAction oldest;
    private PendingAction newest;
    private int waiting;
    private int decidedByLeg;

    PendingActions(final int capacity) {
        byNumber = new Long2ObjectHashMap<>(2 * capacity, LOAD);
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

    /** The one action of which nothing has been heard, or null when there is none or more than one. */
    PendingAction onlyWaiting() {
        PendingAction pending = 1 == waiting ? oldest : null;
        while (null != pending && !pending.isWaiting()) {
            pending = pending.newer();
        }
        return pending;
    }

    /** The one action about the leg that is decided so, or null when there is none or more than one. */
    PendingAction onlyOfLeg(final Decider decider, final byte[] bytes, final int offset, final int length) {
        PendingAction found = null;
        for (PendingAction pending = 0 == decidedByLeg ? null : oldest; null != pending; pending = pending.newer()) {
            if (decider == pending.decider() && pending.isOfLeg(bytes, offset, length)) {
                if (null != found) {
                    return null;
                }
                found = pending;
            }
        }
        return found;
    }

    /** The oldest action about the leg that is decided so, or null. */
    PendingAction oldestOfLeg(final Decider decider, final byte[] bytes, final int offset, final int length) {
        PendingAction pending = 0 == decidedByLeg ? null : oldest;
        while (null != pending && (decider != pending.decider() || !pending.isOfLeg(bytes, offset, length))) {
            pending = pending.newer();
        }
        return pending;
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
        waiting++;
        decidedByLeg += pending.isDecidedByLeg() ? 1 : 0;
        return pending;
    }

    void stage(final PendingAction pending, final PendingAction.Stage next) {
        waiting -= pending.isWaiting() ? 1 : 0;
        pending.stage(next);
    }

    void remove(final PendingAction pending) {
        stage(pending, PendingAction.Stage.FREE);
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

    private void release(final PendingAction pending) {
        pending.older(null);
        pending.newer(free);
        free = pending;
    }
}
