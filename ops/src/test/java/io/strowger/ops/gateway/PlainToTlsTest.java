package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.config.TlsConfig;
import io.strowger.ops.log.Heard;
import io.strowger.ops.tls.ServerTls;
import io.strowger.ops.wire.source.Certificates;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who shakes no hand where TLS is spoken. */
@Timeout(60)
class PlainToTlsTest {
    private static final int PATIENCE_MS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void shouldLogNothingOfWhatComesPlainAndCutWhoSaysNothingLongBeforeHeIsIdle() throws Exception {
        final Certificates certificates = new Certificates(folder);
        certificates.make("server", "localhost");
        final GatewayLimits limits = GatewayLimits.DEFAULT;
        try (Heard heard = Heard.finest(); LiveGateway gateway = new LiveGateway(folder.resolve("journal"), limits, GatewayRoom.of(limits),
            new TlsConfig(certificates.chain("server").toString(), certificates.key("server").toString(), null));
            Socket silent = connect(gateway); Socket plain = connect(gateway)) {
            final long beganNs = System.nanoTime();
            plain.getOutputStream().write(("GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + LiveGateway.OWNER
                + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertFalse(new String(plain.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).contains("HTTP/"));
            assertEquals(-1, silent.getInputStream().read());
            final long tookMs = Duration.ofNanos(System.nanoTime() - beganNs).toMillis();
            assertTrue(tookMs < 2 * ServerTls.HANDSHAKE_MS && tookMs < limits.idle().toMillis(), tookMs + " ms");
            final String hex = HexFormat.of().formatHex(LiveGateway.OWNER.getBytes(StandardCharsets.US_ASCII));
            final String all = heard.lines().toString();
            assertFalse(all.contains(LiveGateway.OWNER.substring(3, 20)) || all.contains(hex.substring(6, 40)), all);
        }
    }

    private static Socket connect(final LiveGateway gateway) throws Exception {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }
}
