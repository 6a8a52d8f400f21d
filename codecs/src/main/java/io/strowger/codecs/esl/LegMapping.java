package io.strowger.codecs.esl;

import io.strowger.codecs.sbe.BridgeAction;
import io.strowger.codecs.sbe.BridgeEncoder;
import io.strowger.codecs.sbe.BridgeKind;
import io.strowger.codecs.sbe.DialEncoder;
import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.HangupEncoder;
import io.strowger.codecs.sbe.HoldAction;
import io.strowger.codecs.sbe.HoldEncoder;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegPartiesEncoder;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.LegStateEncoder;
import io.strowger.codecs.translate.AsciiText;

/**
 * Events about a leg before its end, and who rings whom. The order of the facts of such an event is fixed:
 *
 * <pre>
 *   event              facts
 *   CHANNEL_CREATE     LegSeen; of a leg that is rung for another: Dial BEGIN, then LegParties of the other leg
 *   CHANNEL_PROGRESS   of a leg that is rung for another: Dial PROGRESS, else LegState
 *   CHANNEL_ANSWER     LegState; of a leg that is rung for another: Dial END
 *   CHANNEL_BRIDGE     Bridge of both legs
 * </pre>
 *
 * <p>A leg that the server opens is rung for another when it names an other leg, or, for an agent of mod_callcenter, the caller in its
 * variables; else it is one that somebody has the server ring first: its user places the call.
 */
final class LegMapping {
    private static final int PAIR = 2;
    private static final byte[] NONE = AsciiText.bytes("CS_NONE");
    private static final byte[] NEW = AsciiText.bytes("CS_NEW");

    private final EslFacts facts;
    private final LegSeenEncoder legSeen = new LegSeenEncoder();
    private final LegStateEncoder legState = new LegStateEncoder();
    private final LegPartiesEncoder legParties = new LegPartiesEncoder();
    private final DialEncoder dial = new DialEncoder();
    private final BridgeEncoder bridge = new BridgeEncoder();
    private final HoldEncoder hold = new HoldEncoder();
    private final HangupEncoder hangup = new HangupEncoder();

    LegMapping(final EslFacts facts) {
        this.facts = facts;
    }

    void created() {
        final boolean isRung = isRung();
        seen(isRung);
        if (isRung) {
            dial(DialPhase.BEGIN, DialStatus.NULL_VAL, LegState.NULL_VAL, -1);
            caller();
        }
    }

    void ringing() {
        if (isRung()) {
            dial(DialPhase.PROGRESS, DialStatus.RINGING, LegState.RINGING, -1);
        } else {
            state(facts.party().isInbound() ? LegState.RING : LegState.RINGING);
        }
    }

    void answered() {
        state(LegState.UP);
        if (isRung()) {
            dial(DialPhase.END, DialStatus.ANSWER, LegState.UP, -1);
        }
    }

    /** What the event shows of its leg's parties; what the server has told the leg's device counts most. */
    void parties() {
        facts.begin(legParties);
        legParties.legState(facts.legState()).legKind(facts.legKind());
        if (facts.fields().has(EslKey.SENT_NUMBER)) {
            facts.legThatMeets(EslKey.SENT_NUMBER, EslKey.SENT_NAME);
        } else {
            facts.leg();
        }
        facts.end();
    }

    /** The event names both legs; of the second it shows no more. */
    void bridge(final BridgeAction action) {
        final boolean isEnter = action == BridgeAction.ENTER;
        final boolean isFirst = facts.fields().areEqual(EslKey.UNIQUE_ID, firstOfPair());
        beginBridge(action, isEnter ? facts.legState() : LegState.NULL_VAL, facts.legKind(), isEnter ? 1 : PAIR - 1);
        if (isEnter) {
            facts.leg();
        } else {
            facts.onlyNativeId(EslKey.UNIQUE_ID);
        }
        endBridge();
        beginBridge(action, LegState.NULL_VAL, facts.otherLegKind(), isEnter ? PAIR : 0);
        facts.onlyNativeId(isFirst ? secondOfPair() : firstOfPair());
        endBridge();
    }

    void hold(final HoldAction action) {
        facts.begin(hold);
        hold.legState(facts.legState()).legKind(facts.legKind()).action(action);
        facts.leg();
        facts.end();
    }

