package io.strowger.router.pipeline;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceRejectEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the signal that tells of refused ones: of one, with its first bytes as they came, or only how many more there were.
 *
 * <p>Of the refused bytes only the numbers at the fixed places of source and source sequence are read, and those only to say whose signal
 * it may have been. One thread; allocates nothing after construction.
 */
final class RejectRecord {
    /** Most bytes of a refused signal that its record holds. */
    static final int MAX_BYTES = 256;

    /** Length of the record around them. */
    private static final int FRAME_LENGTH = SignalLayout.HEADER_LENGTH + SourceRejectEncoder.BLOCK_LENGTH + 2 * Short.BYTES;

    /** Long enough to hold the numbers that are read. */
    private static final int NUMBERS_LENGTH = SignalLayout.TENANT_OFFSET;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FRAME_LENGTH + MAX_BYTES]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SourceRejectEncoder reject = new SourceRejectEncoder();
    private final RejectReason[] reasons = new RejectReason[256];
    private final int maxBytes;
    private final EpochNanoClock clock;

    /**
     * A writer.
     *
     * @param maxLength of a signal in bytes, at least 128.
     * @param clock     of the record's source time; null when time is the sources' own and this record so has none.
     */
    RejectRecord(final int maxLength, final EpochNanoClock clock) {
        this.maxBytes = Math.min(MAX_BYTES, maxLength - FRAME_LENGTH);
        this.clock = clock;
        for (final RejectReason reason : RejectReason.values()) {
            reasons[reason.value()] = reason;
        }
    }

    /**
     * Reads whose signal it may have been.
     *
     * @return the number at the place of the source, 0 when there are too few bytes.
     */
    static int sourceOf(final DirectBuffer bytes, final int offset, final int length) {
        return length < NUMBERS_LENGTH ? 0 : SignalLayout.source(bytes, offset);
    }

    /**
     * Tells of one refused signal.
     *
     * @param reason code of {@link RejectReason}.
     * @param bytes  hold it; any length.
     * @return length of the record.
     */
    int one(final int reason, final DirectBuffer bytes, final int offset, final int length) {
        final int kept = Math.max(0, Math.min(maxBytes, length));
        begin(sourceOf(bytes, offset, length)).rejected(sequenceOf(bytes, offset, length)).count(1).reason(reasonOf(reason));
        reject.putText(bytes, offset, 0).putBytes(bytes, offset, kept);
        return FRAME_LENGTH + kept;
    }

    /**
     * Tells of signals that were refused without a record of their own.
     *
     * @return length of the record.
     */
    int more(final int source, final int count) {
        begin(source).rejected(SourceRejectEncoder.rejectedNullValue()).count(count).reason(RejectReason.NULL_VAL);
        reject.putText(buffer, 0, 0).putBytes(buffer, 0, 0);
        return FRAME_LENGTH;
    }

    /** The record, at offset 0. */
    MutableDirectBuffer buffer() {
        return buffer;
    }

    private static long sequenceOf(final DirectBuffer bytes, final int offset, final int length) {
        return length < NUMBERS_LENGTH ? SourceRejectEncoder.rejectedNullValue() : SignalLayout.sourceSequence(bytes, offset);
    }

    private SourceRejectEncoder begin(final int source) {
        return reject.wrapAndApplyHeader(buffer, 0, header)
            .sourceSequence(SourceRejectEncoder.sourceSequenceNullValue())
            .sourceTime(null == clock ? SourceRejectEncoder.sourceTimeNullValue() : clock.nanoTime())
            .source(source)
            .tenant(0);
    }

    /** An admission of the embedder's own may answer with a code that the schema has not. */
    private RejectReason reasonOf(final int code) {
        final RejectReason known = code > 0 && code < reasons.length ? reasons[code] : null;
        return null == known ? RejectReason.NOT_ALLOWED : known;
    }
}
