package io.strowger.ops.receiver;

import io.strowger.codecs.sbe.AuditKind;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is kept of who comes to the door. On the receiver's loop.
 *
 * <p>A phone that has a password shows it only when it is asked for it: who comes without a token is noted as refused when nobody has come
 * with a good one from his address within ten seconds, once with a count. A source is noted as let in once an hour from each address.
 */
final class DoorAudit {
    /** Why, of who shows nothing at all. */
    static final String NO_TOKEN = "no token";

    static final long ASKED_NS = TimeUnit.SECONDS.toNanos(10);
    static final long AGAIN_NS = TimeUnit.HOURS.toNanos(1);
    private static final int MOST = 10_000;
    private static final CredentialLimits NO_LIMITS = new CredentialLimits(1, 1, 1);

    private final AccessGate gate;
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final Map<String, Long> admitted = new LinkedHashMap<>();
    private final Map<SourceEntry, Credential> credentials = new HashMap<>();

    DoorAudit(final AccessGate gate) {
        this.gate = gate;
    }

    /** A source has shown what it must. */
    void admitted(final SourceEntry entry, final String address, final long nowNs) {
        asked.remove(address);
        final String who = entry.source().key() + ' ' + address;
        final Long before = admitted.get(who);
        if (null != before && nowNs - before < AGAIN_NS) {
            return;
        }
        admitted.remove(who);
        admitted.put(who, nowNs);
        if (admitted.size() > MOST) {
            removeFirst(admitted);
        }
        gate.note(AuditKind.ADMITTED, credential(entry), address, "source, HTTP");
    }

    /** Somebody shows no token, and no certificate that is a source's: he is asked for one. */
    void asks(final String address, final String why, final long nowNs) {
        final Asked before = asked.get(address);
        // a certificate says more than that there is none
        asked.put(address, null == before ? new Asked(nowNs, 1, why)
            : new Asked(before.sinceNs(), before.count() + 1, NO_TOKEN.equals(before.why()) ? why : before.why()));
        if (asked.size() > MOST) {
            final Map.Entry<String, Asked> oldest = asked.entrySet().iterator().next();
            note(oldest.getKey(), oldest.getValue());
            removeFirst(asked);
        }
    }

    /** A source wants what it may not. */
    void forbidden(final SourceEntry entry, final String address, final String why) {
        gate.note(AuditKind.REFUSED, credential(entry), address, entry.source().key() + ": " + why);
    }

    /** Notes those who have not come again. */
    void tick(final long nowNs) {
        final Iterator<Map.Entry<String, Asked>> oldest = asked.entrySet().iterator();
        while (oldest.hasNext()) {
            final Map.Entry<String, Asked> next = oldest.next();
            if (nowNs - next.getValue().sinceNs() < ASKED_NS) {
                return;
            }
            oldest.remove();
            note(next.getKey(), next.getValue());
        }
    }

    /** Notes all who have not come again so far. */
    void close() {
        asked.forEach(this::note);
        asked.clear();
    }

    private void note(final String address, final Asked who) {
        gate.refused(address, who.why(), who.count());
    }

    private Credential credential(final SourceEntry entry) {
        return credentials.computeIfAbsent(entry,
            of -> new Credential(of.source().name(), of.source().tenant(), null, null, false, NO_LIMITS));
    }

    private static void removeFirst(final Map<String, ?> map) {
        final Iterator<String> first = map.keySet().iterator();
        first.next();
        first.remove();
    }

    private record Asked(long sinceNs, int count, String why) {
    }
}
