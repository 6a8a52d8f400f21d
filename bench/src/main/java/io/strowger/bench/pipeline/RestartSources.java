package io.strowger.bench.pipeline;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.OtherEncoder;
import io.strowger.codecs.sbe.SourceBootedEncoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.ReturnCode;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Two sources on one channel: a large one with many sessions, numbered from 0, and a small one that says something now and then.
 */
final class RestartSources {
    static final int LARGE = 1;
    static final int SMALL = 2;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Channel channel;
    private final int sessions;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OtherEncoder other = new OtherEncoder();
    private long largeSequence;
    private long smallSequence;

    RestartSources(final Channel channel, final int sessions) {
        this.channel = channel;
        this.sessions = sessions;
    }

    /** Number of the large source's last signal. */
    long largeSequence() {
        return largeSequence;
    }

    /** Both say hello, the large one opens its sessions. */
    void open() {
        hello(LARGE, ++largeSequence);
        booted(NANOS_PER_SECOND);
        hello(SMALL, ++smallSequence);
        final LegSeenEncoder leg = new LegSeenEncoder();
        for (int i = 0; i < sessions; i++) {
            final String id = Integer.toString(i);
            leg.wrapAndApplyHeader(buffer, 0, header).sourceSequence(++largeSequence).sourceTime(largeSequence).source(LARGE).tenant(LARGE)
                .legState(LegState.RING).legKind(LegKind.DEVICE).direction(Direction.OUTGOING)
                .nativeId(id).callId(id).device("").user("101").number("101").name("Ann").remoteParty("102").remoteName("Bob")
                .dialled("").linkedTo("");
            offer(leg.encodedLength());
        }
    }

    /** The large one has booted again. */
    void restart() {
        booted(1_000 * NANOS_PER_SECOND);
    }

    /** The small one says something, meant for this time of the nano clock. */
    void say(final long timeNs) {
        other.wrapAndApplyHeader(buffer, 0, header).sourceSequence(++smallSequence).sourceTime(timeNs).source(SMALL).tenant(SMALL)
            .name("tick").text("");
        offer(other.encodedLength());
    }

    private void hello(final int source, final long sequence) {
        final SourceHelloEncoder hello = new SourceHelloEncoder().wrapAndApplyHeader(buffer, 0, header);
        hello.sourceSequence(sequence).sourceTime(0).source(source).tenant(source).connection(0).epochKnown(YesNo.YES).dense(YesNo.NO);
        hello.capabilities().clear();
        hello.sourceName("source-" + source).dialect("sbe").epoch("").coveredBy("");
        offer(hello.encodedLength());
    }

    private void booted(final long timeNs) {
        final SourceBootedEncoder booted = new SourceBootedEncoder();
        booted.wrapAndApplyHeader(buffer, 0, header).sourceSequence(++largeSequence).sourceTime(timeNs).source(LARGE).tenant(LARGE)
            .uptimeMs(0).epoch("");
        offer(booted.encodedLength());
    }

    private void offer(final int encodedLength) {
        long code = channel.offer(buffer, 0, SignalLayout.HEADER_LENGTH + encodedLength);
        while (ReturnCode.BACK_PRESSURED == code) {
            Thread.onSpinWait();
            code = channel.offer(buffer, 0, SignalLayout.HEADER_LENGTH + encodedLength);
        }
        if (code < 0) {
            throw new IllegalStateException("the router answers " + ReturnCode.toString(code));
        }
    }
}
