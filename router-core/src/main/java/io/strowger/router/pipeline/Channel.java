package io.strowger.router.pipeline;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.router.action.ActionWay;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.lang.invoke.VarHandle;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The way of one embedding thread into the router. The signals of a channel keep their order.
 *
 * <p>A signal is copied first and admitted in the router's own memory, so that nobody changes it between the look and the use. Taken means
 * that the router has it, not that it is in the journal yet: that is told by what comes out. What is refused leaves a record in the
 * journal, in its place among the channel's signals, or is counted in one.
 *
 * <p>One thread offers; the ingress thread reads. Allocates nothing after construction.
 */
public final class Channel implements AutoCloseable, ActionWay {
    private static final int TYPE = 1;

    private final OneToOneRingBuffer ring;
    private final Admission admission;
    private final RouterState state;
    private final Waker ingressWaker;
    private final RouterCounters counters;
    private final int maxLength;
    private final RejectRecords rejects;
    private long taken;
    private volatile boolean isClosed;

    /**
     * An open channel.
     *
     * @param capacity  of its ring in bytes, a power of two.
     * @param maxLength of a signal in bytes.
     */
    Channel(final int capacity, final int maxLength, final Admission admission, final RouterState state, final Waker ingressWaker,
            final RouterCounters counters, final RejectRecords rejects) {
        this.ring = new OneToOneRingBuffer(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(capacity + RingBufferDescriptor.TRAILER_LENGTH, 128)));
        this.maxLength = maxLength;
        this.admission = admission;
        this.state = state;
        this.ingressWaker = ingressWaker;
        this.counters = counters;
        this.rejects = rejects;
    }

    /**
     * Offers one signal.
     *
     * @param buffer holds it; the caller's again when this returns.
     * @param offset of its SBE header.
     * @param length of header, block and var-data.
     * @return how many signals this channel has taken, from 1; {@link ReturnCode#BACK_PRESSURED} when there is no room now;
     *     {@link ReturnCode#CLOSED} (when the router failed meanwhile, it is not known whether the signal was taken); or a code below
     *     {@link ReturnCode#REJECTED} when it is no signal that may pass.
     */
    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        if (isClosed || !state.isOpen()) {
            return ReturnCode.CLOSED;
        }
        if (length < SignalLayout.HEADER_LENGTH || length > maxLength) {
            final int reason = length > maxLength ? RejectReason.TOO_LONG.value() : RejectReason.TOO_SHORT.value();
            rejects.refuse(reason, buffer, offset, Math.min(length, buffer.capacity() - offset));
            return reject(reason);
        }
        final int index = ring.tryClaim(TYPE, length);
        if (index < 0) {
            counters.addAtomic(RouterCounter.CHANNEL_FULL);
            return ReturnCode.BACK_PRESSURED;
        }
        final AtomicBuffer bytes = ring.buffer();
        boolean isAdmitted = false;
        int reason = 0;
        try {
            bytes.putBytes(index, buffer, offset, length);
            reason = admission.check(bytes, index, length);
            isAdmitted = 0 == reason;
            if (!isAdmitted) {
                rejects.refuse(reason, bytes, index, length);
            }
        } finally {
            if (isAdmitted) {
                ring.commit(index);
            } else {
                ring.abort(index);
            }
        }
        if (!isAdmitted) {
            return reject(reason);
        }
        taken++;
        // either this sees that the router closes, or the router, which looks again after it began to close, sees the commit
        VarHandle.fullFence();
        ingressWaker.wake();
        return state.isOpen() ? taken : fate();
    }

    /**
     * The channel as translators want it: they know only taken and no room. What is closed or refused is thrown, because trying again
     * mends neither.
     *
     * @return a sink that throws IllegalStateException for everything but success and back pressure; same thread as {@link #offer}.
     */
    public SignalSink asSink() {
        return (buffer, offset, length) -> {
            final long code = offer(buffer, offset, length);
            if (code < 0 && ReturnCode.BACK_PRESSURED != code) {
                throw new IllegalStateException(ReturnCode.toString(code));
            }
            return code >= 0;
        };
    }

    /**
     * Ends the channel: what it has taken still goes its way. On the offering thread. Repeated calls do nothing.
     */
    @Override
    public void close() {
        isClosed = true;
    }

    /** Moves signals on. Ingress thread. Returns how many; 0 only when nothing waited. */
    int drain(final IngressPublisher publisher, final int limit) {
        final int count = ring.read(publisher, limit);
        // a read that meets the padding at the ring's end alone has read nothing, though signals wait behind it
        return 0 == count && ring.size() > 0 ? ring.read(publisher, limit) : count;
    }

    /** Tells of refused signals that were only counted. Ingress thread. Returns how many signals that took. */
    int tellRejects(final IngressPublisher publisher, final int room, final boolean isClosing) {
        return rejects.tell(publisher, room, isClosing || isClosed);
    }

    /** Whether nothing waits. Ingress thread. */
    boolean isEmpty() {
        return 0 == ring.size() && rejects.isAllTold();
    }

    /** Whether nothing waits and nothing more will come. Ingress thread. */
    boolean isDone() {
        return isClosed && isEmpty();
    }

    /** The router began to close while the signal was committed: waits until it is known whether the signal was still taken along. */
    private long fate() {
        final long end = ring.producerPosition();
        while (!state.isTerminal()) {
            YieldingIdleStrategy.INSTANCE.idle();
        }
        if (state.isClosed() && ring.consumerPosition() >= end) {
            return taken;
        }
        taken--;
        return ReturnCode.CLOSED;
    }

    /** Behind an answer that names the reason, the refusal is told of; not so when the router closed meanwhile. */
    private long reject(final int reason) {
        if (!rejects.put(ring)) {
            counters.addAtomic(RouterCounter.CHANNEL_FULL);
            return ReturnCode.BACK_PRESSURED;
        }
        counters.addAtomic(RouterCounter.REJECTED);
        VarHandle.fullFence();
        ingressWaker.wake();
        return state.isOpen() ? ReturnCode.rejected(reason) : ReturnCode.CLOSED;
    }
}
