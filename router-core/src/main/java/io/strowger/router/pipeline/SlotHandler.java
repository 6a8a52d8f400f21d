package io.strowger.router.pipeline;

/**
 * Takes the slots of the ring in order.
 */
@FunctionalInterface
interface SlotHandler {
    /**
     * Takes one slot. It must not keep it.
     *
     * @return true to go on, false to stop behind this one.
     */
    boolean onSlot(Slot slot);
}
