package io.strowger.router;

import io.strowger.router.journal.Durability;
import io.strowger.router.pipeline.DurabilitySettings;
import io.strowger.router.pipeline.Waker;

/**
 * When a record counts, as a context asks for it.
 */
final class AskedDurability {
    private Durability acknowledged = Durability.ACCEPTED;
    private Durability visible = Durability.ACCEPTED;
    private int heldCapacityBytes = RouterConfiguration.HELD_CAPACITY_DEFAULT;

    void acknowledged(final Durability level) {
        acknowledged = level;
    }

    void visible(final Durability level) {
        visible = level;
    }

    void heldCapacityBytes(final int bytes) {
        heldCapacityBytes = bytes;
    }

    /**
     * What the pipeline is told.
     *
     * @param waker of the durability thread.
     * @throws IllegalArgumentException as the settings say.
     */
    DurabilitySettings conclude(final Waker waker) {
        return new DurabilitySettings(acknowledged, visible, heldCapacityBytes, waker);
    }

    @Override
    public String toString() {
        return "durability=" + acknowledged + "\n  visibility=" + visible + "\n  heldCapacityBytes=" + heldCapacityBytes;
    }
}
