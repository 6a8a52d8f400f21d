package io.strowger.bench.growth;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Turns calls over at a steady pace, on a thread of its own, until it is closed.
 */
final class PacedLoad implements AutoCloseable {
    private static final int TURNOVERS_PER_SECOND = 2_000;
    private static final long STEP_NS = TimeUnit.SECONDS.toNanos(1) / TURNOVERS_PER_SECOND;

    private final Thread thread;
    private volatile boolean isClosed;
    private volatile Throwable fault;

    PacedLoad(final GrowthCalls calls) {
        thread = new Thread(() -> run(calls), "load");
        thread.start();
    }

    private void run(final GrowthCalls calls) {
        try {
            long nextNs = System.nanoTime();
            while (!isClosed) {
                while (System.nanoTime() - nextNs < 0) {
                    LockSupport.parkNanos(STEP_NS / 2);
                }
                calls.turnOver(1);
                nextNs += STEP_NS;
            }
        } catch (final RuntimeException | Error thrown) {
            fault = thrown;
        }
    }

    /** What it does, for a result. */
    String name() {
        return "input of " + TURNOVERS_PER_SECOND * GrowthCalls.SIGNALS_A_TURNOVER + " signals/s";
    }

    /**
     * Ends it.
     *
     * @throws IllegalStateException when it had to stop earlier.
     */
    @Override
    public void close() {
        isClosed = true;
        while (thread.isAlive()) {
            LockSupport.parkNanos(STEP_NS);
        }
        if (null != fault) {
            throw new IllegalStateException("the load has stopped", fault);
        }
    }
}
