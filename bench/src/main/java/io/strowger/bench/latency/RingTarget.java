package io.strowger.bench.latency;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import io.strowger.codecs.SignalLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The plain way: each signal copied into a slot of a ring, appended to a Chronicle queue by a second thread, one excerpt a signal, and
 * then shown to the callback on that thread. Nothing is admitted, folded or concluded.
 */
final class RingTarget implements Target {
    private static final int SLOTS = 8192;
    private static final long BLOCK_BYTES = 256L << 20;

    /** For results. */
    static final String SETTINGS = "ring of " + SLOTS + " slots, single producer, busy spin; Chronicle in blocks of " + (BLOCK_BYTES >> 20)
        + " MiB, one excerpt a signal; the callback on the appending thread; from the signal offered, at its intended time";

    private static final int SLOT_LENGTH = (SignalLayout.MAX_SIGNAL_LENGTH + 127) & ~127;
    private static final long LOOK_AGAIN_NS = 20_000;

    private final UnsafeBuffer slab = new UnsafeBuffer(ByteBuffer.allocateDirect(SLOTS * SLOT_LENGTH));
    private final RingBuffer<Slot> ring;
    private final Writer writer;
    private final BatchEventProcessor<Slot> processor;
    private final Thread thread;
    private volatile Throwable fault;
    private long offered;

    /**
     * An empty ring, and an empty queue.
     *
     * @param folder   for the queue.
     * @param arrivals take the waits.
     */
    RingTarget(final Path folder, final Arrivals arrivals) {
        final int[] next = {0};
        ring = RingBuffer.createSingleProducer(() -> new Slot(next[0]++ * SLOT_LENGTH), SLOTS, new BusySpinWaitStrategy());
        writer = new Writer(folder, slab, arrivals);
        processor = new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), writer);
        processor.setExceptionHandler(new Fatal());
        ring.addGatingSequences(processor.getSequence());
        thread = new Thread(processor, "plain-ring-writer");
        thread.start();
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        if (null != fault) {
            throw new IllegalStateException("the plain ring's writer has failed", fault);
        }
        if (!ring.hasAvailableCapacity(1)) {
            return false;
        }
        final long sequence = ring.next();
        final Slot slot = ring.get(sequence);
        slot.length = length;
        slab.putBytes(slot.offset, buffer, offset, length);
        ring.publish(sequence);
        offered++;
        return true;
    }

    @Override
    public void receive() {
        // the callback is on the other thread
    }

    @Override
    public void settle() {
        while (processor.getSequence().get() < ring.getCursor() && null == fault) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
        if (null != fault || writer.count != offered || writer.kept() != offered) {
            throw new IllegalStateException("the plain ring wrote " + writer.count + " of " + offered + " signals", fault);
        }
    }

    @Override
    public void close() {
        processor.halt();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.close();
    }

    /** Where a signal lies in the slab. Written by the producer before it publishes. */
    private static final class Slot {
        private final int offset;
        private int length;

        Slot(final int offset) {
            this.offset = offset;
        }
    }

    /** Appends, then calls back. Second thread; looked at by the first one when the ring is empty. */
    private static final class Writer implements EventHandler<Slot> {
        private final UnsafeBuffer slab;
        private final Arrivals arrivals;
        private final ChronicleQueue queue;
        private final ExcerptAppender appender;
        private final PointerBytesStore signal = new PointerBytesStore();
        private long count;

        Writer(final Path folder, final UnsafeBuffer slab, final Arrivals arrivals) {
            this.slab = slab;
            this.arrivals = arrivals;
            queue = SingleChronicleQueueBuilder.single(folder.toString())
                .rollCycle(LargeRollCycles.LARGE_DAILY).blockSize(BLOCK_BYTES).build();
            appender = queue.createAppender();
            appender.singleThreadedCheckReset();
        }

        @Override
        public void onEvent(final Slot slot, final long sequence, final boolean endOfBatch) {
            signal.set(slab.addressOffset() + slot.offset, slot.length);
            appender.writeBytes(signal);
            arrivals.take(SignalLayout.sourceTime(slab, slot.offset));
            count++;
        }

        /** How many excerpts the queue holds, read through. On the first thread. */
        long kept() {
            long kept = 0;
            try (ExcerptTailer tailer = queue.createTailer()) {
                for (boolean isMore = true; isMore;) {
                    try (DocumentContext excerpt = tailer.readingDocument()) {
                        isMore = excerpt.isPresent();
                        kept += isMore ? 1 : 0;
                    }
                }
            }
            return kept;
        }

        void close() {
            appender.singleThreadedCheckReset();
            appender.close();
            queue.close();
        }
    }

    /** A writer that fails must not leave the rig waiting. */
    private final class Fatal implements ExceptionHandler<Slot> {
        @Override
        public void handleEventException(final Throwable thrown, final long sequence, final Slot slot) {
            fault = thrown;
        }

        @Override
        public void handleOnStartException(final Throwable thrown) {
            fault = thrown;
        }

        @Override
        public void handleOnShutdownException(final Throwable thrown) {
            fault = thrown;
        }
    }
}
