package io.strowger.router;

import io.strowger.router.dispatch.CatchUpPass;
import io.strowger.router.pipeline.Duty;
import io.strowger.router.pipeline.Waker;

/**
 * Turns the shared catch-up pass until the router is closed.
 */
final class CatchUpDuty implements Duty {
    private final CatchUpPass pass;
    private final Waker waker;
    private volatile boolean isStopped;

    CatchUpDuty(final CatchUpPass pass, final Waker waker) {
        this.pass = pass;
        this.waker = waker;
    }

    @Override
    public void stop() {
        isStopped = true;
        waker.wake();
    }

    /** Who falls behind wakes it. */
    @Override
    public boolean isAtRest() {
        return pass.isEmpty();
    }

    @Override
    public int doWork() {
        return pass.doWork();
    }

    @Override
    public boolean isDone() {
        return isStopped;
    }

    @Override
    public String name() {
        return "strowger-catch-up";
    }

    @Override
    public void close() {
        pass.close();
    }
}