    /**
     * The leg goes on under another id. There is no fact for that: the old id ends, so that nothing stays open, the new one begins.
     *
     * @return false when the event carries nothing: a leg that is still being made has been told under no id, and does not say yet whom it
     *     is rung for.
     */
    boolean newId() {
        if (facts.fields().is(EslKey.CHANNEL_STATE, NONE) || facts.fields().is(EslKey.CHANNEL_STATE, NEW)) {
            return false;
        }
        if (facts.fields().has(EslKey.OLD_UNIQUE_ID) && !facts.fields().areEqual(EslKey.OLD_UNIQUE_ID, EslKey.UNIQUE_ID)) {
            facts.begin(hangup);
            hangup.legState(LegState.NULL_VAL).legKind(facts.legKind()).causeCode(HangupEncoder.causeCodeNullValue());
            facts.onlyNativeId(EslKey.OLD_UNIQUE_ID);
            facts.none();
            facts.end();
        }
        seen(isRung());
        return true;
    }

    /** Whether the leg is rung for another. */
    boolean isRung() {
        return !facts.party().isInbound() && peer() >= 0;
    }

    /**
     * A leg is rung, or no longer.
     *
     * @param forwardedTo field with an address that the leg's device sends the caller to, or -1.
     */
    void dial(final DialPhase phase, final DialStatus status, final LegState state, final int forwardedTo) {
        facts.begin(dial);
        dial.legState(state).legKind(facts.legKind()).phase(phase).status(status).peerKind(facts.otherLegKind());
        facts.leg(phase != DialPhase.END && facts.isOfAnotherCall());
        facts.id(peer());
        facts.none(2);
        facts.span(facts.party().remoteNumber());
        facts.span(facts.party().remoteName());
        if (forwardedTo >= 0) {
            facts.text(forwardedTo);
        } else {
            facts.none();
        }
        facts.end();
    }

    /** The field that names who the leg is rung for, or -1. */
    private int peer() {
        if (facts.fields().has(EslKey.OTHER_LEG)) {
            return EslKey.OTHER_LEG;
        }
        return facts.fields().has(EslKey.MEMBER_SESSION_VARIABLE) ? EslKey.MEMBER_SESSION_VARIABLE : -1;
    }

    private void seen(final boolean isRung) {
        facts.begin(legSeen);
        legSeen.legState(facts.legState() == LegState.UP ? LegState.UP : LegState.DOWN).legKind(facts.legKind())
            .direction(isRung ? Direction.INCOMING : Direction.OUTGOING);
        facts.leg(facts.isOfAnotherCall() || !isRung);
        facts.text(EslKey.DESTINATION);
        if (isRung) {
            facts.id(peer());
        } else {
            facts.none();
        }
        facts.end();
    }

    private void state(final LegState state) {
        facts.begin(legState);
        legState.legState(state).legKind(facts.legKind());
        facts.leg();
        facts.end();
    }

    /** Who calls learns whom; who waits in a queue does not, before somebody takes the call. */
    private void caller() {
        if (facts.fields().has(EslKey.OTHER_LEG) && (int)facts.party().number() > 0 && facts.legKind() == LegKind.DEVICE) {
            facts.begin(legParties);
            legParties.legState(LegState.NULL_VAL).legKind(facts.otherLegKind());
            facts.nativeIdAndRemote(EslKey.OTHER_LEG, facts.party().number());
            facts.end();
        }
    }

    private void beginBridge(final BridgeAction action, final LegState state, final LegKind kind, final int members) {
        facts.begin(bridge);
        bridge.legState(state).legKind(kind).action(action).bridgeKind(BridgeKind.MIXING).members(members);
    }

    private void endBridge() {
        facts.idOfTwo(firstOfPair(), secondOfPair());
        facts.end();
    }

    /** Where the server does not carry the media itself, the event may not name the pair: then its leg is the first one. */
    private int firstOfPair() {
        return facts.fields().has(EslKey.BRIDGE_A) ? EslKey.BRIDGE_A : EslKey.UNIQUE_ID;
    }

    private int secondOfPair() {
        return facts.fields().has(EslKey.BRIDGE_A) ? EslKey.BRIDGE_B : EslKey.LAST_BRIDGE_TO;
    }
}
