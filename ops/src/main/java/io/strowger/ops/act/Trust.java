package io.strowger.ops.act;

import io.strowger.ops.console.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose certificates a router may show. Any thread.
 */
final class Trust {
    private static final int MOST_CAUSES = 16;

    private Trust() {
    }

    /**
     * Trusts these authorities, and no others.
     *
     * @param authorities a file of certificates in PEM.
     * @throws UsageException when it can't be read, or holds none.
     */
    static SSLContext of(final Path authorities) {
        try (InputStream in = Files.newInputStream(authorities)) {
            final Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new UsageException("no certificate in " + authorities);
            }
            final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (final Certificate each : all) {
                store.setCertificateEntry(Integer.toString(number++), each);
            }
            final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (final CertificateException e) {
            throw new UsageException("no certificates in PEM in " + authorities + ": " + e.getMessage());
        } catch (final IOException e) {
            throw new UsageException("can't read the authorities in " + authorities + ": " + e.getMessage());
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("a JVM has X.509, TLS and key stores", e);
        }
    }

    /** Why there is no TLS, as far as it is this side's trust. */
    static String words(final SSLException fault) {
        Throwable cause = fault;
        for (int i = 0; i < MOST_CAUSES && null != cause; i++) {
            if (cause instanceof CertificateException || cause instanceof InvalidAlgorithmParameterException) {
                return "the certificate it shows is not trusted here (" + cause.getMessage()
                    + "): give the authority that has signed it with --ca FILE.pem";
            }
            cause = cause.getCause();
        }
        return fault.getMessage() + "; where a certificate of your own authority is not trusted here: --ca FILE.pem";
    }
}
