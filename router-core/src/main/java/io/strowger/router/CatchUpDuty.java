package io.strowger.router;

import io.strowger.router.dispatch.CatchUpPass;
import io.strowger.router.pipeline.Duty;

/**
 * Turns the shared catch-up pass until the router is closed.
 */
final class CatchUpDuty implements Duty {
    private final CatchUpPass pass;
    private volatile boolean isStopped;

    CatchUpDuty(final CatchUpPass pass) {
        this.pass = pass;
    }

    @Override
    public void stop() {
        isStopped = true;
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
