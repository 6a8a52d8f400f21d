package io.strowger.router.pipeline;

/**
 * The reading end of the ring. One thread.
 */
@FunctionalInterface
interface SlotPoller {
    /**
     * Hands over what has been published, until there is no more or the handler says stop; the slots are free again when this returns.
     */
    void poll(SlotHandler handler);
}
