package io.strowger.ops.receiver;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.FloodException;
import io.vertx.core.net.NetSocket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Who comes: by a token in the path, as a password or in the header, or by a certificate. What is shown must be right: a wrong token
 * doesn't count for nothing beside a good certificate. On the receiver's loop.
 */
final class SourceDoor {
    private final AccessGate gate;
    private final Map<String, SourceEntry> entries;
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
        this.certificates = certificates;
    }

    /** Knows these keys from now on, and no others. */
    void replace(final SourceKeys keys) {
        gate.replace(keys.tokens());
        certificates = keys.certificates();
    }

    /** Looks who sends a request. */
    Found find(final RequestHead head, final NetSocket socket) {
        if (null == head.token()) {
            final String common = commonName(socket);
            // who shows nothing has guessed nothing: phones show their password only when they are asked
            return found(null == common ? null : entries.get(certificates.getOrDefault(common, "")));
        }
        try {
            final Admitted admitted = gate.admit(head.token(), socket.remoteAddress().hostAddress());
            final SourceEntry entry = null == admitted ? null : entries.get(admitted.credential().name());
            final boolean isNamed = null == head.name() || (null != entry && head.name().equals(entry.source().name()));
            return found(isNamed ? entry : null);
        } catch (final FloodException e) {
            return new Found(null, Answer.FLOOD);
        }
    }

    private static Found found(final SourceEntry entry) {
        return new Found(entry, null == entry ? Answer.UNAUTHORIZED : null);
    }

    /** Of a certificate that was shown, is signed by who must have, and is good today. */
    private static String commonName(final NetSocket socket) {
        if (!socket.isSsl()) {
            return null;
        }
        try {
            final Certificate[] chain = socket.sslSession().getPeerCertificates();
            if (0 == chain.length || !(chain[0] instanceof X509Certificate shown)) {
                return null;
            }
            shown.checkValidity();
            for (final Rdn part : new LdapName(shown.getSubjectX500Principal().getName()).getRdns()) {
                if ("CN".equalsIgnoreCase(part.getType())) {
                    return part.getValue().toString();
                }
            }
            return null;
        } catch (final SSLPeerUnverifiedException | CertificateException | InvalidNameException e) {
            return null;
        }
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
