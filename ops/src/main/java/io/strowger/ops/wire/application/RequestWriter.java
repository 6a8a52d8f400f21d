package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.application.ActEncoder;
import io.strowger.codecs.sbe.application.AskStatusEncoder;
import io.strowger.codecs.sbe.application.CreditEncoder;
import io.strowger.codecs.sbe.application.MessageHeaderEncoder;
import io.strowger.codecs.sbe.application.PingEncoder;
import io.strowger.codecs.sbe.application.Start;
import io.strowger.codecs.sbe.application.SubscribeEncoder;
import io.strowger.codecs.sbe.application.UnsubscribeEncoder;
import io.strowger.ops.wire.Frames;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what a client says, a whole frame at a time. Whoever holds the client's lock.
 */
final class RequestWriter {
    private static final int LONGEST = 64 * 1024;

    private final byte[] bytes = new byte[Frames.LENGTH_BYTES + LONGEST];
    private final UnsafeBuffer frame = new UnsafeBuffer(bytes);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private int length;

    /** The frame, from 0. */
    byte[] bytes() {
        return bytes;
    }

    /** Its length, with the length before it. */
    int length() {
        return length;
    }

    RequestWriter opening(final DirectBuffer opening) {
        frame.putBytes(Frames.LENGTH_BYTES, opening, 0, opening.capacity());
        return end(opening.capacity());
    }

    RequestWriter subscribe(final int stream, final int credit, final StreamOrder order, final Start start, final String position) {
        final SubscribeEncoder to = new SubscribeEncoder().wrapAndApplyHeader(frame, Frames.LENGTH_BYTES, header);
        to.stream(stream).credit(credit).start(start).policy(order.policy()).position(position);
        final SubscribeEncoder.NamesEncoder names = to.namesCount(order.names().size());
        for (final StreamOrder.Name each : order.names()) {
            final byte[] name = each.name().getBytes(StandardCharsets.UTF_8);
            names.next().kind(each.kind()).putName(name, 0, name.length);
        }
        return end(MessageHeaderEncoder.ENCODED_LENGTH + to.encodedLength());
    }

    RequestWriter askStatus(final int stream, final int credit, final StreamOrder order) {
        final AskStatusEncoder to = new AskStatusEncoder().wrapAndApplyHeader(frame, Frames.LENGTH_BYTES, header);
        to.stream(stream).credit(credit);
        final AskStatusEncoder.NamesEncoder names = to.namesCount(order.names().size());
        for (final StreamOrder.Name each : order.names()) {
            final byte[] name = each.name().getBytes(StandardCharsets.UTF_8);
            names.next().kind(each.kind()).putName(name, 0, name.length);
        }
        return end(MessageHeaderEncoder.ENCODED_LENGTH + to.encodedLength());
    }

    RequestWriter credit(final int stream, final int more) {
        final CreditEncoder to = new CreditEncoder().wrapAndApplyHeader(frame, Frames.LENGTH_BYTES, header).stream(stream).credit(more);
        return end(MessageHeaderEncoder.ENCODED_LENGTH + to.encodedLength());
    }

    RequestWriter unsubscribe(final int stream) {
        final UnsubscribeEncoder to = new UnsubscribeEncoder().wrapAndApplyHeader(frame, Frames.LENGTH_BYTES, header).stream(stream);
        return end(MessageHeaderEncoder.ENCODED_LENGTH + to.encodedLength());
    }

    RequestWriter act(final long ask, final DirectBuffer signal) {
        final ActEncoder to = new ActEncoder().wrapAndApplyHeader(frame, Frames.LENGTH_BYTES, header).ask(ask);
        to.putSignal(signal, 0, signal.capacity());
        return end(MessageHeaderEncoder.ENCODED_LENGTH + to.encodedLength());
    }

    RequestWriter ping(final long number) {
        final PingEncoder to = new PingEncoder().wrapAndApplyHeader(frame, Frames.LENGTH_BYTES, header).number(number);
        return end(MessageHeaderEncoder.ENCODED_LENGTH + to.encodedLength());
    }

    private RequestWriter end(final int messageLength) {
        frame.putInt(0, messageLength, ByteOrder.LITTLE_ENDIAN);
        length = Frames.LENGTH_BYTES + messageLength;
        return this;
    }
}
