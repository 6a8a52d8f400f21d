package io.strowger.ops.log;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps out of the log what a library warns of when a connection that is being closed in order is closed at once: that it has nothing left
 * to close. Anybody could fill a disk by it. Any thread.
 */
final class LibraryFaults implements Filter {
    /** Held, as loggers that nobody holds are forgotten with their filters. */
    private static final Logger PROMISES = Logger.getLogger("io.netty.util.concurrent.DefaultPromise");

    /** From now on. */
    static void keepOut() {
        PROMISES.setFilter(new LibraryFaults());
    }

    @Override
    public boolean isLoggable(final LogRecord entry) {
        final Throwable thrown = entry.getThrown();
        final boolean isDone = thrown instanceof IllegalArgumentException
            && String.valueOf(thrown.getMessage()).startsWith("promise already done");
        return !Level.WARNING.equals(entry.getLevel()) || !isDone || !String.valueOf(entry.getMessage()).contains("VertxConnection");
    }
}
