package io.strowger.codecs.kamailio;

import io.strowger.codecs.SignalLayout;
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
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MessageEncoder;
import io.strowger.codecs.sbe.OtherEncoder;
import io.strowger.codecs.sbe.RegistrationAction;
import io.strowger.codecs.sbe.RegistrationEncoder;
import io.strowger.codecs.translate.AsciiText;

/**
 * Which facts an event gives.
 */
final class KamailioMapping {
    /** Bytes of an event that an {@code Other} fact keeps. */
    static final int OTHER_LENGTH = 256;

    private static final byte[] BYE = AsciiText.bytes("BYE");
    private static final short NORMAL_CLEARING = 16;
    private static final int LEG_TEXTS_BUT_ID = 7;
    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_REDIRECTION = 300;

    private final KamailioFacts facts;
    private final JsonFields fields;
    private final LegSeenEncoder legSeen = new LegSeenEncoder();
    private final DialEncoder dial = new DialEncoder();
    private final BridgeEncoder bridge = new BridgeEncoder();
    private final HoldEncoder hold = new HoldEncoder();
    private final HangupEncoder hangup = new HangupEncoder();
    private final RegistrationEncoder registration = new RegistrationEncoder();
    private final MessageEncoder message = new MessageEncoder();
    private final OtherEncoder other = new OtherEncoder();

    KamailioMapping(final KamailioFacts facts, final JsonFields fields) {
        this.facts = facts;
        this.fields = fields;
    }

    /** Writes the facts of an event that is no noise. */
    void event(final KamailioEvent event) {
        if (event == KamailioEvent.REGISTER) {
            registration();
        } else if (facts.namesCall()) {
            switch (event) {
                case INVITE -> caller(LegState.RING);
                case RINGING -> ringing();
                case START -> started();
                case HOLD -> hold(HoldAction.HOLD);
                case UNHOLD -> hold(HoldAction.RETRIEVE);
                case END -> ended();
                case FAILED -> failed(failure());
                case NOT_FOUND -> failed(SipStatus.NOT_FOUND);
                case MESSAGE -> message();
                default -> throw new IllegalStateException(event.name());
            }
        }
    }

    /** An event without a mapping, by its own name; or a block that can't be read, by what is wrong with it. */
    void other(final byte[] name, final int nameOffset, final int nameLength, final byte[] block, final int offset, final int length) {
        facts.begin(other);
        facts.text(name, nameOffset, nameLength);
        facts.text(block, offset, length, OTHER_LENGTH);
        facts.end();
    }

    private void ringing() {
        caller(LegState.RING);
        callee(LegState.RINGING);
        dial(DialPhase.PROGRESS, DialStatus.RINGING);
    }

    private void started() {
        caller(LegState.UP);
        callee(LegState.UP);
        bridged(false, 1);
        bridged(true, 2);
    }

    /** Whoever hangs up, the dialog is over for both. */
    private void ended() {
        final short cause = fields.is(KamailioKey.END_METHOD, BYE) ? NORMAL_CLEARING : HangupEncoder.causeCodeNullValue();
        hungUp(false, cause);
        hungUp(true, cause);
    }

    private void failed(final int status) {
        if (status != SipStatus.UNKNOWN) {
            dial(DialPhase.END, SipStatus.dialStatus(status));
        }
        final int cause = SipStatus.cause(status);
        final short code = cause == SipStatus.NO_CAUSE ? HangupEncoder.causeCodeNullValue() : (short)cause;
        hungUp(false, code);
        hungUp(true, code);
    }

    /**
     * The status of the reply that ended the attempt. A server that knows the variable but has no reply in hand has ended it itself,
     * because its timer has run out; one that does not tell the variable says nothing.
     */
    private int failure() {
        if (!fields.isTold(KamailioKey.STATUS)) {
            return SipStatus.UNKNOWN;
        }
        return fields.has(KamailioKey.STATUS) ? (int)fields.number(KamailioKey.STATUS, SipStatus.UNKNOWN) : SipStatus.TIMEOUT;
    }

