package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.EventEncoder;
import io.strowger.codecs.sbe.SnapshotItemEncoder;
import io.strowger.codecs.sbe.application.ActAnswerEncoder;
import io.strowger.codecs.sbe.application.ActRefusedEncoder;
import io.strowger.codecs.sbe.application.AnswerStatus;
import io.strowger.codecs.sbe.application.LagEncoder;
import io.strowger.codecs.sbe.application.MessageHeaderEncoder;
import io.strowger.codecs.sbe.application.PongEncoder;
import io.strowger.codecs.sbe.application.RefusedEncoder;
import io.strowger.codecs.sbe.application.StatusBeginEncoder;
import io.strowger.codecs.sbe.application.StatusEndEncoder;
import io.strowger.codecs.sbe.application.StatusItemEncoder;
import io.strowger.codecs.sbe.application.StreamEndEncoder;
import io.strowger.codecs.sbe.application.StreamEventEncoder;
import io.strowger.codecs.sbe.application.SubscribedEncoder;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.codecs.sbe.application.YesNo;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.router.action.ActionAnswer;
import io.strowger.router.record.RecordLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes what the gateway says, into a batch. Of events and things of a status it leaves out what would tell one tenant of another: their
 * place in the journal, and the router's own numbers. On the connection's loop.
 */
final class FrameWriter {
    /** Longest text: it is for people. */
    private static final int LONGEST_TEXT = 256;
    /** A header, a block and the lengths of texts. */
    private static final int MOST_FIXED = 96;
    private static final String NO_POSITION = "";

    private final FrameBatch batch;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final StreamEventEncoder event = new StreamEventEncoder();
    private final StatusItemEncoder item = new StatusItemEncoder();

    FrameWriter(final FrameBatch batch) {
        this.batch = batch;
    }

    void subscribed(final int stream, final String position) {
        final SubscribedEncoder to = new SubscribedEncoder();
        to.wrapAndApplyHeader(batch.claim(MOST_FIXED), batch.offset(), header);
        to.stream(stream).position(null == position ? NO_POSITION : position);
        commit(to.encodedLength());
    }

    /** Writes the event of a record. */
    void event(final int stream, final String position, final long number, final long folded, final DirectBuffer buffer, final int record) {
        final int length = RecordLayout.eventLength(buffer, record);
        final MutableDirectBuffer to = batch.claim(MOST_FIXED + length);
        event.wrapAndApplyHeader(to, batch.offset(), header);
        event.stream(stream).folded((int)Math.min(folded, Integer.MAX_VALUE)).number(number).position(position)
            .derived(RecordLayout.INPUT == RecordLayout.type(buffer, record) ? YesNo.NO : YesNo.YES);
        event.putBody(buffer, RecordLayout.eventOffset(buffer, record), length);
        final int block = event.limit() - length + io.strowger.codecs.sbe.MessageHeaderEncoder.ENCODED_LENGTH;
        to.putLong(block + EventEncoder.sourceSequenceEncodingOffset(), EventEncoder.sourceSequenceNullValue(), ByteOrder.LITTLE_ENDIAN);
        to.putInt(block + EventEncoder.sourceEncodingOffset(), EventEncoder.sourceNullValue(), ByteOrder.LITTLE_ENDIAN);
        commit(event.encodedLength());
    }

    /** Writes one thing of a status. */
    void statusItem(final int stream, final DirectBuffer buffer, final int offset, final int length) {
        final MutableDirectBuffer to = batch.claim(MOST_FIXED + length);
        item.wrapAndApplyHeader(to, batch.offset(), header);
        item.stream(stream).putItem(buffer, offset, length);
        final int block = item.limit() - length + io.strowger.codecs.sbe.MessageHeaderEncoder.ENCODED_LENGTH;
        final ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        to.putLong(block + SnapshotItemEncoder.sourceSequenceEncodingOffset(), SnapshotItemEncoder.sourceSequenceNullValue(), order);
        to.putInt(block + SnapshotItemEncoder.sourceEncodingOffset(), SnapshotItemEncoder.sourceNullValue(), order);
        to.putLong(block + SnapshotItemEncoder.subscriptionEncodingOffset(), SnapshotItemEncoder.subscriptionNullValue(), order);
        to.putLong(block + SnapshotItemEncoder.positionEncodingOffset(), SnapshotItemEncoder.positionNullValue(), order);
        commit(item.encodedLength());
    }

