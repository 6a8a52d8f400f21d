package io.strowger.ops.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate and its key, made by the JDK's own tool, as files in PEM.
 *
 * @param certificate file.
 * @param key         file.
 */
record Pem(Path certificate, Path key) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /**
     * Makes them as {@code NAME.pem} and {@code NAME.key}.
     *
     * @param algorithm of the key: EC or RSA.
     * @param times     options of the tool.
     */
    static Pem of(final Path folder, final String name, final String algorithm, final String... times) throws Exception {
        final Path store = folder.resolve(name + ".p12");
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-alias", "key", "-keyalg", algorithm, "-dname", "CN=" + name, "-storetype", "PKCS12", "-keystore",
            store.toString(), "-storepass", new String(PASSWORD)));
        command.addAll(List.of(times));
        final Process keytool = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.txt").toFile()).start();
        assertEquals(0, keytool.waitFor(), () -> "see keytool.txt in " + folder);
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return new Pem(write(folder.resolve(name + ".pem"), "CERTIFICATE", keys.getCertificate("key").getEncoded()),
            write(folder.resolve(name + ".key"), "PRIVATE KEY", keys.getKey("key", PASSWORD).getEncoded()));
    }

    /** Writes one thing. */
    static Path write(final Path file, final String what, final byte[] content) throws Exception {
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content)
            + "\n-----END " + what + "-----\n", StandardCharsets.US_ASCII);
    }

    /** What stands in the key's file. */
    byte[] keyBytes() throws Exception {
        return Base64.getMimeDecoder().decode(Files.readString(key).replaceAll("-----[A-Z ]+-----", ""));
    }
}
