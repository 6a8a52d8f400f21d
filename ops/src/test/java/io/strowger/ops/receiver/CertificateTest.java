package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.config.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sources known by their certificate, and by a token over TLS. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CertificateTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @Test
    void shouldKnowSourceByCertificateOrToken() throws Exception {
        final KeyStore server = keys("localhost");
        final KeyStore phone = keys(Desk.CERTIFICATE);
        final KeyStore stranger = keys("phone-8");
        final KeyStore unsigned = keys("CN=" + Desk.CERTIFICATE, "other");
        pem("server.pem", "CERTIFICATE", server.getCertificate("key").getEncoded());
        pem("server.key", "PRIVATE KEY", server.getKey("key", PASSWORD).getEncoded());
        pem("authorities.pem", "CERTIFICATE", phone.getCertificate("key").getEncoded(), stranger.getCertificate("key").getEncoded());
        final TlsConfig tls = new TlsConfig(folder.resolve("server.pem").toString(), folder.resolve("server.key").toString(),
            folder.resolve("authorities.pem").toString());
        final List<String> kept = new CopyOnWriteArrayList<>();
        try (Desk desk = new Desk(folder.resolve("journal"), Desk.LIMITS, tls, context -> context,
            (kind, who, address, text) -> kept.add(kind + " " + text), PhoneSettings.SILENT_DEFAULT)) {
            assertEquals(200, ask(desk, server, phone, Caller.get("/x?event=incoming&call_id=1&remote=102")));
            assertEquals(200, ask(desk, server, phone, Caller.get("/" + Desk.PHONE + "?event=incoming&call_id=1&remote=103")),
                "a token counts first");
            assertEquals(401, ask(desk, server, phone, Caller.get("/sw_wrong?event=incoming&call_id=1&remote=102")));
            assertEquals(401, ask(desk, server, stranger, Caller.get("/x?event=terminated&call_id=1")));
            assertEquals(401, ask(desk, server, null, Caller.get("/x?event=terminated&call_id=1")));
            assertEquals(0, ask(desk, server, unsigned, Caller.get("/x?event=terminated&call_id=1")), "nobody has signed it");
            Desk.await(() -> kept.stream().anyMatch(line -> line.startsWith("REFUSED no TLS with it: ")), kept::toString);
            assertEquals(List.of("call.delivered 107 102", "call.delivered 101 103"),
                Desk.told(desk.endAndTail(), "call.", "localUser", "remoteParty"));
            assertTrue(kept.contains("REFUSED no token, and a certificate that is no source's: [phone-8], 2 times"), kept.toString());
        }
    }

    private static int ask(final Desk desk, final KeyStore server, final KeyStore shown, final String request) throws Exception {
        final KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("server", server.getCertificate("key"));
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        final KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(shown, PASSWORD);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null == shown ? null : managers.getKeyManagers(), trust.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket)context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), desk.port());
            Caller caller = new Caller(socket)) {
            return caller.ask(request);
        } catch (final IOException e) {
            return 0;
        }
    }

    private KeyStore keys(final String name) throws IOException, GeneralSecurityException, InterruptedException {
        return keys("CN=" + name, name);
    }

    private KeyStore keys(final String name, final String file) throws IOException, GeneralSecurityException, InterruptedException {
        final Path keys = folder.resolve(file + ".p12");
        final Process keytool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", name, "-validity", "2", "-storetype", "PKCS12",
            "-keystore", keys.toString(), "-storepass", new String(PASSWORD)))
            .redirectErrorStream(true).redirectOutput(folder.resolve("keytool.txt").toFile()).start();
        assertEquals(0, keytool.waitFor(), () -> "see keytool.txt in " + folder);
        final KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private void pem(final String file, final String what, final byte[]... contents) throws IOException {
        final StringBuilder text = new StringBuilder();
        for (final byte[] content : contents) {
            text.append("-----BEGIN ").append(what).append("-----\n").append(Base64.getMimeEncoder().encodeToString(content))
                .append("\n-----END ").append(what).append("-----\n");
        }
        Files.writeString(folder.resolve(file), text, StandardCharsets.US_ASCII);
    }
}
