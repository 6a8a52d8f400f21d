package io.strowger.router.core;

import io.strowger.codecs.RawBytes;
import io.strowger.codecs.sbe.DialDecoder;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.router.state.KeyedTable;

/**
 * Which call a leg belongs to: the one that its source states or else one that is called like the leg, and what it is linked to.
 *
 * <p>A leg that is seen may name a leg that it belongs to; a leg that is rung and states no call belongs to the leg that rings it. Such
 * a link makes the leg's call part of the call of the leg that it names. Where that leg was not seen yet, it is a call called like it
 * that waits for the leg. Such a call goes with its leg: once the leg states a call id, the two are one call. So the legs that links
 * connect are one call whatever comes first, and it is called like that of the leg that is linked to none.
 */
final class Links {
    private static final int NO_LINK = -1;
    private static final int LINKED_TO = Fact.OWN + 1;
    private static final int PEER_LEG = Fact.OWN;

    private final State state;
    private final Calls calls;
    private final Session linked;

    Links(final State state) {
        this.state = state;
        this.calls = state.calls();
        this.linked = state.sessions().view();
    }

    /**
     * Refers once more to the call of the fact's leg, which is made if need be.
     *
     * @return its slot, or {@link KeyedTable#FULL} when there is no room for it or for what it is linked to; nothing is changed then.
     */
    int join(final Fact fact) {
        final boolean stated = fact.has(Fact.CALL_ID);
        final int call = calls.join(scope(fact), fact, stated ? Fact.CALL_ID : Fact.NATIVE_ID);
        if (call < 0) {
            return call;
        }
        if (!link(fact, call)) {
            calls.leave(call);
            return KeyedTable.FULL;
        }
        if (stated) {
            learn(fact, call);
        }
        return call;
    }

    /** Whether a fact about a leg that was known says anything of its call that {@link #follow} is to look at. */
    boolean isNews(final Fact fact, final int call) {
        return isLinked(fact) || (fact.has(Fact.CALL_ID) && !calls.isKnownAs(call, fact, Fact.CALL_ID));
    }

    /**
     * Takes over what a fact says of the call of a leg that was known: another call that it states, or a link. A call that is part of the
     * same as the leg's already says nothing new. Who rings a leg says nothing of its call once the leg has stated one.
     *
     * @param call of that leg; referred to no longer when another is returned.
     * @return the leg's call from now on, or {@link KeyedTable#FULL} when there is no room; nothing is changed then.
     */
    int follow(final Fact fact, final int call) {
        if (fact.has(Fact.CALL_ID) && !calls.isKnownAs(call, fact, Fact.CALL_ID)) {
            final int stated = calls.find(scope(fact), fact, Fact.CALL_ID);
            if (stated < 0 || calls.resolve(stated) != calls.resolve(call)) {
                final int next = join(fact);
                if (next >= 0) {
                    calls.leave(call);
                }
                return next;
            }
        }
        final boolean isSaid = LegSeenDecoder.TEMPLATE_ID == fact.templateId() || calls.isKnownAs(call, fact, Fact.NATIVE_ID);
        return !isSaid || link(fact, call) ? call : KeyedTable.FULL;
    }

    /** The leg states its call: what was linked as this leg belongs there, but a link of the leg itself leads on from there. */
    private void learn(final Fact fact, final int call) {
        final int own = calls.find(scope(fact), fact, Fact.NATIVE_ID);
        if (own < 0 || own == call || !calls.goesWithLeg(own)) {
            return;
        }
        calls.goesWithLeg(own, false);
        if (calls.isPart(own)) {
            calls.merge(call, own);
        } else {
            calls.merge(own, call);
        }
    }

    /** Returns false when there is no room for a call that waits. */
    private boolean link(final Fact fact, final int call) {
        final int to = linkOf(fact);
        if (NO_LINK == to) {
            return true;
        }
        linked.at(state.sessions().find(scope(fact), fact, to));
        if (linked.exists() && !linked.is(Session.ENDED) && Codes.CALL == linked.media()) {
            tie(fact, call, to, linked.call());
            return true;
        }
        // an ended leg does not come any more: only who has no call id is better called like it
        if (linked.exists() && fact.has(Fact.CALL_ID)) {
            return true;
        }
        final int waiting = calls.join(scope(fact), fact, to);
        if (waiting < 0) {
            return false;
        }
        tie(fact, call, to, waiting);
        calls.leave(waiting);
        return true;
    }

    private void tie(final Fact fact, final int younger, final int to, final int older) {
        if (calls.isKnownAs(younger, fact, Fact.NATIVE_ID)) {
            calls.goesWithLeg(younger, true);
        }
        if (calls.isKnownAs(older, fact, to)) {
            calls.goesWithLeg(older, true);
        }
        calls.merge(younger, older);
    }

    /** Whether a fact names a leg that its own leg belongs to, or was rung by. */
    static boolean isLinked(final Fact fact) {
        return NO_LINK != linkOf(fact);
    }

    /** Which text names the other leg; a link of a leg to itself is none. */
    private static int linkOf(final Fact fact) {
        final int to = switch (fact.templateId()) {
            case LegSeenDecoder.TEMPLATE_ID -> LINKED_TO;
            case DialDecoder.TEMPLATE_ID -> fact.has(Fact.CALL_ID) ? NO_LINK : PEER_LEG;
            default -> NO_LINK;
        };
        return NO_LINK == to || !fact.has(to) || isSame(fact, to) ? NO_LINK : to;
    }

    private static boolean isSame(final Fact fact, final int to) {
        final int length = fact.textLength(to);
        return length == fact.textLength(Fact.NATIVE_ID) && RawBytes.equal(fact.buffer(), fact.textOffset(to),
            fact.buffer(), fact.textOffset(Fact.NATIVE_ID), length);
    }

    private long scope(final Fact fact) {
        return state.sources().scope(fact.source());
    }
}
