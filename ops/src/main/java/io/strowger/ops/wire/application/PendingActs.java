package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.application.Why;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 *
 * <p>What is due is sent in the order it was asked in. Behind one that was put off the rest comes piece by piece: some with each tick, one
 * with each end.
 */
final class PendingActs {
    private static final System.Logger LOG = System.getLogger(PendingActs.class.getName());

    private static final int ALL = Integer.MAX_VALUE;
    /** That may be sent within a tick, beside those that others have made room for, while the gateway puts some off. */
    private static final int MOST_A_TICK = 64;

    private final int most;
    private final Map<Long, Act> acts = new LinkedHashMap<>();
    /** Those that are to be sent, the oldest first. */
    private final TreeMap<Long, Act> due = new TreeMap<>();
    private long last;
    /** How many of them may be sent now. */
    private int allowed = ALL;

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
        due.put(act.ask, act);
        return act;
    }

    /** Every one is due again: the connection is another one, and what was sent on the old one may be taken or not. */
    void renew() {
        acts.values().forEach(act -> act.mayBeTaken |= act.wasSent);
        due.putAll(acts);
        allowed = ALL;
    }

    /** Sends what is due, as far as there is room. */
    void pay(final ApplicationClient client) {
        while (allowed > 0 && !due.isEmpty()) {
            final Act next = due.firstEntry().getValue();
            if (!client.send(to -> to.act(next.ask, next.signal))) {
                return;
            }
            next.wasSent = true;
            due.remove(next.ask);
            allowed -= ALL == allowed ? 0 : 1;
        }
    }

    /** Some more of what was put off may be sent. */
    void tick() {
        allowed = ALL == allowed || due.isEmpty() ? ALL : MOST_A_TICK;
    }

    /** One that something was said of; taken out by the end. Null when it is not known, or has ended. */
    Act answered(final long ask, final ActionOutcome outcome) {
        final Act act = acts.get(ask);
        if (null != act) {
            act.mayBeTaken = true;
            if (outcome.isFinal()) {
                takeOut(act);
                allowed = ALL == allowed ? ALL : Math.min(MOST_A_TICK, allowed + 1);
            }
        }
        return act;
    }

    /**
     * One that was not taken, this time.
     *
     * @return null when it is not known, or is due again: it is not taken only now, or it was asked for before, may be taken since then,
     *     and there is no room to hear of it. Of what was never taken that there is no room is the end.
     */
    Act refused(final long ask, final Why why) {
        final Act act = acts.get(ask);
        if (null == act) {
            return null;
        }
        // of void tokens the connection ends, and comes again with another one, or not
        if (Why.UNAVAILABLE == why || Why.UNAUTHORIZED == why || (Why.TOO_MANY == why && act.mayBeTaken)) {
            act.mayBeTaken |= Why.UNAVAILABLE == why;
            due.put(ask, act);
            allowed = 0;
            return null;
        }
        takeOut(act);
        return act;
    }

    private void takeOut(final Act act) {
        acts.remove(act.ask);
        due.remove(act.ask);
    }

    /** Takes out those that wait since before then. */
    List<Act> before(final long sinceNs) {
        final List<Act> late = new ArrayList<>();
        acts.values().removeIf(act -> act.askedNs - sinceNs < 0 && late.add(act));
        late.forEach(this::takeOut);
        return late;
    }

    /** Takes out all. */
    List<Act> clear() {
        final List<Act> all = List.copyOf(acts.values());
        acts.clear();
        due.clear();
        return all;
    }

    /** An action. */
    static final class Act {
        private final long ask;
        private final DirectBuffer signal;
        private final Consumer<ActionOutcome> onStep;
        private final long askedNs;
        private final CompletableFuture<ActionOutcome> end = new CompletableFuture<>();
        private boolean wasSent;
        /** Whether it was asked for before, and nobody has said that it was not taken. */
        private boolean mayBeTaken;

        Act(final long ask, final DirectBuffer signal, final Consumer<ActionOutcome> onStep, final long askedNs) {
            this.ask = ask;
            this.signal = signal;
            this.onStep = onStep;
            this.askedNs = askedNs;
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

        /** It was not taken: of what may have been taken before that is no end that is known. Not under the lock. */
        void refuse(final Why why, final String text) {
            if (mayBeTaken) {
                fail(Why.UNAVAILABLE, "it may be done or not; asked again it was refused, " + why + ": " + text);
            } else {
                fail(why, text);
            }
        }

        /** No end will be told. Not under the lock. */
        void fail(final Why why, final String text) {
            end.completeExceptionally(new ApplicationException(why, text));
        }
    }
}
