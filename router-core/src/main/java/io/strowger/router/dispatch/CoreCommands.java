package io.strowger.router.dispatch;

/**
 * The way to the core thread from any other: a bounded queue that the core empties between blocks. For control, never for signals.
 */
public interface CoreCommands {
    /**
     * Passes a command on without waiting.
     *
     * @return false when the queue is full or the router is closed: the command will not run.
     */
    boolean offer(Runnable command);

    /**
     * Runs a command on the core thread and waits until it has run.
     *
     * @throws IllegalStateException when the router is closed, or does not answer in time, or when called from a tap: the command then
     *                               never runs.
     */
    void call(Runnable command);

    /**
     * Lets readers of the journal see all that was shown before this call: the core flushes what is staged before any command. Waits for
     * the core thread, unless the router has ended: that flushes as well.
     *
     * @throws IllegalStateException when the core thread does not answer in time.
     */
    default void awaitFlush() {
        call(() -> { });
    }

    /** Whether the router has been closed in order: everything there is has been shown. */
    boolean isClosed();

    /** Whether the router has failed: nothing may be shown any more. */
    boolean hasFailed();
}
