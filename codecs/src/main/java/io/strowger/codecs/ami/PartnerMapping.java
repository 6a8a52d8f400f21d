package io.strowger.codecs.ami;

import io.strowger.codecs.sbe.DialEncoder;
import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ParkAction;
import io.strowger.codecs.sbe.ParkEncoder;
import io.strowger.codecs.sbe.PickupEncoder;
import io.strowger.codecs.sbe.TransferEncoder;
import io.strowger.codecs.sbe.TransferKind;
import io.strowger.codecs.sbe.TransferResult;
import io.strowger.codecs.translate.AsciiText;

/**
 * Events in which one leg meets another: dialling, pick-up, transfer, parking. The order of the facts of such a block is fixed: first a
 * {@code LegState} for each further leg that the block shows, then the main fact.
 *
 * <pre>
 *   block              further legs, in this order                          main fact about
 *   Dial*              the calling leg                                      the leg that is dialled (Dest; an old end: Channel)
 *   Pickup             Target                                               the picker (Channel)
 *   BlindTransfer      none                                                 Transferee (no native id when not stated)
 *   AttendedTransfer   none                                                 Transferee (no native id when not stated)
 *   UnParkedCall       Retriever                                            Parkee
 * </pre>
 *
 * <p>A transfer shows its legs as they were when it was asked for, often older than what their own events have said since: such a picture
 * gives no fact.
 */
final class PartnerMapping {
    private static final int DIAL_TEXTS = 6;
    private static final byte[] BEGIN = AsciiText.bytes("begin");
    private static final byte[] SUCCESS = AsciiText.bytes("success");
    private static final byte[][] STATUSES = {
        AsciiText.bytes("answer"), AsciiText.bytes("busy"), AsciiText.bytes("noanswer"), AsciiText.bytes("cancel"),
        AsciiText.bytes("congestion"), AsciiText.bytes("chanunavail"), AsciiText.bytes("ringing"), AsciiText.bytes("proceeding")};
    private static final DialStatus[] MEANINGS = {
        DialStatus.ANSWER, DialStatus.BUSY, DialStatus.NO_ANSWER, DialStatus.CANCEL, DialStatus.CONGESTION, DialStatus.UNAVAILABLE,
        DialStatus.RINGING, DialStatus.PROCEEDING};

    private final FactWriter facts;
    private final CallMapping legs;
    private final DialEncoder dial = new DialEncoder();
    private final PickupEncoder pickup = new PickupEncoder();
    private final TransferEncoder transfer = new TransferEncoder();
    private final ParkEncoder park = new ParkEncoder();

    PartnerMapping(final FactWriter facts, final CallMapping legs) {
        this.facts = facts;
        this.legs = legs;
    }

    void dial(final DialPhase phase) {
        final AmiBlock block = facts.block();
        legs.furtherLeg(AmiKey.NONE);
        final int device = block.findEither(AmiKey.of(AmiKey.DEST, AmiKey.CHANNEL), AmiKey.DESTINATION);
        final int caller = block.find(AmiKey.CHANNEL);
        facts.begin(dial);
        dial.legState(facts.legState(AmiKey.DEST)).legKind(facts.kindOf(device)).phase(phase).status(status())
            .peerKind(facts.kindOf(caller));
        facts.leg(AmiKey.DEST, device);
        facts.id(block.find(AmiKey.UNIQUEID));
        facts.id(block.find(AmiKey.LINKEDID));
        facts.user(caller);
        facts.text(block.find(AmiKey.NUMBER));
        facts.name(block.find(AmiKey.NAME));
        facts.text(block.find(AmiKey.FORWARD));
        facts.end();
    }

    /** The old end names only the caller: how the attempt ended is said of that leg. */
    void oldDial() {
        if (facts.block().is(AmiKey.SUB_EVENT, BEGIN)) {
            dial(DialPhase.BEGIN);
        } else if (facts.block().has(AmiKey.of(AmiKey.DEST, AmiKey.UNIQUEID))) {
            dial(DialPhase.END);
        } else {
            endOfAll();
        }
    }

    private void endOfAll() {
        facts.begin(dial);
        dial.legState(facts.legState(AmiKey.NONE)).legKind(facts.legKind(AmiKey.NONE)).phase(DialPhase.END).status(status())
            .peerKind(LegKind.DEVICE);
        facts.leg(AmiKey.NONE);
        facts.none(DIAL_TEXTS);
        facts.end();
    }

