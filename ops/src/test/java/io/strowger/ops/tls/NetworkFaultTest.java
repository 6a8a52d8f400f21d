package io.strowger.ops.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.strowger.ops.config.TlsConfig;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class NetworkFaultTest {
    private static final String SECRET = "sw_secret";

    @Test
    void shouldTellOfTlsAndDecodersTheKindAlone() {
        assertEquals("what it sends is no TLS", NetworkFault.words(new DecoderException(new NotSslRecordException(SECRET))));
        assertEquals("SSLException", NetworkFault.words(new SSLException(SECRET)));
        assertEquals("DecoderException", NetworkFault.words(new DecoderException("bad " + SECRET)));
        assertEquals("SSLHandshakeException", NetworkFault.words(new SSLHandshakeException("Received fatal alert: " + SECRET + " x")));
        assertEquals("IOException", NetworkFault.words(new IOException(SECRET, new SSLException(SECRET))));
        assertEquals("its certificate is not trusted here",
            NetworkFault.words(new SSLHandshakeException(SECRET).initCause(new CertificateException(SECRET))));
    }

    @Test
    void shouldTellWhatTheSystemSaysAndWhatTheOtherSideHasSaidByAlert() {
        assertEquals("Connection reset", NetworkFault.words(new IOException("Connection reset")));
        assertEquals("IOException", NetworkFault.words(new IOException()));
        assertEquals("it has said unknown_ca", NetworkFault.words(new SSLHandshakeException("Received fatal alert: unknown_ca")));
        assertEquals("Empty client certificate chain", NetworkFault.words(new SSLHandshakeException("Empty client certificate chain")));
    }

    @Test
    void shouldLetNoHandshakeTakeLongWhateverAListenerHasTimeFor() {
        final NetServerOptions options = new NetServerOptions();
        ServerTls.require(options, new TlsConfig("server.pem", "server.key", null), Duration.ofMinutes(1));
        assertEquals(ServerTls.HANDSHAKE_MS, options.getSslHandshakeTimeoutUnit().toMillis(options.getSslHandshakeTimeout()));
        ServerTls.request(options, new TlsConfig("server.pem", "server.key", null), Duration.ofSeconds(1));
        assertTrue(options.getSslHandshakeTimeoutUnit().toMillis(options.getSslHandshakeTimeout()) <= 1_000);
    }
}
