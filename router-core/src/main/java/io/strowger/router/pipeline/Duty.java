package io.strowger.router.pipeline;

/**
 * What one thread of the router does over and over.
 */
public interface Duty {
    /**
     * Takes one turn. What it throws stops the router for good.
     *
     * @return how much it found to do, 0 for nothing.
     */
    int doWork();

    /**
     * Whether a turn that found nothing will find nothing until the thread is woken: it may then sleep longer than one that must look
     * again by itself. On the thread that turns it.
     */
    default boolean isAtRest() {
        return false;
    }

    /** Whether the router is closing and this duty has nothing left to do. */
    boolean isDone();

    /** What the thread is called. */
    String name();

    /** It is to be done soon, if it does not know that from the router's state. Any thread. */
    default void stop() {
    }

    /** Nobody turns it any more. On the thread that did. */
    default void close() {
    }
}
