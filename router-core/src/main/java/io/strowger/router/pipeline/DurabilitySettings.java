package io.strowger.router.pipeline;

import io.strowger.router.journal.Durability;

/**
 * When a record counts.
 *
 * @param acknowledged what an acknowledgement to a source promises; DURABLE runs the duty that syncs the journal.
 * @param visible      from when on taps and subscriptions see a block; DURABLE only together with the same for acknowledgements.
 * @param heldCapacity most bytes of blocks that wait to be durable before they are shown; raised to the longest block.
 * @param waker        wakes the thread of the durability duty.
 */
public record DurabilitySettings(Durability acknowledged, Durability visible, int heldCapacity, Waker waker) {
    private static final int MAX_CAPACITY = 1 << 30;

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException when blocks are to be shown behind a sync that nobody does, or the capacity is out of its range.
     */
    public DurabilitySettings {
        if (Durability.DURABLE == visible && Durability.DURABLE != acknowledged) {
            throw new IllegalArgumentException("visibility durable needs durability durable");
        }
        if (heldCapacity <= 0 || heldCapacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("heldCapacityBytes is out of its range: " + heldCapacity);
        }
    }

    /** Whether the journal is synced while the router runs. */
    boolean isSynced() {
        return Durability.DURABLE == acknowledged;
    }

    /** Whether blocks are shown only when they are on the disk. */
    boolean isHeld() {
        return Durability.DURABLE == visible;
    }
}
