package io.strowger.codecs.ami;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegState;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Writes the facts of one block one behind the other and keeps them until the sink has taken them all.
 *
 * <pre>
 *   |-- header, block, texts --|-- header, block, texts --|-- ...
 *   starts[0]                  starts[1]                  starts[2]
 * </pre>
 *
 * <p>A mapping calls {@link #begin} with the encoder, sets the encoder's own fields, calls one text method for each var-data field in
 * schema order, then {@link #end}. Identities (native ids, call ids) are never cut: one that is too long spoils the block. Other texts are
 * cut at {@link #WIDE} bytes, and where a fact would then be longer than a signal may be, the whole block is written again with
 * {@link #TIGHT}; a cut never parts the bytes of a UTF-8 character.
 */
final class FactWriter extends FactTexts {
    private static final int MAX_FACTS = 16;
    private static final int STATES = 10;

    private final int[] starts = new int[MAX_FACTS + 1];
    private int count;
    private int offered;

    private int connection;
    private long blockEnd;
    private long timeNs;
    private boolean tooLong;

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
        connection = connectionNumber;
        blockEnd = blockEndOffset;
        timeNs = sourceTimeNs;
        textLimit = longestText;
        discard();
    }

    /**
     * Drops the facts of the block.
     */
    void discard() {
        count = 0;
        offered = 0;
        limit = 0;
        withoutNativeId = false;
        identityTooLong = false;
        tooLong = false;
    }

    /** The block that texts are taken from. */
    AmiBlock block() {
        return block;
    }

    /** How many facts the sink has not yet taken. */
    int pending() {
        return count - offered;
    }

    /** Whether a fact has no native id where it must have one. */
    boolean isWithoutNativeId() {
        return withoutNativeId;
    }

    /** Whether an identity is longer than it may be. */
    boolean isIdentityTooLong() {
        return identityTooLong;
    }

    /** Whether a fact is longer than a signal may be. */
    boolean isTooLong() {
        return tooLong;
    }

    /**
     * Offers the facts that the sink has not yet taken, in order.
     *
     * @return whether it has them all.
     */
    boolean offer(final SignalSink sink) {
        while (offered < count) {
            if (!sink.offer(buffer(), starts[offered], starts[offered + 1] - starts[offered])) {
                return false;
            }
            offered++;
        }
        return true;
    }

    /**
     * Begins a fact: header and the four fields that all have.
     */
    void begin(final MessageEncoderFlyweight encoder) {
        final UnsafeBuffer buffer = buffer();
        final int start = starts[count];
        putShort(start + SignalLayout.BLOCK_LENGTH_OFFSET, encoder.sbeBlockLength());
        putShort(start + SignalLayout.TEMPLATE_ID_OFFSET, encoder.sbeTemplateId());
        putShort(start + SignalLayout.SCHEMA_ID_OFFSET, encoder.sbeSchemaId());
        putShort(start + SignalLayout.VERSION_OFFSET, encoder.sbeSchemaVersion());
        encoder.wrap(buffer, start + SignalLayout.HEADER_LENGTH);
        buffer.putLong(start + SignalLayout.SOURCE_SEQUENCE_OFFSET, sourceSequence(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(start + SignalLayout.SOURCE_TIME_OFFSET, timeNs, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(start + SignalLayout.SOURCE_OFFSET, settings().source(), ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(start + SignalLayout.TENANT_OFFSET, settings().tenant(), ByteOrder.LITTLE_ENDIAN);
        limit = start + SignalLayout.HEADER_LENGTH + encoder.sbeBlockLength();
    }

    /**
     * Ends the fact.
     */
    void end() {
        tooLong |= limit - starts[count] > SignalLayout.MAX_SIGNAL_LENGTH;
        count++;
        starts[count] = limit;
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
        text(block.find(AmiKey.of(prefix, AmiKey.NUMBER)));
        name(block.find(AmiKey.of(prefix, AmiKey.NAME)));
        text(block.find(AmiKey.of(prefix, AmiKey.LINE_NUMBER)));
        name(block.find(AmiKey.of(prefix, AmiKey.LINE_NAME)));
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

    @Override
    long sourceSequence() {
        return SourceSequence.of(connection, blockEnd, count);
    }
}
