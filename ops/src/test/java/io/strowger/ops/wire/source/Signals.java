package io.strowger.ops.wire.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.YesNo;
import org.agrona.concurrent.UnsafeBuffer;

/** Signals of a source. One thread. */
final class Signals {
    private static final long TIME_NS = 1_795_624_150_000_000_000L;

    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** A leg; returns its length. */
    int seen(final long sequence, final String nativeId) {
        final LegSeenEncoder leg = new LegSeenEncoder().wrapAndApplyHeader(buffer, 0, header);
        leg.sourceSequence(sequence).sourceTime(TIME_NS + sequence).source(99).tenant(99).legState(LegState.RING).legKind(LegKind.DEVICE)
            .direction(Direction.OUTGOING)
            .nativeId(nativeId).callId(nativeId).device("").user("101").number("").name("").remoteParty("").remoteName("").dialled("")
            .linkedTo("");
        return SignalLayout.HEADER_LENGTH + leg.encodedLength();
    }

    /** A hello without actions; returns its length. */
    int hello(final String name) {
        final SourceHelloEncoder hello = new SourceHelloEncoder().wrapAndApplyHeader(buffer, 0, header);
        hello.sourceSequence(0).sourceTime(TIME_NS).source(77).tenant(77).connection(5).epochKnown(YesNo.YES).dense(YesNo.YES);
        hello.capabilities().clear();
        hello.sourceName(name).dialect("sbe").epoch("").coveredBy("");
        return SignalLayout.HEADER_LENGTH + hello.encodedLength();
    }
}
