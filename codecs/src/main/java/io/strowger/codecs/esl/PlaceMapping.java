package io.strowger.codecs.esl;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ConferenceAction;
import io.strowger.codecs.sbe.ConferenceEncoder;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.FaxAction;
import io.strowger.codecs.sbe.FaxEncoder;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MessageEncoder;
import io.strowger.codecs.sbe.ParkAction;
import io.strowger.codecs.sbe.ParkEncoder;
import io.strowger.codecs.sbe.RecordingAction;
import io.strowger.codecs.sbe.RecordingEncoder;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.SipUri;

/**
 * What a leg is in or has with it: parking places of mod_valet_parking, conferences, recordings, faxes; and messages.
 */
final class PlaceMapping {
    private static final byte[] PARKED = AsciiText.bytes("hold");
    private static final byte[] RETRIEVED = AsciiText.bytes("bridge");
    private static final byte[] LEFT = AsciiText.bytes("exit");
    private static final byte[] JOINS = AsciiText.bytes("add-member");
    private static final byte[] LEAVES = AsciiText.bytes("del-member");
    private static final byte[] DONE = {'1'};
    private static final byte[] TYPING = AsciiText.bytes("application/im-iscomposing+xml");
    private static final byte[] NOTICE = AsciiText.bytes("message/imdn+xml");
    private static final byte[] TRUE = AsciiText.bytes("true");
    private static final byte[] FAX_ID = AsciiText.bytes("fax:");
    private static final byte[] MESSAGE_ID = AsciiText.bytes("message:");

    private final EslFacts facts;
    private final EslFields fields;
    private final ParkEncoder park = new ParkEncoder();
    private final ConferenceEncoder conference = new ConferenceEncoder();
    private final RecordingEncoder recording = new RecordingEncoder();
    private final FaxEncoder fax = new FaxEncoder();
    private final MessageEncoder message = new MessageEncoder();

    PlaceMapping(final EslFacts facts) {
        this.facts = facts;
        this.fields = facts.fields();
    }

    /**
     * A stay in a parking place. An exit comes behind a retrieval too: then the stay is over already. One of a leg that goes on is a
     * timeout.
     *
     * @return false when the event carries nothing.
     */
    boolean parking() {
        if (fields.is(EslKey.ACTION, PARKED)) {
            parking(ParkAction.PARKED);
        } else if (fields.is(EslKey.ACTION, RETRIEVED)) {
            parking(ParkAction.RETRIEVED);
        } else if (fields.is(EslKey.ACTION, LEFT)) {
            parking(facts.isHungUp() ? ParkAction.GIVEN_UP : ParkAction.TIMED_OUT);
        } else {
            return false;
        }
        return true;
    }

    private void parking(final ParkAction action) {
        final boolean isParked = action == ParkAction.PARKED;
        facts.begin(park);
        park.legState(facts.legState()).legKind(facts.legKind()).action(action);
        if (isParked) {
            facts.leg();
        } else {
            facts.onlyNativeId(EslKey.UNIQUE_ID);
        }
        facts.text(EslKey.LOT);
        facts.text(EslKey.SPACE);
        facts.span(isParked
            ? SipUri.party(fields.bytes(), fields.offset(EslKey.REFERRED_BY), fields.length(EslKey.REFERRED_BY)) : 0);
        if (isParked) {
            facts.none();
        } else {
            facts.id(EslKey.BRIDGE_TO);
        }
        facts.end();
    }

    /**
     * A member joins or leaves.
     *
     * @return false when the event carries nothing.
     */
    boolean conference() {
        final boolean joins = fields.is(EslKey.ACTION, JOINS);
        if (!joins && !fields.is(EslKey.ACTION, LEAVES)) {
            return false;
        }
        facts.begin(conference);
        conference.legState(facts.legState()).legKind(facts.legKind())
            .action(joins ? ConferenceAction.JOINED : ConferenceAction.LEFT);
        facts.leg();
        facts.text(EslKey.CONFERENCE);
        facts.end();
        return true;
    }

    void recording(final RecordingAction action) {
        facts.begin(recording);
        recording.legState(facts.legState()).legKind(facts.legKind()).action(action);
        facts.leg();
        facts.text(EslKey.RECORD_PATH);
        facts.end();
    }

    /** A fax is over. */
    void fax(final Direction direction) {
        final long pages = fields.number(EslKey.FAX_PAGES, -1);
        facts.begin(fax);
        fax.action(fields.is(EslKey.FAX_SUCCESS, DONE) ? FaxAction.COMPLETED : FaxAction.FAILED).direction(direction)
            .pages(pages < 0 || pages > Integer.MAX_VALUE ? FaxEncoder.pagesNullValue() : (int)pages);
        facts.prefixed(FAX_ID, EslKey.UNIQUE_ID);
        if (facts.isOfAnotherCall()) {
            facts.id(EslKey.CALL_UUID);
        } else {
            facts.id(EslKey.UNIQUE_ID);
        }
        facts.span(facts.party().user());
        facts.span((int)facts.party().remoteNumber() > 0 ? facts.party().remoteNumber() : fields.span(EslKey.FAX_REMOTE));
        facts.text(EslKey.FAX_REMOTE);
        facts.text(fields.has(EslKey.FAX_FILE) ? EslKey.FAX_FILE : EslKey.FAX_FILE_VARIABLE);
        facts.text(EslKey.FAX_TEXT);
        facts.end();
    }

    /**
     * A message between two parties: sent by the one that is a user here, received by the other unless the server knows better.
     *
     * @return false when it tells that somebody types, or what has become of another message.
     */
    boolean message() {
        if (fields.is(EslKey.MESSAGE_TYPE, TYPING) || fields.is(EslKey.MESSAGE_TYPE, NOTICE)) {
            return false;
        }
        final long from = facts.party().extension(fields.offset(EslKey.FROM), fields.length(EslKey.FROM));
        final long to = facts.party().extension(fields.offset(EslKey.TO), fields.length(EslKey.TO));
        if (from != 0 || to == 0) {
            message(Direction.OUTGOING, EslKey.FROM, EslKey.TO);
        }
        if (to != 0 && !fields.is(EslKey.DELIVERY_FAILURE, TRUE)) {
            message(Direction.INCOMING, EslKey.TO, EslKey.FROM);
        }
        return true;
    }

    private void message(final Direction direction, final int user, final int remote) {
        facts.begin(message);
        message.media(Media.MESSAGE).direction(direction);
        facts.idOfSequence(MESSAGE_ID);
        facts.extension(user);
        facts.span(SipUri.party(fields.bytes(), fields.offset(remote), fields.length(remote)));
        facts.none();
        facts.text(EslKey.BODY, SignalLayout.MAX_TEXT_LENGTH);
        facts.none();
        facts.end();
    }
}
