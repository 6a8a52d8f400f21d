package io.strowger.router;

import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import org.agrona.ErrorHandler;

/**
 * The error handler of who embeds the router, as all of the router has it: what it throws is counted and goes no further, because whoever
 * tells of a fault has others to care for. Any thread.
 */
final class ToldFaults implements ErrorHandler {
    private final ErrorHandler handler;
    private final RouterCounters counters;

    ToldFaults(final ErrorHandler handler, final RouterCounters counters) {
        this.handler = handler;
        this.counters = counters;
    }

    /** By default the thread's uncaught handler is told. */
    static void tellThread(final Throwable fault) {
        final Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
    }

    @Override
    public void onError(final Throwable fault) {
        try {
            handler.onError(fault);
        } catch (final Throwable thrown) {
            counters.addAtomic(RouterCounter.HANDLER_FAULTS);
        }
    }
}
