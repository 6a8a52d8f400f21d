package io.strowger.router.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceBootedDecoder;
import io.strowger.codecs.sbe.SourceDownDecoder;
import io.strowger.codecs.sbe.SourceGapEncoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.ReturnCode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way in for a source that must never be kept waiting, as a call router that cuts a slow reader off.
 *
 * <p>It takes everything: what the channel has no room for waits in a spill. When that is full, signals are discarded until it is half
 * empty; then a {@code SourceGap} stands in their place and says how many, and how many bytes, and the source is stale until it has listed
 * what it has. That is the only loss there is, and it is always said.
 *
 * <p>One thread, which also calls {@link #poll} now and then while anything waits. Allocates nothing while nothing waits.
 */
public final class SourceIntake implements SignalSink {
    /** Default of the most bytes that wait. */
    public static final long SPILL_LIMIT_DEFAULT = 64L << 20;

    private final Channel channel;
    private final Spill spill;
    private final long resumeAt;
    private final UnsafeBuffer gap = new UnsafeBuffer(new byte[256]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SourceGapEncoder encoder = new SourceGapEncoder();
    private long missing;
    private long missingBytes;
    private long discarded;
    private boolean isClosed;

    /**
     * The way of one source.
     *
     * @param channel    of this source alone, offered to by this thread alone.
     * @param spillLimit most bytes that wait, from 64 KiB.
     */
    public SourceIntake(final Channel channel, final long spillLimit) {
        if (spillLimit < 1 << 16) {
            throw new IllegalArgumentException("spillLimit is out of its range: " + spillLimit);
        }
        this.channel = channel;
        this.spill = new Spill(spillLimit);
        this.resumeAt = spillLimit / 2;
    }

    /**
     * Takes a signal. What the router refuses for its form is journaled and counted by the router.
     *
     * @return true, always: a translator is never held up. {@link #isClosed()} when it leads nowhere any more.
     */
    @Override
    public boolean offer(final DirectBuffer signal, final int offset, final int length) {
        if (isOfConnection(SignalLayout.templateId(signal, offset)) && !(missing == 0 && spill.isEmpty())) {
            keep(signal, offset, length);
            return true;
        }
        if (missing > 0) {
            if (spill.bytes() > resumeAt) {
                discard(signal, offset, length);
                return true;
            }
            tellGap();
        } else if (spill.isEmpty()) {
            final long code = channel.offer(signal, offset, length);
            if (ReturnCode.BACK_PRESSURED != code) {
                isClosed |= ReturnCode.CLOSED == code;
                return true;
            }
        }
        if (!spill.offer(signal, offset, length)) {
            discard(signal, offset, length);
        }
        return true;
    }

    /**
     * Moves on what waits.
     *
     * @return how many signals; 0 when nothing waits or the channel has no room; or {@link ReturnCode#CLOSED}.
     */
    public int poll() {
        final int moved = spill.drainTo(channel);
        if (ReturnCode.CLOSED == moved) {
            isClosed = true;
            return ReturnCode.CLOSED;
        }
        if (missing > 0 && spill.bytes() <= resumeAt) {
            tellGap();
            return moved + Math.max(0, spill.drainTo(channel));
        }
        return moved;
    }

    /** How many signals wait. */
    public long waiting() {
        return spill.count();
    }

    /** How many bytes of memory they take. */
    public long waitingBytes() {
        return spill.bytes();
    }

    /** How many signals were discarded so far. */
    public long discarded() {
        return discarded;
    }

    /** Whether the router, or the channel, takes nothing any more. */
    public boolean isClosed() {
        return isClosed;
    }

    /** What a connection says of itself is kept beyond the limit: nothing that comes behind it would count without it. */
    private void keep(final DirectBuffer signal, final int offset, final int length) {
        if (missing > 0) {
            tellGap();
        }
        spill.keep(signal, offset, length);
    }

    private static boolean isOfConnection(final int templateId) {
        return SourceHelloDecoder.TEMPLATE_ID == templateId || SourceDownDecoder.TEMPLATE_ID == templateId ||
            SourceBootedDecoder.TEMPLATE_ID == templateId;
    }

    /** The gap stands at the place, and has the number, of the last signal that was discarded. */
    private void discard(final DirectBuffer signal, final int offset, final int length) {
        encoder.wrapAndApplyHeader(gap, 0, header)
            .sourceSequence(SignalLayout.sourceSequence(signal, offset)).sourceTime(SignalLayout.sourceTime(signal, offset))
            .source(SignalLayout.source(signal, offset)).tenant(SignalLayout.tenant(signal, offset));
        missing++;
        missingBytes += length;
        discarded++;
    }

    private void tellGap() {
        encoder.missing(missing).missingBytes(missingBytes).text("no room");
        spill.keep(gap, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
        missing = 0;
        missingBytes = 0;
    }
}
