package io.strowger.ops.log;

import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Sets up the log of a server process.
 */
public final class ServerLog {
    private ServerLog() {
    }

    /** Before the first line is logged; a second time changes nothing. Where something has logged before, the last lines may be lost. */
    public static void install() {
        System.setProperty("java.util.logging.manager", LastingLogs.class.getName());
        if (LogManager.getLogManager() instanceof LastingLogs lasting) {
            lasting.keep();
        }
        for (final Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new LineFormatter());
        }
        LibraryFaults.keepOut();
    }
}