    void statusBegin(final int stream, final String position) {
        final StatusBeginEncoder to = new StatusBeginEncoder();
        to.wrapAndApplyHeader(batch.claim(MOST_FIXED), batch.offset(), header);
        to.stream(stream).position(position);
        commit(to.encodedLength());
    }

    void statusEnd(final int stream, final String position) {
        final StatusEndEncoder to = new StatusEndEncoder();
        to.wrapAndApplyHeader(batch.claim(MOST_FIXED), batch.offset(), header);
        to.stream(stream).position(position);
        commit(to.encodedLength());
    }

    void lag(final int stream, final boolean isBehind) {
        final LagEncoder to = new LagEncoder();
        to.wrapAndApplyHeader(batch.claim(MOST_FIXED), batch.offset(), header);
        to.stream(stream).behind(isBehind ? YesNo.YES : YesNo.NO);
        commit(to.encodedLength());
    }

    void streamEnd(final int stream, final Why why, final long missed, final String text) {
        final byte[] bytes = bytes(text);
        final StreamEndEncoder to = new StreamEndEncoder();
        to.wrapAndApplyHeader(batch.claim(MOST_FIXED + bytes.length), batch.offset(), header);
        to.stream(stream).why(why).missed(missed).putText(bytes, 0, bytes.length);
        commit(to.encodedLength());
    }

    /** Writes what has become of an action. */
    void answer(final long ask, final ActionAnswer answer) {
        final ActAnswerEncoder to = new ActAnswerEncoder();
        to.wrapAndApplyHeader(batch.claim(MOST_FIXED + answer.keyLength() + answer.nativeIdLength() + answer.textLength()), batch.offset(),
            header);
        final DirectBuffer from = answer.buffer();
        to.ask(ask).status(AnswerStatus.get(answer.status().value()))
            .putKey(from, answer.keyOffset(), answer.keyLength())
            .putNativeId(from, answer.nativeIdOffset(), answer.nativeIdLength())
            .putText(from, answer.textOffset(), answer.textLength());
        commit(to.encodedLength());
    }

    void actRefused(final long ask, final Problem problem) {
        final byte[] bytes = bytes(problem.getMessage());
        final ActRefusedEncoder to = new ActRefusedEncoder();
        to.wrapAndApplyHeader(batch.claim(MOST_FIXED + bytes.length), batch.offset(), header);
        to.ask(ask).why(why(problem)).putText(bytes, 0, bytes.length);
        commit(to.encodedLength());
    }

    void refused(final int stream, final Problem problem) {
        final byte[] bytes = bytes(problem.getMessage());
        final RefusedEncoder to = new RefusedEncoder();
        to.wrapAndApplyHeader(batch.claim(MOST_FIXED + bytes.length), batch.offset(), header);
        to.stream(stream).why(why(problem)).putText(bytes, 0, bytes.length);
        commit(to.encodedLength());
    }

    void pong(final long number) {
        final PongEncoder to = new PongEncoder();
        to.wrapAndApplyHeader(batch.claim(MOST_FIXED), batch.offset(), header);
        to.number(number);
        commit(to.encodedLength());
    }

    /** The reason of a problem. */
    static Why why(final Problem problem) {
        return switch (problem.status()) {
            case Problem.UNAUTHORIZED -> Why.UNAUTHORIZED;
            case Problem.FORBIDDEN -> Why.FORBIDDEN;
            case Problem.GONE -> problem.missed() < 0 ? Why.POSITION_GONE : Why.FELL_BEHIND;
            case Problem.TOO_MANY -> Why.TOO_MANY;
            case Problem.UNAVAILABLE -> Why.UNAVAILABLE;
            default -> Why.BAD_REQUEST;
        };
    }

    private void commit(final int encodedLength) {
        batch.commit(MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }

    private static byte[] bytes(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_TEXT) {
            return bytes;
        }
        int end = LONGEST_TEXT;
        while (end > 0 && 0x80 == (bytes[end] & 0xC0)) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
