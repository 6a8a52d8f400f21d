package io.strowger.ops.receiver.way;

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
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The connection of one phone or server to the router, by the source protocol: it gives credit, and says what is in the journal. Made on a
 * worker, as it asks the router; used on the receiver's loop from then on.
 */
final class RouterLink {
    private static final int FIRST_GAP = 1 << 6;

    private final RefusalListener listener;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SourceAckDecoder ack = new SourceAckDecoder();
    private final SourceCreditDecoder credit = new SourceCreditDecoder();
    private final SourceRejectDecoder reject = new SourceRejectDecoder();
    private final UnsafeBuffer gap = new UnsafeBuffer(new byte[256]);
    private final int source;
    private final int tenant;
    private final int number;
    private final List<OpenCall> openCalls;
    private final SourceConnection connection;
    /** Made; until then nothing that the router says is taken, and it says it again. */
    private boolean isUp;
    private long sent;
    private long credited;
    private long acknowledged = -1;
    private int refusal;
    /** What is refused now is the answer to the sending, too. */
    private boolean isSending;
    private long gapPosition = -1;
    private int gapOrdinal;

    /**
     * Says hello. May take a moment.
     *
     * @param grant    name of the source in the router, and what it may be.
     * @param dialect  as the hello says it.
     * @param user     whose open calls are asked for; null for none.
     * @param listener told what the router has refused behind its admission.
     * @throws IllegalStateException when the router is closed, has no room, or the source has used all its connections.
     */
    RouterLink(final Router router, final SourceGrant grant, final String dialect, final String user,
               final RefusalListener listener) {
        this.listener = listener;
        tenant = grant.tenant();
        source = router.sourceNumber(tenant, grant.name());
        number = SourceSequence.nextConnection(router.lastSourceSequence(source));
        openCalls = null == user || 0 == number ? List.of() : OpenCalls.of(router, tenant, grant.name(), user);
        connection = router.openSource(grant, this::onReply);
        boolean isTaken = false;
        try {
            new ConnectionFacts(source, tenant, grant.name(), dialect)
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
        isUp = true;
    }

    /** Number of the source in the router. */
    int source() {
        return source;
    }

    /** Number of the connection, which source sequences begin with. */
    int number() {
        return number;
    }

    /** Calls of the source that were open when it was made, the oldest first. */
    List<OpenCall> openCalls() {
        return openCalls;
    }

    /** Takes facts, for which there must be credit; what is refused at once is said by {@link #refusal()}. */
    SignalSink sink() {
        return (buffer, offset, length) -> {
            isSending = true;
            final long code = connection.onSignal(buffer, offset, length);
            isSending = false;
            sent++;
            if (code < 0) {
                refusal = (int)code;
            }
            return true;
        };
    }

    /** Forgets what was refused. */
    void beginRequest() {
        refusal = 0;
    }

    /** Why a fact was refused at once since {@link #beginRequest()}, as a {@link ReturnCode}; 0 when all were taken. */
    int refusal() {
        return refusal;
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
        if (!isUp) {
            return false;
        }
        switch (SignalLayout.templateId(buffer, offset)) {
            case SourceAckDecoder.TEMPLATE_ID -> {
                acknowledged = ack.wrapAndApplyHeader(buffer, offset, header).acknowledged();
            }
            case SourceCreditDecoder.TEMPLATE_ID -> {
                credited = credit.wrapAndApplyHeader(buffer, offset, header).upTo();
            }
            case SourceRejectDecoder.TEMPLATE_ID -> {
                if (!isSending) {
                    reject.wrapAndApplyHeader(buffer, offset, header);
                    final long sequence = reject.rejected();
                    listener.onRefused(SourceRejectDecoder.rejectedNullValue() == sequence ? RefusalListener.SOME : sequence,
                        ReturnCode.rejected(reject.reasonRaw()));
                }
            }
            default -> {
                // a welcome says nothing that is not known here
            }
        }
        return true;
    }

    /** Is told what the router has refused when it had taken it already. */
    @FunctionalInterface
    interface RefusalListener {
        /** Instead of a source sequence: some of those that are not acknowledged, it is not known which. */
        long SOME = -1;

        /**
         * A fact was refused, before it is acknowledged.
         *
         * @param sequence its source sequence, or {@link #SOME}.
         * @param code     why, as a {@link ReturnCode}.
         */
        void onRefused(long sequence, int code);
    }
}
