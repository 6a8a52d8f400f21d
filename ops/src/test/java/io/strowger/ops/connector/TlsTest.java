package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections over TLS, with a certificate that is made for the test. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int BACKLOG = 4;

    @TempDir
    private Path folder;

    @Test
    void shouldSpeakOnlyWithServerWhoseCertificateIsTrustedWhenEncrypted() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(server("localhost"), wire -> {
            AmiServer.login(wire);
            wire.answering(AmiServer::idle);
            wire.say(AmiServer.booted(1_000));
            wire.awaitGone();
        }); Site site = new Site(folder.resolve("journal"))) {
            final Connector trusting = site.connect(settings("localhost", pbx.port()).trustFile(folder.resolve("trust.pem")));
            Site.await(trusting, ConnectorState.LIVE);
            trusting.close();
            final Connector doubting = site.connect(settings("localhost", pbx.port()));
            Site.await(() -> null != doubting.health().failure(), () -> doubting.health().toString());
            assertEquals(0, doubting.health().connections());
            doubting.close();
            final Connector elsewhere = site.connect(settings("127.0.0.1", pbx.port()).trustFile(folder.resolve("trust.pem")));
            Site.await(() -> null != elsewhere.health().failure(), () -> elsewhere.health().toString());
            assertEquals(0, elsewhere.health().connections(), "the certificate is of another host");
            elsewhere.close();
            final Connector unchecked = site.connect(settings("127.0.0.1", pbx.port()).trustFile(folder.resolve("trust.pem"))
                .checkHostName(false));
            Site.await(unchecked, ConnectorState.LIVE);
        }
    }

    private static ConnectorSettings settings(final String host, final int port) {
        return new ConnectorSettings(Site.SOURCE, Site.TENANT, ConnectorDialect.AMI, host, port).tls(true)
            .login(AmiServer.USER, AmiServer.SECRET).timings(ConnectorTimings.defaults().withBackOff(20, 20));
    }

    /** A server with a certificate for a name, which is written where it can be trusted. */
    private ServerSocket server(final String name) throws IOException, GeneralSecurityException, InterruptedException {
        final Path keys = folder.resolve("keys.p12");
        final Process keytool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-alias", "pbx", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name, "-validity", "2",
            "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", new String(PASSWORD)))
            .redirectErrorStream(true).redirectOutput(folder.resolve("keytool.txt").toFile()).start();
        assertEquals(0, keytool.waitFor(), () -> "see keytool.txt in " + folder);
        final KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        assertNotNull(store.getCertificate("pbx"));
        Files.writeString(folder.resolve("trust.pem"), "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(store.getCertificate("pbx").getEncoded()) + "\n-----END CERTIFICATE-----\n",
            StandardCharsets.US_ASCII);
        final KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }
}
