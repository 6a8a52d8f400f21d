package io.strowger.router.pipeline;

/**
 * Wakes the thread of a duty, if it sleeps.
 */
@FunctionalInterface
public interface Waker {
    /** For duties whose thread needs no waking. */
    Waker NONE = () -> { };

    /**
     * Wakes the thread. Costs one read when it is awake. Whoever calls it has shown the work before, with a full fence in between: then
     * either the thread's last look before its sleep finds the work, or this finds that the thread is about to sleep.
     */
    void wake();
}
