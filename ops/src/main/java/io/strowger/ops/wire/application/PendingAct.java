package io.strowger.ops.wire.application;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * An action that has no end yet.
 *
 * @param signal the action.
 * @param onStep hears of each step.
 * @param end    completed with the end.
 * @param isDue  whether it is to be asked for again while the connection lasts.
 */
record PendingAct(DirectBuffer signal, Consumer<ActionOutcome> onStep, CompletableFuture<ActionOutcome> end, boolean isDue) {
    private static final System.Logger LOG = System.getLogger(PendingAct.class.getName());

    PendingAct(final DirectBuffer signal, final Consumer<ActionOutcome> onStep, final CompletableFuture<ActionOutcome> end) {
        this(signal, onStep, end, false);
    }

    PendingAct again() {
        return new PendingAct(signal, onStep, end, true);
    }

    void onAnswer(final ActionOutcome outcome) {
        try {
            onStep.accept(outcome);
        } catch (final RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, () -> "who listens to an action has failed: " + fault);
        }
        if (outcome.isFinal()) {
            end.complete(outcome);
        }
    }
}
