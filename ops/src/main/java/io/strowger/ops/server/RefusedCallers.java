package io.strowger.ops.server;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.audit.PeerAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Says in the log how many callers were refused at the gates: a line a minute of each gate, when there were any. One thread looks.
 */
final class RefusedCallers {
    static final long LOOK_MS = 60_000;
    private static final System.Logger LOG = System.getLogger(RefusedCallers.class.getName());

    private final List<Watched> gates = new ArrayList<>();

    /**
     * Watches a gate, too.
     *
     * @param who  comes to it: in the log.
     * @param gate null: nobody can come.
     * @return this.
     */
    RefusedCallers watch(final String who, final AccessGate gate) {
        if (null != gate) {
            gates.add(new Watched(who, gate));
        }
        return this;
    }

    /** Looks what has come since the last look. */
    void look() {
        gates.forEach(Watched::look);
    }

    private static final class Watched {
        private final String who;
        private final AccessGate gate;
        private long seenRefused;
        private long seenLimited;

        Watched(final String who, final AccessGate gate) {
            this.who = who;
            this.gate = gate;
        }

        void look() {
            final long refused = gate.refused() - seenRefused;
            final long limited = gate.limited() - seenLimited;
            seenRefused += refused;
            seenLimited += limited;
            if (refused > 0) {
                LOG.log(System.Logger.Level.WARNING, () -> refused + " " + who + " not let in within a minute,"
                    + " without a token that is known or without TLS"
                    + (null == gate.lastRefused() ? "" : ", the last from " + PeerAddress.shortened(gate.lastRefused())));
            }
            if (limited > 0) {
                LOG.log(System.Logger.Level.WARNING, () -> limited + " refused within a minute, beyond the limits of their application,"
                    + " the last of " + gate.lastLimited());
            }
        }
    }
}
