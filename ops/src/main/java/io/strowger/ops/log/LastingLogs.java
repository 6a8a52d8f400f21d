package io.strowger.ops.log;

import java.util.logging.LogManager;

/**
 * Logs that last: the JDK's own take their handlers away as soon as the process is told to end, and what is said while a server stops would
 * be lost.
 */
public final class LastingLogs extends LogManager {
    private volatile boolean isKept;

    /** For the JDK, which makes the only one. */
    public LastingLogs() {
        // nothing is set up before the first line
    }

    /** From now on nobody takes the handlers away. */
    void keep() {
        isKept = true;
    }

    @Override
    public void reset() {
        if (!isKept) {
            super.reset();
        }
    }
}
