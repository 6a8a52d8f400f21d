package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.application.Why;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * The actions of a client that have no end yet: so many at most, and each ends once. Under the client's lock, but for what tells others.
 *
 * <pre>
 *   DUE ──► SENT ──► ended: by the gateway, by patience, by close
 *    ^────────┘ the connection was lost, or the gateway has no time
 * </pre>
 */
final class PendingActs {
    private static final System.Logger LOG = System.getLogger(PendingActs.class.getName());

    private final int most;
    private final Map<Long, Act> acts = new LinkedHashMap<>();
    private long last;

    /**
     * None yet.
     *
     * @param most that may wait for their end.
     */
    PendingActs(final int most) {
        this.most = most;
    }

    /** Takes one in, due; null when as many wait already. */
    Act add(final DirectBuffer signal, final Consumer<ActionOutcome> onStep, final long nowNs) {
        if (acts.size() >= most) {
            return null;
        }
        final Act act = new Act(++last, signal, onStep, nowNs);
        acts.put(act.ask, act);
        return act;
    }

    /** Every one is due again: the connection is another one. */
    void renew() {
        acts.values().forEach(act -> act.isDue = true);
    }

    /** Sends what is due, as far as there is room. */
    void pay(final ApplicationClient client) {
        for (final Act act : acts.values()) {
            if (act.isDue) {
                act.pay(client);
                if (act.isDue) {
                    return;
                }
            }
        }
    }

    /** One that something was said of; taken out by the end. Null when it is not known, or has ended. */
    Act answered(final long ask, final ActionOutcome outcome) {
        return outcome.isFinal() ? acts.remove(ask) : acts.get(ask);
    }

    /** One that was not taken. What is only not now is due again with the next tick, and null. */
    Act refused(final long ask, final Why why) {
        if (Why.UNAVAILABLE == why) {
            final Act again = acts.get(ask);
            if (null != again) {
                again.isDue = true;
            }
            return null;
        }
        return acts.remove(ask);
    }

    /** Takes out those that wait since before then. */
    List<Act> before(final long sinceNs) {
        final List<Act> late = new ArrayList<>();
        acts.values().removeIf(act -> act.askedNs - sinceNs < 0 && late.add(act));
        return late;
    }

    /** Takes out all. */
    List<Act> clear() {
        final List<Act> all = List.copyOf(acts.values());
        acts.clear();
        return all;
    }

    /** An action. */
    static final class Act {
        private final long ask;
        private final DirectBuffer signal;
        private final Consumer<ActionOutcome> onStep;
        private final long askedNs;
        private final CompletableFuture<ActionOutcome> end = new CompletableFuture<>();
        private boolean isDue = true;

        Act(final long ask, final DirectBuffer signal, final Consumer<ActionOutcome> onStep, final long askedNs) {
            this.ask = ask;
            this.signal = signal;
            this.onStep = onStep;
            this.askedNs = askedNs;
        }

        /** Sends it where there is room. Under the client's lock. */
        void pay(final ApplicationClient client) {
            isDue = !client.send(to -> to.act(ask, signal));
        }

        /** Its end. */
        CompletableFuture<ActionOutcome> end() {
            return end;
        }

        /** Something has become of it. Not under the lock. */
        void onAnswer(final ActionOutcome outcome) {
            try {
                onStep.accept(outcome);
            } catch (final RuntimeException | Error fault) {
                LOG.log(System.Logger.Level.WARNING, () -> "who listens to an action has failed: " + fault);
            }
            if (outcome.isFinal()) {
                end.complete(outcome);
            }
        }

        /** No end will be told. Not under the lock. */
        void fail(final Why why, final String text) {
            end.completeExceptionally(new ApplicationException(why, text));
        }
    }
}
