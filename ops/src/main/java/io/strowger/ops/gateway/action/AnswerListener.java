package io.strowger.ops.gateway.action;

import io.strowger.router.action.ActionAnswer;

/**
 * Hears what becomes of one ask, as the router says it. On the gateway's loop.
 */
@FunctionalInterface
public interface AnswerListener {
    /**
     * Something has become of it.
     *
     * @param answer good while this runs; null when nothing more will be heard of it.
     */
    void onAnswer(ActionAnswer answer);
}
