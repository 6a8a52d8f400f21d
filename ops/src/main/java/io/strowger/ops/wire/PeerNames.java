package io.strowger.ops.wire;

import io.vertx.core.net.NetSocket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The names by which a client's certificate, which the server has checked, calls it. Stateless; any thread.
 */
public final class PeerNames {
    private static final int DNS = 2;

    private PeerNames() {
    }

    /** The names of a socket's peer; none without TLS, without a certificate of its own, or with one that is not good today. */
    public static Set<String> of(final NetSocket socket) {
        if (!socket.isSsl()) {
            return Set.of();
        }
        try {
            final List<Certificate> chain = socket.peerCertificates();
            if (chain.isEmpty() || !(chain.get(0) instanceof X509Certificate own)) {
                return Set.of();
            }
            // the connection may be older than the certificate was to become
            own.checkValidity();
            return of(own);
        } catch (final SSLPeerUnverifiedException | CertificateException e) {
            return Set.of();
        }
    }

    /** The common names of the subject, and the DNS names beside it. */
    public static Set<String> of(final X509Certificate certificate) {
        final Set<String> names = new LinkedHashSet<>();
        try {
            for (final Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if ("CN".equalsIgnoreCase(part.getType()) && part.getValue() instanceof String name) {
                    names.add(name);
                }
            }
            final Collection<List<?>> others = certificate.getSubjectAlternativeNames();
            for (final List<?> other : null == others ? List.<List<?>>of() : others) {
                if (Integer.valueOf(DNS).equals(other.get(0)) && other.get(1) instanceof String name) {
                    names.add(name);
                }
            }
        } catch (final InvalidNameException | CertificateParsingException e) {
            // who can't be read is nobody
            return Set.of();
        }
        return names;
    }
}
