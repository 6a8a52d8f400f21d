package io.strowger.router;

import io.strowger.router.journal.Durability;
import io.strowger.router.pipeline.DurabilitySettings;
import io.strowger.router.pipeline.Waker;
import org.agrona.concurrent.IdleStrategy;

/**
 * When a record counts, as a context asks for it; and how the thread idles that sees to it.
 */
final class AskedDurability {
    private Durability acknowledged = Durability.ACCEPTED;
    private Durability visible = Durability.ACCEPTED;
    private int heldCapacityBytes = RouterConfiguration.HELD_CAPACITY_DEFAULT;
    private IdleStrategy idleStrategy;

    void acknowledged(final Durability level) {
        acknowledged = level;
    }

    void visible(final Durability level) {
        visible = level;
    }

    void heldCapacityBytes(final int bytes) {
        heldCapacityBytes = bytes;
    }

    /** Of the durability thread. */
    IdleStrategy idleStrategy() {
        return idleStrategy;
    }

    /**
     * What the pipeline is told.
     *
     * @param strategy of the durability thread.
     * @param waker    of the same.
     * @throws IllegalArgumentException as the settings say.
     */
    DurabilitySettings conclude(final IdleStrategy strategy, final Waker waker) {
        idleStrategy = strategy;
        return new DurabilitySettings(acknowledged, visible, heldCapacityBytes, waker);
    }

    @Override
    public String toString() {
        return "durability=" + acknowledged + "\n  visibility=" + visible + "\n  heldCapacityBytes=" + heldCapacityBytes;
    }
}
