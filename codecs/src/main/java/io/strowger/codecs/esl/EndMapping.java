package io.strowger.codecs.esl;

import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.HangupAskedEncoder;
import io.strowger.codecs.sbe.HangupEncoder;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.TransferEncoder;
import io.strowger.codecs.sbe.TransferKind;
import io.strowger.codecs.sbe.TransferResult;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.SipUri;

/**
 * The end of a leg, and the transfers that it tells.
 *
 * <p>A phone that transfers (REFER) leaves, and its leg says at its end whom it has sent where. Each transfer is told once, there:
 *
 * <pre>
 *   variable_transfer_to   transferee                      target
 *   blind:UUID             UUID                            variable_transfer_destination
 *   att:UUID               whom the leg was bridged with   the leg UUID
 *   satt:UUID              UUID                            what the leg has dialled, not answered yet
 * </pre>
 *
 * <p>A transfer by a command (uuid_transfer) has nobody who leaves: it is told where the pair is broken, by the leg that goes on.
 */
final class EndMapping {
    private static final byte[] BLIND = AsciiText.bytes("blind:");
    private static final byte[] ATTENDED = AsciiText.bytes("att:");
    private static final byte[] EARLY = AsciiText.bytes("satt:");
    private static final byte[] BY_COMMAND = AsciiText.bytes(":bl_xfer:");
    private static final byte[] INLINE = AsciiText.bytes("inline");
    private static final byte[] ZERO = {'0'};
    private static final int NO_CAUSE = 128;
    private static final int REDIRECTION = 23;
    private static final int TEXTS_BEHIND_ID = 7;

    private final EslFacts facts;
    private final EslFields fields;
    private final LegMapping legs;
    private final HangupAskedEncoder hangupAsked = new HangupAskedEncoder();
    private final HangupEncoder hangup = new HangupEncoder();
    private final TransferEncoder transfer = new TransferEncoder();

    EndMapping(final EslFacts facts, final LegMapping legs) {
        this.facts = facts;
        this.fields = facts.fields();
        this.legs = legs;
    }

    /** The first word of the end: how it was reached, whom it has transferred, then the end itself. */
    void hangup() {
        transfer();
        final boolean isAnswered = fields.has(EslKey.ANSWERED_TIME) && !fields.is(EslKey.ANSWERED_TIME, ZERO);
        if (legs.isRung() && !isAnswered) {
            legs.dial(DialPhase.END, HangupCauses.status(fields.bytes(), fields.offset(EslKey.HANGUP_CAUSE),
                fields.length(EslKey.HANGUP_CAUSE)), LegState.NULL_VAL, forwardedTo());
        }
        gone();
    }

    /** The end again, or for the first time where the first word was lost. */
    void gone() {
        if (facts.party().isInbound() && HangupCauses.isCancel(
            fields.bytes(), fields.offset(EslKey.HANGUP_CAUSE), fields.length(EslKey.HANGUP_CAUSE))) {
            facts.begin(hangupAsked);
            hangupAsked.legState(LegState.NULL_VAL).legKind(facts.legKind())
                .causeCode(HangupAskedEncoder.causeCodeNullValue()).soft(YesNo.NO);
            facts.onlyNativeId(EslKey.UNIQUE_ID);
            facts.end();
        }
        facts.begin(hangup);
        hangup.legState(LegState.NULL_VAL).legKind(facts.legKind()).causeCode(cause());
        facts.legAtItsEnd();
        facts.text(EslKey.HANGUP_CAUSE);
        facts.end();
    }

    /**
     * A pair is broken: perhaps because a command has sent the leg elsewhere. Then it has a new destination and no other leg; where the
     * destination is what a phone has asked for, the phone's leg tells the transfer. One of the dialplan inline is nobody but a list of
     * applications to run (so mod_valet_parking parks whom a phone talks with): what comes of them is told by events of its own.
     */
    void transferByCommand() {
        final int source = fields.find(EslKey.TRANSFER_SOURCE, BY_COMMAND);
        if (source < 0 || facts.isHungUp() || fields.has(EslKey.OTHER_LEG) || fields.is(EslKey.DIALPLAN, INLINE) || isAskedByPhone()) {
            return;
        }
        begin(TransferKind.BLIND);
        facts.onlyNativeId(EslKey.UNIQUE_ID);
        facts.none(3);
        facts.text(EslKey.DESTINATION);
        facts.none();
        facts.end();
    }

