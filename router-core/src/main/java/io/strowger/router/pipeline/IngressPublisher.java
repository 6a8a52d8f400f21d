package io.strowger.router.pipeline;

import com.lmax.disruptor.RingBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;

/**
 * The writing end of the ring: copies signals into slots and publishes them together. Ingress thread only: it is the ring's one producer.
 */
final class IngressPublisher implements MessageHandler {
    private static final long NONE = -1;

    private final RingBuffer<Slot> ring;
    private long claimed = NONE;

    IngressPublisher(final RingBuffer<Slot> ring) {
        this.ring = ring;
    }

    /** How many slots are free: so many signals may follow before {@link #publish()} without waiting. */
    int room() {
        return (int)ring.remainingCapacity();
    }

    /**
     * Copies one signal into the next slot. Never waits, because {@link #room()} was asked before.
     */
    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        claimed = ring.next();
        ring.get(claimed).fill(buffer, index, length);
    }

    /** Shows the core everything copied since the last call: one write of the ring's cursor. */
    void publish() {
        if (NONE != claimed) {
            ring.publish(claimed);
            claimed = NONE;
        }
    }
}
