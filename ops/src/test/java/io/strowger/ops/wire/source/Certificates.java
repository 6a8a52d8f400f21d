package io.strowger.ops.wire.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** Certificates that sign themselves, made by the JDK's keytool, in PEM files. */
final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    Certificates(final Path folder) {
        this.folder = folder;
    }

    /** Makes a key and a certificate for a name. */
    void make(final String alias, final String name) throws IOException, GeneralSecurityException, InterruptedException {
        final Path keys = folder.resolve(alias + ".p12");
        final Process keytool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name, "-validity", "2",
            "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", new String(PASSWORD)))
            .redirectErrorStream(true).redirectOutput(folder.resolve("keytool.txt").toFile()).start();
        assertEquals(0, keytool.waitFor(), () -> "see keytool.txt in " + folder);
        final KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        write(chain(alias), "CERTIFICATE", store.getCertificate(alias).getEncoded());
        write(key(alias), "PRIVATE KEY", store.getKey(alias, PASSWORD).getEncoded());
    }

    Path chain(final String alias) {
        return folder.resolve(alias + ".pem");
    }

    Path key(final String alias) {
        return folder.resolve(alias + ".key");
    }

    /** A file with the certificates of these. */
    Path trust(final String... aliases) throws IOException {
        final StringBuilder all = new StringBuilder();
        for (final String alias : aliases) {
            all.append(Files.readString(chain(alias)));
        }
        return Files.writeString(folder.resolve("authorities.pem"), all);
    }

    private static void write(final Path file, final String kind, final byte[] bytes) throws IOException {
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
            + "-----\n", StandardCharsets.US_ASCII);
    }
}
