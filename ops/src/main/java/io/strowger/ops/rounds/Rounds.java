package io.strowger.ops.rounds;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A thread that does something again and again until it is stopped; it keeps no process alive. Any thread.
 */
public final class Rounds {
    /** So long the end waits for a round that has begun: one that hangs with its disk ends nothing. */
    private static final long END_MS = 2_000;

    private final ScheduledExecutorService thread;

    /**
     * A thread that does nothing yet.
     *
     * @param name of it.
     */
    public Rounds(final String name) {
        thread = Executors.newSingleThreadScheduledExecutor(work -> {
            final Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Begins.
     *
     * @param round throws nothing, or it was the last.
     * @param after until the first.
     * @param every from the end of one to the next.
     */
    public void start(final Runnable round, final Duration after, final Duration every) {
        final var scheduled = thread.scheduleWithFixedDelay(round, after.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        assert !scheduled.isDone();
    }

    /** Begins no further round; one that has begun goes on undisturbed. */
    public void stop() {
        thread.shutdown();
    }

    /** Begins no further round, and interrupts the one that has begun. */
    public void interrupt() {
        thread.shutdownNow();
    }

    /**
     * Waits for the round that has begun, behind {@link #stop} or {@link #interrupt}.
     *
     * @return false when that has not ended within {@value #END_MS} ms, or the caller was interrupted.
     */
    public boolean awaitEnd() {
        try {
            return thread.awaitTermination(END_MS, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
