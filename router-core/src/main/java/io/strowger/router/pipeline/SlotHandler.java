package io.strowger.router.pipeline;

/**
 * Takes the slots of the ring in order.
 */
interface SlotHandler {
    /**
     * Told of the slots that come next, in their order, some at a time and each once, before the first of them is handed over.
     *
     * @param isLast of those told of at this time.
     */
    void onAhead(Slot slot, boolean isLast);

    /**
     * Takes one slot. It must not keep it.
     *
     * @return true to go on, false to stop behind this one.
     */
    boolean onSlot(Slot slot);
}
