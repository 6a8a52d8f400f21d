package io.strowger.router;

import io.strowger.router.pipeline.Duty;
import io.strowger.router.pipeline.Pipeline;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * A duty beside the router: on a thread of its own, or, where the router has none, turned by whoever turns the router. It reads the
 * journal, so it ends before the journal may be closed.
 */
final class SideDuty {
    private static final long LOOK_AGAIN_NS = 1_000_000;

    private final Duty duty;
    private final DutyThread thread;

    SideDuty(final Duty duty, final IdleStrategy idleStrategy, final Pipeline pipeline, final boolean isInvoker) {
        this.duty = duty;
        this.thread = isInvoker ? null : new DutyThread(duty, idleStrategy, pipeline);
    }

    void start() {
        if (null != thread) {
            thread.start();
        }
    }

    /** Turns it, where it has no thread. Returns how much it found to do. */
    int turn() {
        return null == thread ? duty.doWork() : 0;
    }

    /** Ends it, whatever time it needs for what it has begun. */
    void close() {
        duty.stop();
        if (null == thread) {
            duty.close();
            return;
        }
        boolean wasInterrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
            wasInterrupted |= Thread.interrupted();
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
