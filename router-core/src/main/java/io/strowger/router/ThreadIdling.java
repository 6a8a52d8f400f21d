package io.strowger.router;

import io.strowger.router.pipeline.Waker;
import org.agrona.concurrent.IdleStrategy;

/**
 * How the threads of one launch idle, and who wakes them.
 *
 * @param strategies made those below, and make one for each thread more.
 * @param isInvoker  whether there are no threads, so none to wake.
 * @param ingress    of the ingress thread, or of the one thread there is.
 * @param core       of the core thread: the same where that is the one thread.
 * @param durability of the durability thread.
 */
record ThreadIdling(IdleStrategies strategies, boolean isInvoker, IdleStrategy ingress, IdleStrategy core, IdleStrategy durability) {
    static ThreadIdling of(final IdleStrategies strategies, final ThreadingMode mode) {
        final IdleStrategy ingress = strategies.core().get();
        final IdleStrategy core = ThreadingMode.SPLIT == mode ? strategies.core().get() : ingress;
        return new ThreadIdling(strategies, ThreadingMode.INVOKER == mode, ingress, core, strategies.side().get());
    }

    /** Of one more thread beside the core's. */
    IdleStrategy newSide() {
        return strategies.side().get();
    }

    /** Wakes the thread that idles so. */
    Waker waker(final IdleStrategy strategy) {
        return !isInvoker && strategy instanceof Waker waker ? waker : Waker.NONE;
    }
}
