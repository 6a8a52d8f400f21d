package io.strowger.router.action;

/**
 * Which actions of a source are over, whatever outlet they still wait in. The core thread writes, before anybody can see their ends; the
 * threads of the source's outlets read.
 */
final class OutletMark {
    private volatile long upTo;
    private volatile long passedNs = Long.MIN_VALUE;

    /**
     * Says what is over.
     *
     * @param sequence          of the last action that the source had when it went.
     * @param deadlinesPassedNs journal time up to which deadlines have passed.
     */
    void over(final long sequence, final long deadlinesPassedNs) {
        upTo = sequence;
        passedNs = deadlinesPassedNs;
    }

    /** Whether an action has ended, or is owed its end. */
    boolean isOver(final long action, final long deadlineNs) {
        return action <= upTo || deadlineNs <= passedNs;
    }
}
