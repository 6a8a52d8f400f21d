package io.strowger.ops.wire.source;

import io.strowger.codecs.sbe.AuditKind;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.Audit;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.FloodException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.EpochClock;

/**
 * Which source stands behind a token or a certificate. Any thread.
 *
 * <p>Who fails too often from one address is told to wait; whose token or certificate is good is let in from there all the same.
 */
final class SourceAccess {
    private static final CredentialLimits NO_LOAD = new CredentialLimits(1, 1, 1);

    private final AccessGate gate;
    private final Map<String, SourceStatus> statuses = new HashMap<>();
    private volatile Accounts accounts;

    /**
     * Sources that may come.
     *
     * @param clock milliseconds since 1970.
     * @param audit is told who is not let in, and who is.
     */
    SourceAccess(final List<SourceAccount> sources, final EpochClock clock, final Audit audit) {
        accounts = accounts(sources);
        gate = new AccessGate(credentials(sources), clock, audit);
    }

    /** Takes other sources from now on: what an old one has counted stays with its name. */
    synchronized void replace(final List<SourceAccount> sources) {
        accounts = accounts(sources);
        gate.replace(credentials(sources));
    }

    /**
     * Looks at what one shows who comes.
     *
     * @param token   null for none.
     * @param names   in his certificate, which was checked.
     * @param address he comes from.
     * @return null when he is not let in.
     * @throws FloodException when he is not let in, as too many others from there.
     */
    Entry admit(final String token, final Set<String> names, final String address) throws FloodException {
        if (null == token) {
            for (final String name : names) {
                final SourceAccount account = accounts.byCertificate().get(name);
                if (null != account) {
                    return letIn(account, null, address);
                }
            }
        }
        final Admitted admitted =
            gate.admit(token, address, names.isEmpty() ? "no token" : "no token, and a certificate that is no source's: " + names);
        final SourceAccount account = null == admitted ? null : accounts.byKey().get(admitted.credential().name());
        return null == account ? null : letIn(account, admitted, address);
    }

    /** The gate of the tokens: who was let in, and who was not. */
    AccessGate gate() {
        return gate;
    }

    private Entry letIn(final SourceAccount account, final Admitted admitted, final String address) {
        gate.note(AuditKind.ADMITTED, credential(account), address, "source, SBE");
        return new Entry(account, admitted, status(account));
    }

    /** How each source is that may come, in the order of the configuration. */
    synchronized List<SourceHealth> health() {
        return accounts.byKey().values().stream().map(account -> status(account).health(account.grant())).toList();
    }

    /** How a source is; null when there is none of this tenant and name. */
    synchronized SourceHealth health(final int tenant, final String name) {
        final SourceAccount account = accounts.byKey().get(tenant + "/" + name);
        return null == account ? null : status(account).health(account.grant());
    }

    private synchronized SourceStatus status(final SourceAccount account) {
        return statuses.computeIfAbsent(account.key(), key -> new SourceStatus());
    }

    private boolean isStill(final SourceAccount account, final Admitted admitted) {
        final SourceAccount now = accounts.byKey().get(account.key());
        if (null == now || !now.grant().equals(account.grant())) {
            return false;
        }
        return null == admitted ? null != now.certificate() && now.certificate().equals(account.certificate()) : admitted.isStill();
    }

    private static Credentials credentials(final List<SourceAccount> sources) {
        final Credentials.Builder credentials = Credentials.builder();
        for (final SourceAccount source : sources) {
            final Credential credential = credential(source);
            source.tokens().forEach((hash, expiresMs) -> credentials.add(hash, expiresMs, credential));
        }
        return credentials.build();
    }

    private static Credential credential(final SourceAccount source) {
        return new Credential(source.grant().name(), source.grant().tenant(), null, null, false, NO_LOAD);
    }

    private static Accounts accounts(final List<SourceAccount> sources) {
        final Map<String, SourceAccount> byKey = new LinkedHashMap<>();
        final Map<String, SourceAccount> byCertificate = new HashMap<>();
        for (final SourceAccount source : sources) {
            byKey.put(source.key(), source);
            if (null != source.certificate()) {
                byCertificate.put(source.certificate(), source);
            }
        }
        return new Accounts(byKey, byCertificate);
    }

    private record Accounts(Map<String, SourceAccount> byKey, Map<String, SourceAccount> byCertificate) {
    }

    /** A source that was let in. */
    final class Entry {
        private final SourceAccount account;
        private final Admitted admitted;
        private final SourceStatus status;

        private Entry(final SourceAccount account, final Admitted admitted, final SourceStatus status) {
            this.account = account;
            this.admitted = admitted;
            this.status = status;
        }

        SourceAccount account() {
            return account;
        }

        SourceStatus status() {
            return status;
        }

        /** Whether what it has shown still stands for the same. */
        boolean isStill() {
            return SourceAccess.this.isStill(account, admitted);
        }
    }
}
