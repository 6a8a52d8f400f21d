package io.strowger.ops.receiver;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceAckDecoder;
import io.strowger.codecs.sbe.SourceCreditDecoder;
import io.strowger.codecs.sbe.SourceGapEncoder;
import io.strowger.codecs.sbe.SourceRejectDecoder;
import io.strowger.router.Router;
import io.strowger.router.source.SourceConnection;
import io.strowger.router.source.SourceGrant;
import io.strowger.router.status.ReturnCode;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The connection of one phone or server to the router, by the source protocol: it gives credit, and says what is in the journal. Made on a
 * worker, as it asks the router; used on the receiver's loop from then on.
 */
final class RouterLink {
    private static final int FIRST_GAP = 1 << 6;

    private final LongConsumer onRejected;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SourceAckDecoder ack = new SourceAckDecoder();
    private final SourceCreditDecoder credit = new SourceCreditDecoder();
    private final SourceRejectDecoder reject = new SourceRejectDecoder();
    private final UnsafeBuffer gap = new UnsafeBuffer(new byte[256]);
    private final int source;
    private final int tenant;
    private final int number;
    private final SourceConnection connection;
    private long sent;
    private long credited;
    private long acknowledged = -1;
    private int refusal;
    private long gapPosition = -1;
    private int gapOrdinal;

    /**
     * Says hello. May take a moment.
     *
     * @param name       of the source in the router.
     * @param onRejected told the source sequence of a fact that the router has refused.
     * @throws IllegalStateException when the router is closed, has no room, or the source has used all its connections.
     */
    RouterLink(final Router router, final ReceivedSource settings, final String name, final LongConsumer onRejected) {
        this.onRejected = onRejected;
        tenant = settings.tenant();
        source = router.sourceNumber(tenant, name);
        number = SourceSequence.nextConnection(router.lastSourceSequence(source));
        connection = router.openSource(new SourceGrant(name, tenant, settings.coveredBy(), settings.window()), this::onReply);
        boolean isTaken = false;
        try {
            new ConnectionFacts(source, tenant, name, settings.dialect())
                .connected(number, SystemEpochNanoClock.INSTANCE.nanoTime(), true, sink());
            isTaken = 0 == refusal;
        } finally {
            if (!isTaken) {
                end("not taken");
            }
        }
        if (!isTaken) {
            throw new IllegalStateException("the router does not take the source: " + ReturnCode.toString(refusal));
        }
    }

    /** Number of the source in the router. */
    int source() {
        return source;
    }

    /** Number of the connection, which source sequences begin with. */
    int number() {
        return number;
    }

    /** Takes facts, for which there must be credit. */
    SignalSink sink() {
        return (buffer, offset, length) -> {
            final long code = connection.onSignal(buffer, offset, length);
            sent++;
            if (code < 0) {
                refusal = (int)code;
            }
            return true;
        };
    }

    /** How many facts may be sent now. */
    long room() {
        return credited - sent;
    }

    /** Up to which source sequence the journal has it, as safely as the server promises; -1 for nothing. */
    long acknowledged() {
        return acknowledged;
    }

    /**
     * Tells that requests were not taken.
     *
     * @param position of the stream behind which they would have come.
     */
    void tellGap(final long position, final long requests, final long bytes) {
        // behind the facts of the block that ends there, and behind another gap
        gapOrdinal = position == gapPosition ? Math.min(gapOrdinal + 1, SourceSequence.MAX_ORDINAL) : FIRST_GAP;
        gapPosition = position;
        final SourceGapEncoder encoder = new SourceGapEncoder();
        encoder.wrapAndApplyHeader(gap, 0, new MessageHeaderEncoder())
            .sourceSequence(SourceSequence.of(number, position, gapOrdinal))
            .sourceTime(SystemEpochNanoClock.INSTANCE.nanoTime()).source(source).tenant(tenant)
            .missing(requests).missingBytes(bytes).text("no room");
        sink().offer(gap, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    /** Moves on what waits, and hears what the router says. */
    void poll() {
        connection.poll();
    }

    /** Says good-bye; {@link #poll} until it {@link #isClosed()}. */
    void end(final String reason) {
        connection.end(reason, SystemEpochNanoClock.INSTANCE.nanoTime());
    }

    /** Whether nothing is taken any more. */
    boolean isClosed() {
        return connection.isClosed();
    }

    private boolean onReply(final DirectBuffer buffer, final int offset, final int length) {
        switch (SignalLayout.templateId(buffer, offset)) {
            case SourceAckDecoder.TEMPLATE_ID -> {
                acknowledged = ack.wrapAndApplyHeader(buffer, offset, header).acknowledged();
            }
            case SourceCreditDecoder.TEMPLATE_ID -> {
                credited = credit.wrapAndApplyHeader(buffer, offset, header).upTo();
            }
            case SourceRejectDecoder.TEMPLATE_ID -> {
                onRejected.accept(reject.wrapAndApplyHeader(buffer, offset, header).rejected());
            }
            default -> {
                // a welcome says nothing that is not known here
            }
        }
        return true;
    }
}
