package io.strowger.bench.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import io.strowger.bench.load.SignalPool;
import io.strowger.codecs.SignalLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bare hand-over: each signal copied into an off-heap slot of a single-producer ring, published alone, read by a second thread.
 *
 * <p>Ring of 8,192 slots, busy-spin on both sides: the fastest of its ways when a second core is free. Check: the reader counted every
 * signal, its sum over their last bytes is right, and the last it saw is the last signal.
 */
public final class DisruptorContender implements Contender {
    private static final int SLOTS = 8192;
    private static final int SLOT_LENGTH = (SignalLayout.MAX_SIGNAL_LENGTH + 127) & ~127;

    private final MutableDirectBuffer slab = new UnsafeBuffer(ByteBuffer.allocateDirect(SLOTS * SLOT_LENGTH));
    private final RingBuffer<Slot> ring;
    private final Reader reader = new Reader(slab);
    private final BatchEventProcessor<Slot> processor;
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private Thread thread;

    /** An empty ring. */
    public DisruptorContender() {
        final int[] next = {0};
        ring = RingBuffer.createSingleProducer(() -> new Slot(next[0]++ * SLOT_LENGTH), SLOTS, new BusySpinWaitStrategy());
        processor = new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), reader);
        ring.addGatingSequences(processor.getSequence());
    }

    @Override
    public String name() {
        return "bare Disruptor, copied to a second thread";
    }

    @Override
    public String settings() {
        return "ring of " + SLOTS + " slots, single producer, busy spin on both sides";
    }

    @Override
    public void open() {
        reader.count = 0;
        reader.tail = 0;
        thread = new Thread(processor, "bare-disruptor-reader");
        thread.setUncaughtExceptionHandler((failed, e) -> fault.set(e));
        thread.start();
        while (!processor.isRunning()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void run(final SignalPool pool) {
        final int count = pool.count();
        int place = 0;
        for (int i = 0; i < count; i++) {
            final long sequence = ring.next();
            final Slot slot = ring.get(sequence);
            slot.length = pool.length(place);
            slab.putBytes(slot.offset, pool.buffer(), pool.signal(place), slot.length);
            ring.publish(sequence);
            place = pool.next(place);
        }
        while (processor.getSequence().get() < ring.getCursor()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void settle(final SignalPool pool) {
        processor.halt();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long tail = 0;
        int place = 0;
        for (int i = 0; i < pool.count(); i++) {
            tail += pool.buffer().getByte(pool.signal(place) + pool.length(place) - 1);
            place = pool.next(place);
        }
        final boolean complete = reader.count == pool.count() && reader.tail == tail;
        if (null != fault.get() || !complete || reader.last != ChronicleContender.lastSequence(pool)) {
            throw new IllegalStateException("the bare ring carried " + reader.count + " of " + pool.count() + " signals", fault.get());
        }
    }

    @Override
    public void close() {
        processor.halt();
    }

    /** Where a signal lies in the slab. Written by the producer before it publishes. */
    private static final class Slot {
        private final int offset;
        private int length;

        Slot(final int offset) {
            this.offset = offset;
        }
    }

    /** Reads the first and the last of each signal. Second thread; looked at by the first one after that has ended. */
    private static final class Reader implements EventHandler<Slot> {
        private final MutableDirectBuffer slab;
        private long count;
        private long last;
        private long tail;

        Reader(final MutableDirectBuffer slab) {
            this.slab = slab;
        }

        @Override
        public void onEvent(final Slot slot, final long sequence, final boolean endOfBatch) {
            last = SignalLayout.sourceSequence(slab, slot.offset);
            tail += slab.getByte(slot.offset + slot.length - 1);
            count++;
        }
    }
}
