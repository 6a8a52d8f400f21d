package io.strowger.ops.config.file;

import io.strowger.ops.config.LoginConfig;
import io.strowger.ops.config.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * Whether the files that a configuration names are there.
 */
final class FileCheck {
    private static final String CERTIFICATE = "CERTIFICATE-----";

    private final BiConsumer<String, String> complaints;

    FileCheck(final BiConsumer<String, String> complaints) {
        this.complaints = complaints;
    }

    /** One of a secret and the file of it. */
    void checkSecret(final LoginConfig login, final String at) {
        if (null == login.secret() == (null == login.secretFile())) {
            complaints.accept(at, "needs secret or secretFile, one of them");
        } else if (null != login.secretFile()) {
            checkFile(login.secretFile(), at + "/secretFile");
        }
    }

    void checkTls(final TlsConfig tls, final String at, final boolean isServer) {
        if (null == tls.certificate() != (null == tls.key()) || (isServer && null == tls.certificate())) {
            complaints.accept(at, "needs certificate and key");
        }
        if (null != tls.certificate()) {
            checkPem(tls.certificate(), at + "/certificate", CERTIFICATE);
        }
        if (null != tls.key()) {
            checkPem(tls.key(), at + "/key", "PRIVATE KEY-----");
        }
        if (null != tls.authorities()) {
            checkPem(tls.authorities(), at + "/authorities", CERTIFICATE);
        }
    }

    private void checkPem(final String name, final String at, final String label) {
        if (checkFile(name, at)) {
            try {
                if (!Files.readString(Path.of(name)).contains(label)) {
                    complaints.accept(at, name + " has no " + label.substring(0, label.indexOf('-')) + " in PEM");
                }
            } catch (final IOException e) {
                complaints.accept(at, name + " is no PEM");
            }
        }
    }

    private boolean checkFile(final String name, final String at) {
        final boolean isThere = Files.isReadable(Path.of(name)) && !Files.isDirectory(Path.of(name));
        if (!isThere) {
            complaints.accept(at, "no file " + name + " that may be read");
        }
        return isThere;
    }
}
