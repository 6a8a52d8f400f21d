package io.strowger.ops.wire.application;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has the listeners of a client called one at a time, on no thread of anybody else: what comes from the gateway by the thread that reads,
 * what ends without it by a thread of its own. Any thread.
 *
 * <pre>
 *   reads    ──► now   ──┐
 *                        ├──► one at a time, who waits the longest first ──► listener
 *   anything ──► later ──┘ in order
 * </pre>
 */
final class Teller {
    private static final System.Logger LOG = System.getLogger(Teller.class.getName());

    /** Fair, or what ends would wait as long as there is something to be read. */
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ExecutorService ends = Executors.newSingleThreadExecutor(task -> {
        final Thread own = new Thread(task, "strowger-application-ends");
        own.setDaemon(true);
        return own;
    });

    /** Takes the turn of telling, on the thread that reads; {@link #done} gives it back. */
    void begin() {
        turn.lock();
    }

    /** The turn is over. */
    void done() {
        turn.unlock();
    }

    /** Tells on the thread that reads, when it is its turn. */
    void now(final Runnable what) {
        begin();
        try {
            what.run();
        } finally {
            done();
        }
    }

    /** Tells on the own thread, when it is its turn. Never waits. Not behind {@link #close}. */
    void later(final Runnable what) {
        ends.execute(() -> {
            try {
                now(what);
            } catch (final RuntimeException | Error fault) {
                LOG.log(System.Logger.Level.WARNING, () -> "who hears of an end has failed: " + fault);
            }
        });
    }

    /** Whether the caller is within a call of a listener. */
    boolean isTelling() {
        return turn.isHeldByCurrentThread();
    }

    /** Nothing comes behind what is to be told already. */
    void close() {
        ends.shutdown();
    }

    /** Waits until everything is told, behind {@link #close}. */
    void awaitTold() throws InterruptedException {
        while (!ends.awaitTermination(1, TimeUnit.MINUTES)) {
            LOG.log(System.Logger.Level.DEBUG, "a listener takes long to hear of an end");
        }
    }
}
