package io.strowger.router;

import io.strowger.router.pipeline.Duty;
import io.strowger.router.pipeline.Pipeline;
import io.strowger.router.pipeline.Waker;
import org.agrona.concurrent.IdleStrategy;

/**
 * Turns one duty until it is done or the router has failed.
 *
 * <p>Not an Agrona AgentRunner, because that goes on after an exception and ends at an interrupt: here every Throwable stops the router,
 * and an interrupt, which inside a journal's append could close its files or leave half a block, never arrives.
 */
final class DutyThread extends Thread {
    /** What it turns is no field: JDK 17 lets go of a thread's task when it ends, and the Disruptor holds threads under assertions. */
    DutyThread(final Duty duty, final IdleStrategy idleStrategy, final Pipeline pipeline) {
        super(() -> turn(duty, idleStrategy, pipeline), duty.name());
        if (idleStrategy instanceof Waker waker) {
            pipeline.wakeAtFailure(waker);
        }
    }

    private static void turn(final Duty duty, final IdleStrategy idleStrategy, final Pipeline pipeline) {
        try {
            while (!duty.isDone() && !pipeline.hasFailed()) {
                final int workCount = duty.doWork();
                if (0 == workCount && idleStrategy instanceof SleepingIdleStrategy sleeping) {
                    sleeping.idle(duty.isAtRest());
                } else {
                    idleStrategy.idle(workCount);
                }
            }
        } catch (final Throwable fault) {
            pipeline.fail(fault);
        } finally {
            duty.close();
        }
    }

    /** Does nothing: the thread ends when its duty is done. */
    @Override
    public void interrupt() {
    }
}
