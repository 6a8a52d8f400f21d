package io.strowger.ops.receiver;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.FloodException;
import io.strowger.ops.receiver.way.Answer;
import io.strowger.ops.wire.PeerNames;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.Set;

/**
 * Who comes: by a token in the path, as a password or in the header, or by a certificate. What is shown must be right: a wrong token
 * doesn't count for nothing beside a good certificate. On the receiver's loop.
 */
final class SourceDoor {
    private final AccessGate gate;
    private final Map<String, SourceEntry> entries;
    private final DoorAudit audit;
    private Map<String, String> certificates;

    /**
     * A door.
     *
     * @param gate    of the tokens.
     * @param entries by key of their source.
     */
    SourceDoor(final AccessGate gate, final Map<String, SourceEntry> entries, final Map<String, String> certificates) {
        this.gate = gate;
        this.entries = entries;
        this.audit = new DoorAudit(gate);
        this.certificates = certificates;
    }

    /** Knows these keys from now on, and no others. */
    void replace(final SourceKeys keys) {
        gate.replace(keys.tokens());
        certificates = keys.certificates();
    }

    /** What is kept of who comes. */
    DoorAudit audit() {
        return audit;
    }

    /** Looks who sends a request. */
    Found find(final RequestHead head, final NetSocket socket) {
        final String address = socket.remoteAddress().hostAddress();
        if (null == head.token()) {
            return byCertificate(PeerNames.of(socket), address);
        }
        try {
            return byToken(head, gate.admit(head.token(), address), address);
        } catch (final FloodException e) {
            return new Found(null, Answer.FLOOD);
        }
    }

    private Found byCertificate(final Set<String> names, final String address) {
        for (final String name : names) {
            final SourceEntry entry = entries.get(certificates.getOrDefault(name, ""));
            if (null != entry) {
                return letIn(entry, address);
            }
        }
        // who shows nothing has guessed nothing: phones show their password only when they are asked
        audit.asks(address, names.isEmpty() ? DoorAudit.NO_TOKEN : DoorAudit.NO_TOKEN + ", and a certificate that is no source's: " + names,
            System.nanoTime());
        return new Found(null, Answer.UNAUTHORIZED);
    }

    private Found byToken(final RequestHead head, final Admitted admitted, final String address) {
        if (null == admitted) {
            return new Found(null, Answer.UNAUTHORIZED);
        }
        final SourceEntry entry = entries.get(admitted.credential().name());
        if (null == entry || (null != head.name() && !head.name().equals(entry.source().name()))) {
            gate.refused(address, "a token of " + admitted.credential().name()
                + (null == entry ? ", which takes a new start" : ", under another name"), 1);
            return new Found(null, Answer.UNAUTHORIZED);
        }
        return letIn(entry, address);
    }

    private Found letIn(final SourceEntry entry, final String address) {
        audit.admitted(entry, address, System.nanoTime());
        return new Found(entry, null);
    }

    /**
     * Who it is.
     *
     * @param entry  null when he is not let in.
     * @param answer why not.
     */
    record Found(SourceEntry entry, Answer answer) {
    }
}
