package io.strowger.ops.server;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.audit.PeerAddress;

/**
 * Says in the log how many callers were refused: a line a minute, when there were any. One thread looks.
 */
final class RefusedCallers {
    static final long LOOK_MS = 60_000;
    private static final System.Logger LOG = System.getLogger(RefusedCallers.class.getName());

    private final AccessGate gate;
    private long seenRefused;
    private long seenLimited;

    RefusedCallers(final AccessGate gate) {
        this.gate = gate;
    }

    /** Looks what has come since the last look. */
    void look() {
        final long refused = gate.refused() - seenRefused;
        final long limited = gate.limited() - seenLimited;
        seenRefused += refused;
        seenLimited += limited;
        if (refused > 0) {
            LOG.log(System.Logger.Level.WARNING, () -> refused + " not let in within a minute, without a token that is known,"
                + " the last from " + PeerAddress.shortened(gate.lastRefused()));
        }
        if (limited > 0) {
            LOG.log(System.Logger.Level.WARNING, () -> limited + " refused within a minute, beyond the limits of their application,"
                + " the last of " + gate.lastLimited());
        }
    }
}
