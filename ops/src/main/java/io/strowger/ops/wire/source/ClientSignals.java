package io.strowger.ops.wire.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceDownEncoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.YesNo;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** What a client says of its connection itself, in one piece of memory. On the client's loop. */
final class ClientSignals {
    private static final int CAPABILITIES = SignalLayout.HEADER_LENGTH + SourceHelloEncoder.capabilitiesEncodingOffset();

    private final SourceClientSettings settings;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SourceHelloEncoder hello = new SourceHelloEncoder();
    private final SourceDownEncoder down = new SourceDownEncoder();
    private int length;

    ClientSignals(final SourceClientSettings settings) {
        this.settings = settings;
    }

    /** The hello: who it is, what it carries, and that its numbers have no holes. */
    DirectBuffer hello() {
        hello.wrapAndApplyHeader(buffer, 0, header).sourceSequence(SourceHelloEncoder.sourceSequenceNullValue())
            .sourceTime(SystemEpochNanoClock.INSTANCE.nanoTime()).source(0).tenant(0).connection(0).epochKnown(YesNo.YES).dense(YesNo.YES);
        buffer.putInt(CAPABILITIES, settings.capabilities(), ByteOrder.LITTLE_ENDIAN);
        hello.sourceName(settings.name()).dialect("sbe").epoch(settings.epoch()).coveredBy("");
        length = SignalLayout.HEADER_LENGTH + hello.encodedLength();
        return buffer;
    }

    /** The source goes. */
    DirectBuffer down() {
        down.wrapAndApplyHeader(buffer, 0, header).sourceSequence(SourceDownEncoder.sourceSequenceNullValue())
            .sourceTime(SystemEpochNanoClock.INSTANCE.nanoTime()).source(0).tenant(0).connection(0).sourceName("").text("");
        length = SignalLayout.HEADER_LENGTH + down.encodedLength();
        return buffer;
    }

    /** Length of what was made last. */
    int length() {
        return length;
    }
}