    void pickup() {
        final AmiBlock block = facts.block();
        legs.furtherLeg(AmiKey.TARGET);
        facts.begin(pickup);
        pickup.legState(facts.legState(AmiKey.NONE)).legKind(facts.legKind(AmiKey.NONE));
        facts.leg(AmiKey.NONE);
        facts.id(block.find(AmiKey.of(AmiKey.TARGET, AmiKey.UNIQUEID)));
        facts.id(block.find(AmiKey.of(AmiKey.TARGET, AmiKey.LINKEDID)));
        facts.user(block.find(AmiKey.of(AmiKey.TARGET, AmiKey.CHANNEL)));
        facts.end();
    }

    /** The transferer is the one who leaves; the transferee stays and goes to the extension. */
    void blindTransfer() {
        final AmiBlock block = facts.block();
        beginTransfer(TransferKind.BLIND);
        transferee();
        userOrNumber(AmiKey.TRANSFERER);
        facts.id(block.find(AmiKey.of(AmiKey.TRANSFERER, AmiKey.UNIQUEID)));
        facts.none();
        facts.text(block.find(AmiKey.EXTENSION));
        facts.none();
        facts.end();
    }

    void attendedTransfer() {
        final AmiBlock block = facts.block();
        beginTransfer(TransferKind.ATTENDED);
        transferee();
        userOrNumber(AmiKey.ORIG_TRANSFERER);
        facts.id(block.find(AmiKey.of(AmiKey.ORIG_TRANSFERER, AmiKey.UNIQUEID)));
        facts.id(block.find(AmiKey.of(AmiKey.SECOND_TRANSFERER, AmiKey.UNIQUEID)));
        final int target = block.find(AmiKey.of(AmiKey.TRANSFER_TARGET, AmiKey.NUMBER));
        facts.text(facts.hasValue(target) ? target : block.find(AmiKey.of(AmiKey.SECOND_TRANSFERER, AmiKey.LINE_NUMBER)));
        facts.id(block.find(AmiKey.of(AmiKey.TRANSFER_TARGET, AmiKey.UNIQUEID)));
        facts.end();
    }

    /**
     * A stay in a parking place. Version 11 and before shows the leg without a prefix, the place as Exten and the parker as From.
     */
    void park(final ParkAction action) {
        final AmiBlock block = facts.block();
        final boolean isNew = block.has(AmiKey.of(AmiKey.PARKEE, AmiKey.UNIQUEID));
        final int leg = isNew ? AmiKey.PARKEE : AmiKey.NONE;
        final int retriever = block.find(AmiKey.of(AmiKey.RETRIEVER, AmiKey.CHANNEL));
        legs.furtherLeg(AmiKey.RETRIEVER);
        facts.begin(park);
        park.legState(facts.legState(leg)).legKind(facts.legKind(leg)).action(action);
        facts.leg(leg);
        facts.text(block.find(AmiKey.PARKING_LOT));
        facts.text(isNew ? block.find(AmiKey.PARKING_SPACE) : block.find(AmiKey.EXTEN));
        facts.user(retriever >= 0 ? retriever : block.findEither(AmiKey.PARKER_DIAL_STRING, AmiKey.FROM));
        facts.id(block.find(AmiKey.of(AmiKey.RETRIEVER, AmiKey.UNIQUEID)));
        facts.end();
    }

    private void beginTransfer(final TransferKind kind) {
        final boolean isDone = facts.block().is(AmiKey.RESULT, SUCCESS);
        final boolean hasLeg = facts.block().has(AmiKey.of(AmiKey.TRANSFEREE, AmiKey.UNIQUEID));
        facts.begin(transfer);
        transfer.legState(hasLeg ? facts.legState(AmiKey.TRANSFEREE) : LegState.NULL_VAL).legKind(facts.legKind(AmiKey.TRANSFEREE))
            .kind(kind).result(isDone ? TransferResult.SUCCESS : TransferResult.FAILED);
    }

    /** Not stated when it is not one leg alone, or when nobody was there. */
    private void transferee() {
        if (facts.hasValue(facts.block().find(AmiKey.of(AmiKey.TRANSFEREE, AmiKey.UNIQUEID)))) {
            facts.leg(AmiKey.TRANSFEREE);
        } else {
            facts.noLeg();
        }
    }

    private void userOrNumber(final int prefix) {
        final int device = facts.block().find(AmiKey.of(prefix, AmiKey.CHANNEL));
        if (facts.isUser(device)) {
            facts.user(device);
        } else {
            facts.text(facts.block().find(AmiKey.of(prefix, AmiKey.NUMBER)));
        }
    }

    private DialStatus status() {
        final AmiBlock block = facts.block();
        if (!block.has(AmiKey.DIAL_STATUS)) {
            return DialStatus.NULL_VAL;
        }
        for (int i = 0; i < STATUSES.length; i++) {
            if (block.is(AmiKey.DIAL_STATUS, STATUSES[i])) {
                return MEANINGS[i];
            }
        }
        return DialStatus.OTHER;
    }
}
