package io.strowger.router.pipeline;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One place of the ring: a slice of the off-heap slab, and how much of it the signal takes.
 */
final class Slot {
    private final UnsafeBuffer bytes;
    private int length;

    /**
     * An empty slot.
     *
     * @param slab   all slots' memory.
     * @param offset of this slot's slice.
     * @param length of the slice, the longest signal.
     */
    Slot(final DirectBuffer slab, final int offset, final int length) {
        this.bytes = new UnsafeBuffer(slab, offset, length);
    }

    void fill(final DirectBuffer source, final int offset, final int signalLength) {
        bytes.putBytes(0, source, offset, signalLength);
        length = signalLength;
    }

    /** The signal, at offset 0. */
    DirectBuffer buffer() {
        return bytes;
    }

    int length() {
        return length;
    }
}