    private boolean isAskedByPhone() {
        return fields.has(EslKey.REFER_TO) && fields.isSpan(EslKey.DESTINATION,
            SipUri.party(fields.bytes(), fields.offset(EslKey.REFER_TO), fields.length(EslKey.REFER_TO)));
    }

    private void transfer() {
        if (starts(EslKey.TRANSFER_TO, BLIND)) {
            blind();
        } else if (starts(EslKey.TRANSFER_TO, EARLY)) {
            begin(TransferKind.ATTENDED);
            behind(EslKey.TRANSFER_TO, EARLY.length);
            facts.none(TEXTS_BEHIND_ID);
            by();
            facts.none();
            facts.text(EslKey.DESTINATION);
            facts.none();
            facts.end();
        } else if (starts(EslKey.TRANSFER_TO, ATTENDED)) {
            attended();
        }
    }

    /** Without a partner the text behind the colon is the number: then nobody was transferred. */
    private void blind() {
        if (fields.areEqual(EslKey.TRANSFER_TO, EslKey.TRANSFER_DESTINATION)) {
            return;
        }
        begin(TransferKind.BLIND);
        behind(EslKey.TRANSFER_TO, BLIND.length);
        facts.none(TEXTS_BEHIND_ID);
        by();
        facts.none();
        if (starts(EslKey.TRANSFER_DESTINATION, BLIND)) {
            final int offset = fields.offset(EslKey.TRANSFER_DESTINATION) + BLIND.length;
            facts.text(fields.bytes(), offset, fields.length(EslKey.TRANSFER_DESTINATION) - BLIND.length);
        } else {
            facts.none();
        }
        facts.none();
        facts.end();
    }

    private void attended() {
        begin(TransferKind.ATTENDED);
        final int partner = fields.has(EslKey.BRIDGE_UUID) ? EslKey.BRIDGE_UUID
            : fields.has(EslKey.LAST_BRIDGE_TO) ? EslKey.LAST_BRIDGE_TO : EslKey.OTHER_LEG;
        facts.onlyNativeId(partner);
        by();
        facts.none(2);
        behind(EslKey.TRANSFER_TO, ATTENDED.length);
        facts.end();
    }

    private void begin(final TransferKind kind) {
        facts.begin(transfer);
        transfer.legState(LegState.NULL_VAL).legKind(LegKind.DEVICE).kind(kind).result(TransferResult.SUCCESS);
    }

    /** Who transfers, and his leg. */
    private void by() {
        facts.span(facts.party().user() != 0 ? facts.party().user() : facts.party().number());
        facts.id(EslKey.UNIQUE_ID);
    }

    private void behind(final int field, final int skipped) {
        facts.identity(fields.bytes(), fields.offset(field) + skipped, fields.length(field) - skipped);
    }

    private boolean starts(final int field, final byte[] word) {
        return AsciiText.beginsIgnoringCase(fields.bytes(), fields.offset(field), fields.length(field), word);
    }

    /** Where the device has sent the caller to, when that is why the leg ended. */
    private int forwardedTo() {
        if (cause() != REDIRECTION) {
            return -1;
        }
        if (fields.has(EslKey.REDIRECT_USER)) {
            return EslKey.REDIRECT_USER;
        }
        return fields.has(EslKey.REDIRECTED_TO) ? EslKey.REDIRECTED_TO : -1;
    }

    private short cause() {
        final int named = HangupCauses.q850(
            fields.bytes(), fields.offset(EslKey.HANGUP_CAUSE), fields.length(EslKey.HANGUP_CAUSE));
        final long cause = named == HangupCauses.NONE ? fields.number(EslKey.HANGUP_Q850, NO_CAUSE) : named;
        return cause < NO_CAUSE ? (short)cause : HangupEncoder.causeCodeNullValue();
    }
}
