package io.strowger.router.state;

import java.util.concurrent.LinkedBlockingQueue;
import org.agrona.UnsafeApi;

/**
 * Touches pages ahead of a thread that fills gigabytes of fresh memory at once: while a state is read, and at no other time. The first
 * touch of a page is most of what writing to it costs.
 *
 * <p>It adds nothing to a word of each page, atomically: whatever the other thread writes there meanwhile stays. A thread of its own from
 * construction until it is closed; without one, where the machine gives none, it does nothing.
 */
public final class PagesAhead implements AutoCloseable {
    private static final int PAGE_LENGTH = 4096;

    private final LinkedBlockingQueue<Range> ranges = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "strowger-pages");
    private volatile boolean isClosed;

    /** Begins. */
    public PagesAhead() {
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (final OutOfMemoryError noThread) {
            // a hint at most: who fills the memory touches it himself
        }
    }

    void touch(final long address, final long length) {
        ranges.add(new Range(address, length));
    }

    /** Ends: nothing is touched any more when this returns, whatever else interrupts. */
    @Override
    public void close() {
        isClosed = true;
        // an empty one ends the thread
        ranges.add(new Range(0, 0));
        boolean wasInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException interrupt) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (Range range = ranges.take(); range.length > 0; range = ranges.take()) {
                for (long at = range.address; at < range.address + range.length && !isClosed; at += PAGE_LENGTH) {
                    UnsafeApi.getAndAddInt(null, at, 0);
                }
            }
        } catch (final InterruptedException interrupt) {
            // nobody knows of the thread who could; then the rest is touched by who fills it
            Thread.currentThread().interrupt();
        }
    }

    private record Range(long address, long length) {
    }
}
