package io.strowger.ops.wire.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceRejectEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Numbers that no source comes to by counting: were one taken, all the source says from then on would be passed over as known. On the
 * port's loop.
 *
 * <p>Of a source that numbers without holes that is one of 2^32 or more behind a number that the router has, of any one of 2^62.
 */
final class SequenceLimit {
    private static final long DENSE_HOLE = 1L << 32;
    private static final long HOLE = 1L << 62;
    private static final int LONGEST = 256;

    private boolean isDense;
    private long last = -1;

    /** It is greeted. */
    void greeted(final boolean isNumberedWithoutHoles) {
        isDense = isNumberedWithoutHoles;
    }

    /** The router has this number; -1 for none. */
    void taken(final long sequence) {
        last = Math.max(last, sequence);
    }

    /** Whether a number is beyond reason; what is no number is not. */
    boolean isBeyond(final long sequence) {
        return sequence > 0 && sequence - Math.max(0, last) >= (isDense && last >= 0 ? DENSE_HOLE : HOLE);
    }

    /** For people. */
    String reason(final long sequence) {
        return "source sequence " + sequence + " leaves a hole beyond reason: the last was " + last;
    }

    /** What the source is told of it: a {@code SourceReject}. */
    DirectBuffer reject(final long sequence, final int tenant) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LONGEST]);
        final SourceRejectEncoder reject = new SourceRejectEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        final byte[] text = reason(sequence).getBytes(StandardCharsets.US_ASCII);
        reject.sourceSequence(SourceRejectEncoder.sourceSequenceNullValue()).sourceTime(0).source(0).tenant(tenant).rejected(sequence)
            .reason(RejectReason.NOT_ALLOWED).count(1).putText(text, 0, text.length).putBytes(text, 0, 0);
        return new UnsafeBuffer(buffer, 0, SignalLayout.HEADER_LENGTH + reject.encodedLength());
    }
}
