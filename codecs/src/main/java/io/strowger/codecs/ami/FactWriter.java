package io.strowger.codecs.ami;

import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.translate.AsciiText;

/**
 * Writes the facts of one block of an AMI stream.
 */
final class FactWriter extends FactTexts {
    private static final int STATES = 10;
    private static final byte[] OLD_UNKNOWN = AsciiText.bytes("unknown");

    /**
     * A writer of facts of one source.
     */
    FactWriter(final AmiSettings settings) {
        super(settings);
    }

    /**
     * Begins with the facts of a block.
     *
     * @param source           the block that texts are taken from.
     * @param connectionNumber of the connection.
     * @param blockEndOffset   offset in the connection behind the block's last byte.
     * @param sourceTimeNs     nanoseconds since 1970.
     * @param longestText      {@link #WIDE} or {@link #TIGHT}.
     */
    void start(
        final AmiBlock source, final int connectionNumber, final long blockEndOffset, final long sourceTimeNs, final int longestText) {
        block = source;
        startFacts(connectionNumber, blockEndOffset, sourceTimeNs, longestText);
    }

    /** The block that texts are taken from. */
    AmiBlock block() {
        return block;
    }

    /**
     * Writes the eight texts of a leg: nativeId, callId, device, user, number, name, remoteParty, remoteName.
     *
     * @param prefix of {@link AmiKey}.
     */
    void leg(final int prefix) {
        leg(prefix, block.find(AmiKey.of(prefix, AmiKey.CHANNEL)));
    }

    /**
     * The same with the device from another field.
     *
     * @param device index of the field, or -1.
     */
    void leg(final int prefix, final int device) {
        nativeId(block.find(AmiKey.of(prefix, AmiKey.UNIQUEID)));
        id(block.find(AmiKey.of(prefix, AmiKey.LINKEDID)));
        text(device);
        user(device);
        text(party(prefix, AmiKey.NUMBER));
        name(party(prefix, AmiKey.NAME));
        text(party(prefix, AmiKey.LINE_NUMBER));
        name(party(prefix, AmiKey.LINE_NAME));
    }

    /** Version 11 and before, whose blocks show no Linkedid, has another word for nothing in its events of queues. */
    private int party(final int prefix, final int key) {
        final int field = block.find(AmiKey.of(prefix, key));
        return field >= 0 && !block.has(AmiKey.of(prefix, AmiKey.LINKEDID)) && block.is(AmiKey.of(prefix, key), OLD_UNKNOWN) ? -1 : field;
    }

    /** State of the leg as the block shows it, else null. */
    LegState legState(final int prefix) {
        final long state = block.number(AmiKey.of(prefix, AmiKey.STATE), STATES);
        return state < STATES ? LegState.get((short)state) : LegState.NULL_VAL;
    }

    /** Kind of the leg by its device's name. */
    LegKind legKind(final int prefix) {
        return kindOf(block.find(AmiKey.of(prefix, AmiKey.CHANNEL)));
    }
}
