package io.strowger.ops.log;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps out of the log what a library warns of while all is in order; anybody could fill a disk by it. Any thread.
 *
 * <p>A connection that is being closed in order is closed at once: it has nothing left to close. And somebody comes while a server stops,
 * as the one does that answers during a start: Vert.x takes the loops from a server first, and closes its port a moment later. Whoever is
 * accepted in between is sent away, as he should be.
 */
final class LibraryFaults implements Filter {
    /** Held, as loggers that nobody holds are forgotten with their filters. */
    private static final Logger PROMISES = Logger.getLogger("io.netty.util.concurrent.DefaultPromise");
    private static final Logger SERVERS = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");
    private static final String LOOPS = "io.vertx.core.net.impl.VertxEventLoopGroup";

    /** From now on. */
    static void keepOut() {
        final LibraryFaults faults = new LibraryFaults();
        PROMISES.setFilter(faults);
        SERVERS.setFilter(faults);
    }

    @Override
    public boolean isLoggable(final LogRecord entry) {
        final Throwable thrown = entry.getThrown();
        final String message = String.valueOf(entry.getMessage());
        return !Level.WARNING.equals(entry.getLevel()) || !(isClosed(message, thrown) || isStopping(message, thrown));
    }

    private static boolean isClosed(final String message, final Throwable thrown) {
        return message.contains("VertxConnection") && thrown instanceof IllegalArgumentException
            && String.valueOf(thrown.getMessage()).startsWith("promise already done");
    }

    /** There is no loop left. */
    private static boolean isStopping(final String message, final Throwable thrown) {
        return message.startsWith("Failed to register an accepted channel") && thrown instanceof IllegalStateException
            && thrown.getStackTrace().length > 0 && LOOPS.equals(thrown.getStackTrace()[0].getClassName());
    }
}
