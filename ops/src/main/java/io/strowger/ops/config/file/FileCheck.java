package io.strowger.ops.config.file;

import io.strowger.ops.config.LoginConfig;
import io.strowger.ops.config.TlsConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;

/**
 * Whether the files that a configuration names are there, and are what they are to be.
 */
final class FileCheck {
    private final Complaints complaints;
    private final TlsCheck tlsCheck;

    FileCheck(final Complaints complaints, final Clock clock) {
        this.complaints = complaints;
        this.tlsCheck = new TlsCheck(complaints, clock);
    }

    /**
     * One of a secret and the file of it.
     *
     * @return the secret; null when there is none that can be used.
     */
    String checkSecret(final LoginConfig login, final String at) {
        if (null == login.secret() == (null == login.secretFile())) {
            complaints.add(at, "needs secret or secretFile, one of them");
            return null;
        }
        final String place = at + (null == login.secret() ? "/secretFile" : "/secret");
        try {
            final String secret = null == login.secret() && !checkFile(login.secretFile(), place) ? null : login.password();
            if (null != secret && secret.isEmpty()) {
                complaints.add(place, login.secretFile() + " has nothing in its first line");
                return null;
            }
            return secret;
        } catch (final IOException e) {
            complaints.add(place, "can't read " + login.secretFile() + ": " + e.getMessage());
            return null;
        }
    }

    void checkTls(final TlsConfig tls, final String at, final boolean isServer) {
        if (null == tls.certificate() != (null == tls.key()) || (isServer && null == tls.certificate())) {
            complaints.add(at, "needs certificate and key");
        }
        final X509Certificate certificate = null == tls.certificate() ? null : certificates(tls.certificate(), at + "/certificate");
        if (null != tls.key()) {
            final String key = text(tls.key(), at + "/key");
            if (null != key && null != certificate) {
                tlsCheck.checkKey(certificate, key, tls.key(), at + "/key");
            }
        }
        if (null != tls.authorities()) {
            certificates(tls.authorities(), at + "/authorities");
        }
    }

    private X509Certificate certificates(final String name, final String at) {
        final String pem = text(name, at);
        return null == pem ? null : tlsCheck.certificates(pem, name, at);
    }

    /** Null when it can't be read. */
    private String text(final String name, final String at) {
        if (!checkFile(name, at)) {
            return null;
        }
        try {
            return Files.readString(Path.of(name), StandardCharsets.ISO_8859_1);
        } catch (final IOException e) {
            complaints.add(at, "can't read " + name + ": " + e.getMessage());
            return null;
        }
    }

    private boolean checkFile(final String name, final String at) {
        final boolean isThere = Files.isReadable(Path.of(name)) && !Files.isDirectory(Path.of(name));
        if (!isThere) {
            complaints.add(at, "no file " + name + " that may be read");
        }
        return isThere;
    }
}
