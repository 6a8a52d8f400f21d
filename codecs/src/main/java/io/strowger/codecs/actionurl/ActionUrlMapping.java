package io.strowger.codecs.actionurl;

import io.strowger.codecs.sbe.DiversionEncoder;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.HangupAskedEncoder;
import io.strowger.codecs.sbe.HangupEncoder;
import io.strowger.codecs.sbe.HoldAction;
import io.strowger.codecs.sbe.HoldEncoder;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.LegStateEncoder;
import io.strowger.codecs.sbe.OtherEncoder;
import io.strowger.codecs.sbe.RegistrationAction;
import io.strowger.codecs.sbe.RegistrationEncoder;
import io.strowger.codecs.sbe.TransferEncoder;
import io.strowger.codecs.sbe.TransferKind;
import io.strowger.codecs.sbe.TransferResult;
import io.strowger.codecs.sbe.YesNo;

/**
 * Which facts an event gives.
 */
final class ActionUrlMapping {
    /** Bytes of a request that an {@code Other} fact keeps. */
    static final int OTHER_LENGTH = 256;

    private static final short BUSY = 17;
    private static final short NO_ANSWER = 19;
    private static final short REJECTED = 21;

    private final ActionUrlFacts facts;
    private final LegSeenEncoder legSeen = new LegSeenEncoder();
    private final LegStateEncoder legState = new LegStateEncoder();
    private final HoldEncoder hold = new HoldEncoder();
    private final HangupEncoder hangup = new HangupEncoder();
    private final HangupAskedEncoder hangupAsked = new HangupAskedEncoder();
    private final DiversionEncoder diversion = new DiversionEncoder();
    private final TransferEncoder transfer = new TransferEncoder();
    private final RegistrationEncoder registration = new RegistrationEncoder();
    private final OtherEncoder other = new OtherEncoder();

    ActionUrlMapping(final ActionUrlFacts facts) {
        this.facts = facts;
    }

    /** Writes the facts of an event that is neither noise nor a state. */
    void event(final PhoneEvent event) {
        switch (event) {
            case INCOMING -> seen(Direction.INCOMING, LegState.RINGING);
            case OUTGOING -> seen(Direction.OUTGOING, LegState.DIALING);
            case ESTABLISHED -> up();
            case CONNECTED -> {
                up();
                hold(HoldAction.RETRIEVE);
            }
            case HELD -> hold(HoldAction.HOLD);
            case RESUMED -> hold(HoldAction.RETRIEVE);
            case TERMINATED, ON_HOOK -> hungUp(HangupEncoder.causeCodeNullValue());
            case MISSED -> hungUp(NO_ANSWER);
            case REJECTED -> hungUp(REJECTED);
            case BUSY -> hungUp(BUSY);
            case CANCELLED -> cancelled();
            case FORWARDED -> forwarded();
            case TRANSFERRED -> transferred(TransferResult.SUCCESS);
            case TRANSFER_FAILED -> transferred(TransferResult.FAILED);
            case REGISTERED -> registered(RegistrationAction.REGISTERED);
            case UNREGISTERED -> registered(RegistrationAction.UNREGISTERED);
            default -> throw new IllegalStateException(event.name());
        }
    }

    /** A request without a mapping, by its own name, or by what is wrong with it. */
    void other(final byte[] name, final int nameOffset, final int nameLength, final byte[] shown, final int offset, final int length) {
        facts.begin(other);
        facts.text(name, nameOffset, nameLength);
        facts.text(shown, offset, length, OTHER_LENGTH);
        facts.end();
    }

    private void seen(final Direction direction, final LegState state) {
        facts.begin(legSeen);
        legSeen.legState(state).legKind(LegKind.DEVICE).direction(direction);
        facts.leg();
        if (direction == Direction.OUTGOING) {
            facts.remote();
        } else {
            facts.user();
        }
        facts.none();
        facts.end();
    }

    private void up() {
        facts.begin(legState);
        legState.legState(LegState.UP).legKind(LegKind.DEVICE);
        facts.leg();
        facts.end();
    }

    private void hold(final HoldAction action) {
        facts.begin(hold);
        hold.legState(LegState.NULL_VAL).legKind(LegKind.DEVICE).action(action);
        facts.leg();
        facts.end();
    }

    private void hungUp(final short cause) {
        facts.begin(hangup);
        hangup.legState(LegState.NULL_VAL).legKind(LegKind.DEVICE).causeCode(cause);
        facts.legById();
        facts.none();
        facts.end();
    }

    /** That the user gave up is what tells a cancelled call from one that failed. */
    private void cancelled() {
        facts.begin(hangupAsked);
        hangupAsked.legState(LegState.NULL_VAL).legKind(LegKind.DEVICE)
            .causeCode(HangupAskedEncoder.causeCodeNullValue()).soft(YesNo.NO);
        facts.legById();
        facts.end();
        hungUp(HangupEncoder.causeCodeNullValue());
    }

    private void forwarded() {
        facts.begin(diversion);
        diversion.legState(LegState.NULL_VAL).legKind(LegKind.DEVICE);
        facts.leg();
        facts.target();
        facts.none();
        facts.end();
    }

    /** The phone does not say how it transferred; the leg shown is the user's own, which is all the phone knows of. */
    private void transferred(final TransferResult result) {
        facts.begin(transfer);
        transfer.legState(LegState.NULL_VAL).legKind(LegKind.DEVICE).kind(TransferKind.NULL_VAL).result(result);
        facts.leg();
        facts.user();
        facts.nativeId();
        facts.none();
        facts.target();
        facts.none();
        facts.end();
    }

    private void registered(final RegistrationAction action) {
        facts.begin(registration);
        registration.action(action);
        facts.user();
        facts.device();
        facts.none();
        facts.end();
    }
}
