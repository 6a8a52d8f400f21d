package io.strowger.router.action;

/**
 * Takes what became of the asks of one {@link ActionClient}, on the thread that polls it.
 */
@FunctionalInterface
public interface ActionAnswerHandler {
    /**
     * Takes one answer. Each ask that was taken gets accepted at most once, then sent at most once, then exactly one that is final. What
     * the handler throws comes out of the poll; the answer counts as given.
     *
     * @param answer good until this returns.
     */
    void onAnswer(ActionAnswer answer);
}