    private void caller(final LegState state) {
        facts.begin(legSeen);
        legSeen.legState(state).legKind(LegKind.DEVICE).direction(Direction.OUTGOING);
        facts.caller();
        facts.dialled();
        facts.none();
        facts.end();
    }

    private void callee(final LegState state) {
        facts.begin(legSeen);
        legSeen.legState(state).legKind(LegKind.DEVICE).direction(Direction.INCOMING);
        facts.callee();
        facts.none(2);
        facts.end();
    }

    private void dial(final DialPhase phase, final DialStatus status) {
        facts.begin(dial);
        dial.legState(LegState.NULL_VAL).legKind(LegKind.DEVICE).phase(phase).status(status).peerKind(LegKind.DEVICE);
        facts.callee();
        facts.callerAsPeer();
        facts.none();
        facts.end();
    }

    private void bridged(final boolean isCaller, final int members) {
        facts.begin(bridge);
        bridge.legState(LegState.UP).legKind(LegKind.DEVICE).action(BridgeAction.ENTER).bridgeKind(BridgeKind.MIXING).members(members);
        leg(isCaller);
        facts.bridgeId();
        facts.end();
    }

    /**
     * With both tags told, the sender is the caller if its tag is the first one, the callee if it is the other one: one fact for each, of
     * which only that of the leg that exists counts. A fact that shows nothing of a leg but its id never begins one.
     */
    private void hold(final HoldAction action) {
        final boolean isEither = fields.has(KamailioKey.FROM_TAG) && fields.has(KamailioKey.TO_TAG);
        holdOf(action, false);
        if (isEither) {
            holdOf(action, true);
        }
    }

    private void holdOf(final HoldAction action, final boolean asCallee) {
        facts.begin(hold);
        hold.legState(LegState.NULL_VAL).legKind(LegKind.DEVICE).action(action);
        facts.sender(asCallee);
        facts.none(LEG_TEXTS_BUT_ID);
        facts.end();
    }

    private void hungUp(final boolean isCaller, final short cause) {
        facts.begin(hangup);
        hangup.legState(LegState.NULL_VAL).legKind(LegKind.DEVICE).causeCode(cause);
        leg(isCaller);
        facts.text(KamailioKey.STATUS);
        facts.end();
    }

    private void leg(final boolean isCaller) {
        if (isCaller) {
            facts.caller();
        } else {
            facts.callee();
        }
    }

    /** Only {@code expires} 0 tells a device that goes from one that comes; what stands in its contact counts most. */
    private void registration() {
        final boolean isGone = Contacts.areGone(fields.bytes(), fields.offset(KamailioKey.CONTACT),
            fields.length(KamailioKey.CONTACT), fields.number(KamailioKey.EXPIRES, 1));
        facts.begin(registration);
        registration.action(isGone ? RegistrationAction.UNREGISTERED : RegistrationAction.REGISTERED);
        facts.toUser();
        facts.text(KamailioKey.TO);
        facts.text(KamailioKey.CONTACT);
        facts.end();
    }

    /** A message that passes was sent; that it was received too, only the status of the receiver's reply can say. */
    private void message() {
        final long status = fields.number(KamailioKey.STATUS, SipStatus.UNKNOWN);
        final boolean isReceived = status >= FIRST_SUCCESS && status < FIRST_REDIRECTION;
        if (facts.isFromUser() || !facts.isToUser()) {
            message(false);
        }
        if (facts.isToUser() && (isReceived || !facts.isFromUser())) {
            message(true);
        }
    }

    private void message(final boolean isReceiver) {
        facts.begin(message);
        message.media(Media.MESSAGE).direction(isReceiver ? Direction.INCOMING : Direction.OUTGOING);
        facts.messageId(isReceiver);
        if (isReceiver) {
            facts.toUser();
            facts.from();
            facts.name();
        } else {
            facts.fromUser();
            facts.to();
            facts.none();
        }
        facts.text(KamailioKey.BODY, SignalLayout.MAX_TEXT_LENGTH);
        facts.none();
        facts.end();
    }
}
