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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that sign themselves, made by the JDK's keytool, in PEM files. */
public final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** The same for all tests of a JVM: a keytool takes a second. */
    private static final Map<List<String>, byte[]> MADE = new ConcurrentHashMap<>();

    private final Path folder;

    /** None yet. */
    public Certificates(final Path folder) {
        this.folder = folder;
    }

    /** Makes a key and a certificate for a name. */
    public void make(final String alias, final String name) throws IOException, GeneralSecurityException, InterruptedException {
        final List<String> names = List.of(alias, name);
        final Path keys = folder.resolve(alias + ".p12");
        final byte[] made = MADE.get(names);
        if (null == made) {
            generate(alias, name, keys);
            MADE.put(names, Files.readAllBytes(keys));
        } else {
            Files.write(keys, made);
        }
        final KeyStore store = store(alias);
        write(chain(alias), "CERTIFICATE", store.getCertificate(alias).getEncoded());
        write(key(alias), "PRIVATE KEY", store.getKey(alias, PASSWORD).getEncoded());
    }

    private void generate(final String alias, final String name, final Path keys) throws IOException, InterruptedException {
        final Process keytool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name, "-validity", "2",
            "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", new String(PASSWORD)))
            .redirectErrorStream(true).redirectOutput(folder.resolve("keytool.txt").toFile()).start();
        assertEquals(0, keytool.waitFor(), () -> "see keytool.txt in " + folder);
    }

    /** The certificate. */
    public Path chain(final String alias) {
        return folder.resolve(alias + ".pem");
    }

    /** Its key. */
    public Path key(final String alias) {
        return folder.resolve(alias + ".key");
    }

    /** A file with the certificates of these. */
    public Path trust(final String... aliases) throws IOException {
        final StringBuilder all = new StringBuilder();
        for (final String alias : aliases) {
            all.append(Files.readString(chain(alias)));
        }
        return Files.writeString(folder.resolve("authorities.pem"), all);
    }

    /** How a client of it speaks TLS: which authorities it believes, and what it shows; null for nothing. */
    public SSLContext client(final String trusted, final String shown) throws IOException, GeneralSecurityException {
        final KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, PASSWORD);
        trust.setCertificateEntry(trusted, store(trusted).getCertificate(trusted));
        final TrustManagerFactory believed = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        believed.init(trust);
        final KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(null == shown ? null : store(shown), PASSWORD);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), believed.getTrustManagers(), null);
        return context;
    }

    private KeyStore store(final String alias) throws IOException, GeneralSecurityException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(alias + ".p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static void write(final Path file, final String kind, final byte[] bytes) throws IOException {
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
            + "-----\n", StandardCharsets.US_ASCII);
    }
}
