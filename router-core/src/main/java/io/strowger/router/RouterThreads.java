package io.strowger.router;

import io.strowger.router.pipeline.Duty;
import io.strowger.router.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * The threads that turn a pipeline; none in {@link ThreadingMode#INVOKER}.
 */
final class RouterThreads {
    private static final DutyThread[] NO_THREADS = new DutyThread[0];

    private final Pipeline pipeline;
    private final NanoClock nanoClock;
    private final DutyThread[] threads;

    RouterThreads(final RouterContext context, final Pipeline pipeline, final Duty wholeDuty) {
        this.pipeline = pipeline;
        this.nanoClock = context.nanoClock();
        this.threads = newThreads(context, pipeline, wholeDuty);
    }

    void start() {
        for (final DutyThread thread : threads) {
            thread.start();
        }
    }

    /** Waits for their ends. What is not at its end in the time given fails the router. */
    void join() {
        for (final DutyThread thread : threads) {
            if (thread != Thread.currentThread() && !joined(thread)) {
                pipeline.fail(notDrained());
            }
        }
    }

    /** Waits for a thread's end; an interrupt is kept for the caller and does not shorten the wait, because it would lose signals. */
    private boolean joined(final DutyThread thread) {
        final long beganNs = nanoClock.nanoTime();
        final long timeoutNs = pipeline.closeTimeoutNs();
        boolean wasInterrupted = false;
        long leftNs = timeoutNs;
        while (thread.isAlive() && leftNs > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, leftNs);
                leftNs = 0;
            } catch (final InterruptedException interrupted) {
                wasInterrupted = true;
                leftNs = timeoutNs - (nanoClock.nanoTime() - beganNs);
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Not everything taken could be brought into the journal. */
    static IllegalStateException notDrained() {
        return new IllegalStateException("the router could not be drained in the time given: signals taken may not be in the journal");
    }

    private static DutyThread[] newThreads(final RouterContext context, final Pipeline pipeline, final Duty wholeDuty) {
        if (ThreadingMode.INVOKER == context.threadingMode()) {
            return NO_THREADS;
        }
        final List<DutyThread> all = new ArrayList<>();
        if (ThreadingMode.SHARED == context.threadingMode()) {
            all.add(new DutyThread(wholeDuty, context.idling().core(), pipeline));
        } else {
            all.add(new DutyThread(pipeline.ingressDuty(), context.idling().ingress(), pipeline));
            all.add(new DutyThread(pipeline.coreDuty(), context.idling().core(), pipeline));
        }
        if (null != pipeline.durabilityDuty()) {
            all.add(new DutyThread(pipeline.durabilityDuty(), context.idling().durability(), pipeline));
        }
        return all.toArray(NO_THREADS);
    }
}
