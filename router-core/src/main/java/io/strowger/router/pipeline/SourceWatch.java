package io.strowger.router.pipeline;

import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceRejectEncoder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * What was refused of one source and nobody has told it yet. What the ring has no room for is told as a count a reason.
 *
 * <p>That of the fold stays for as long as the router runs: what one connection could not tell any more, the next one tells. The core
 * thread writes it, and the connections of the source read, one at a time. A connection makes another one for what it refuses itself, an
 * unwanted hello or what admission won't have, once there is no room to say so at once; only the connection's thread uses that. Allocates
 * nothing after construction, which takes 4 KiB outside the heap.
 */
public final class SourceWatch {
    private static final int RING_LENGTH = 4 * 1024;
    /** Codes of reasons are one byte. */
    private static final int REASONS = 256;

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(RING_LENGTH + RingBufferDescriptor.TRAILER_LENGTH, 128)));
    private final UnsafeBuffer written = new UnsafeBuffer(new byte[Long.BYTES]);
    private final AtomicIntegerArray uncounted = new AtomicIntegerArray(REASONS);
    private final AtomicInteger allUncounted = new AtomicInteger();
    private final AtomicBoolean isBeingRead = new AtomicBoolean();
    private final ControlledMessageHandler entryHandler = this::onEntry;
    private RefusalHandler reader;
    private int read;

    /** A signal of the source was refused. One thread. */
    public void refuse(final int reason, final long sequence) {
        written.putLong(0, sequence);
        if (!ring.write(reason, written, 0, Long.BYTES)) {
            uncounted.incrementAndGet(reason);
            allUncounted.incrementAndGet();
        }
    }

    /**
     * Reads what was refused up to now.
     *
     * @param handler is called for each; false ends the reading, and the refusal comes again.
     * @return how many were read; negative when there may be more: the handler ended it, or another connection is reading.
     */
    public int poll(final RefusalHandler handler) {
        if (!isBeingRead.compareAndSet(false, true)) {
            return -1;
        }
        try {
            reader = handler;
            read = 0;
            return pollRing() && pollCounts() ? read : -1;
        } finally {
            isBeingRead.set(false);
        }
    }

    private boolean pollRing() {
        final long end = ring.producerPosition();
        while (ring.consumerPosition() < end) {
            final long before = ring.consumerPosition();
            ring.controlledRead(entryHandler);
            if (before == ring.consumerPosition()) {
                return false;
            }
        }
        return true;
    }

    private boolean pollCounts() {
        for (int reason = 0; reason < REASONS && 0 != allUncounted.get(); reason++) {
            final int count = uncounted.get(reason);
            if (count > 0) {
                if (!reader.onRefusal(reason, RefusalHandler.NO_NUMBER, count)) {
                    return false;
                }
                uncounted.addAndGet(reason, -count);
                allUncounted.addAndGet(-count);
                read++;
            }
        }
        return true;
    }

    private ControlledMessageHandler.Action onEntry(final int reason, final MutableDirectBuffer buffer, final int index, final int length) {
        if (!reader.onRefusal(reason, buffer.getLong(index), 1)) {
            return ControlledMessageHandler.Action.ABORT;
        }
        read++;
        return ControlledMessageHandler.Action.CONTINUE;
    }

    /** Is told what was refused: by the fold, or before it by the connection and admission. */
    @FunctionalInterface
    public interface RefusalHandler {
        /** Instead of a source sequence: of several signals told as a count, and of one without a number. */
        long NO_NUMBER = SourceRejectEncoder.rejectedNullValue();

        /**
         * Signals of the source were refused.
         *
         * @param reason         code of a {@link RejectReason}.
         * @param sourceSequence of the signal, or {@link #NO_NUMBER}.
         * @param count          how many, from 1.
         * @return false when it can't be taken now.
         */
        boolean onRefusal(int reason, long sourceSequence, int count);
    }
}
