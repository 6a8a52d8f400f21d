package io.strowger.router.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.Durability;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceAckEncoder;
import io.strowger.codecs.sbe.SourceCreditEncoder;
import io.strowger.codecs.sbe.SourceRejectEncoder;
import io.strowger.codecs.sbe.SourceWelcomeEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the router says to a source: welcome, acknowledgement, reject, credit, and the actions it is to carry out.
 *
 * <p>One thread; allocates nothing after construction.
 */
final class SourceReplies {
    /** First bytes of a refused signal that go back with the reject. */
    private static final int SHOWN_LENGTH = 256;

    private static final byte[][] REASONS = reasons();

    private static final long NO_TIME = SourceAckEncoder.sourceTimeNullValue();

    private final SignalSink sink;
    /** A router's own number of a source would tell how many others it has. */
    private static final int NO_NUMBER = 0;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SourceWelcomeEncoder welcome = new SourceWelcomeEncoder();
    private final SourceAckEncoder ack = new SourceAckEncoder();
    private final SourceRejectEncoder reject = new SourceRejectEncoder();
    private final SourceCreditEncoder credit = new SourceCreditEncoder();
    private final byte[] name;
    private final int tenant;

    SourceReplies(final SourceGrant grant, final SignalSink sink) {
        this.sink = sink;
        this.name = grant.name().getBytes(StandardCharsets.UTF_8);
        this.tenant = grant.tenant();
    }

    boolean welcome(final long lastSourceSequence) {
        welcome.wrapAndApplyHeader(buffer, 0, header).sourceSequence(SourceWelcomeEncoder.sourceSequenceNullValue()).sourceTime(NO_TIME)
            .source(NO_NUMBER).tenant(tenant).lastSourceSequence(lastSourceSequence).putSourceName(name, 0, name.length);
        return offer(welcome.encodedLength());
    }

    boolean ack(final long upTo, final Durability durability) {
        ack.wrapAndApplyHeader(buffer, 0, header).sourceSequence(SourceAckEncoder.sourceSequenceNullValue()).sourceTime(NO_TIME)
            .source(NO_NUMBER).tenant(tenant).acknowledged(upTo).durability(durability);
        return offer(ack.encodedLength());
    }

    boolean credit(final long upTo) {
        credit.wrapAndApplyHeader(buffer, 0, header).sourceSequence(SourceCreditEncoder.sourceSequenceNullValue()).sourceTime(NO_TIME)
            .source(NO_NUMBER).tenant(tenant).upTo(upTo);
        return offer(credit.encodedLength());
    }

    /** An action as it was asked for; what its results name stands in place of a source sequence. */
    boolean action(final long number, final DirectBuffer signal, final int offset, final int length) {
        buffer.putBytes(0, signal, offset, length);
        buffer.putInt(SignalLayout.SOURCE_OFFSET, NO_NUMBER, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(SignalLayout.SOURCE_SEQUENCE_OFFSET, number, ByteOrder.LITTLE_ENDIAN);
        return sink.offer(buffer, 0, length);
    }

    boolean reject(final int reason, final long rejected, final DirectBuffer signal, final int offset, final int length) {
        return reject(reason, rejected, 1, signal, offset, Math.min(length, SHOWN_LENGTH));
    }

    /** Signals whose bytes are gone were refused; the one that has a number, or so many. */
    boolean refusal(final int reason, final long rejected, final int count) {
        return reject(reason, rejected, count, buffer, 0, 0);
    }

    private boolean reject(final int reason, final long rejected, final int count, final DirectBuffer signal, final int offset,
                           final int shown) {
        final byte[] text = reason < REASONS.length ? REASONS[reason] : REASONS[0];
        reject.wrapAndApplyHeader(buffer, 0, header).sourceSequence(SourceRejectEncoder.sourceSequenceNullValue()).sourceTime(NO_TIME)
            .source(NO_NUMBER).tenant(tenant).rejected(rejected).reason(RejectReason.get((short)reason)).count(count)
            .putText(text, 0, text.length).putBytes(signal, offset, shown);
        return offer(reject.encodedLength());
    }

    private boolean offer(final int length) {
        return sink.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + length);
    }

    private static byte[][] reasons() {
        int greatest = 0;
        for (final RejectReason reason : RejectReason.values()) {
            greatest = RejectReason.NULL_VAL == reason ? greatest : Math.max(greatest, reason.value());
        }
        final byte[][] texts = new byte[greatest + 1][];
        texts[0] = new byte[0];
        for (final RejectReason reason : RejectReason.values()) {
            if (RejectReason.NULL_VAL != reason) {
                texts[reason.value()] = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    .getBytes(StandardCharsets.US_ASCII);
            }
        }
        return texts;
    }
}
