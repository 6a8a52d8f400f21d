package io.strowger.bench.pipeline;

import io.strowger.bench.load.SignalPool;

/**
 * One of those who get the same signals in turn. All methods on one thread, in the order
 * {@link #preload}*, ({@link #open}, {@link #run}, {@link #settle})*, {@link #close}.
 */
public interface Contender extends AutoCloseable {
    /** What it is, in results. */
    String name();

    /**
     * How it is set up, for whoever reads the results.
     *
     * @return one line; empty when its name says all.
     */
    default String settings() {
        return "";
    }

    /**
     * Processor time that its server has taken so far, of all its threads.
     *
     * @return nanoseconds; 0 when all its work is done in this process.
     */
    default long serverCpuNs() {
        return 0;
    }

    /**
     * Takes signals that open the sessions, outside of any window. A contender without state ignores them.
     *
     * @param pool its signals in order.
     */
    default void preload(final SignalPool pool) {
        // no sessions
    }

    /** Gets ready for a window: starts a thread or a server that it has for the window alone. */
    default void open() {
        // it is ready all the time
    }

    /**
     * Carries all signals of the pool through, and comes back when the last one is.
     *
     * @param pool its signals in order.
     */
    void run(SignalPool pool);

    /**
     * Ends a window: checks that all of its signals came through, stops a thread, forces files to the disk.
     *
     * @param pool what the window was about.
     * @throws IllegalStateException when a signal is missing, or more came out than went in.
     */
    void settle(SignalPool pool);

    @Override
    void close();
}
