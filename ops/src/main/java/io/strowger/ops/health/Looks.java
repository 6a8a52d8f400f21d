package io.strowger.ops.health;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A thread that looks again and again until it is closed. Any thread.
 */
final class Looks {
    /** So long the end waits for a look that has begun: one that hangs with its disk ends nothing. */
    static final long END_MS = 2_000;

    private final ScheduledExecutorService thread;

    /**
     * A thread that does nothing yet.
     *
     * @param name of it.
     */
    Looks(final String name) {
        thread = Executors.newSingleThreadScheduledExecutor(work -> {
            final Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Looks from now on.
     *
     * @param afterMs until the first look, in milliseconds.
     * @param everyMs from the end of one to the next, in milliseconds.
     */
    void start(final Runnable look, final long afterMs, final long everyMs) {
        final var scheduled = thread.scheduleWithFixedDelay(look, afterMs, everyMs, TimeUnit.MILLISECONDS);
        assert !scheduled.isDone();
    }

    /**
     * Begins no further look, and waits for the one that has begun.
     *
     * @return false when that has not ended within {@value #END_MS} ms, or the caller was interrupted.
     */
    boolean end() {
        thread.shutdownNow();
        try {
            return thread.awaitTermination(END_MS, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
