package io.strowger.ops.tls;

import io.strowger.ops.config.TlsConfig;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The files of a configuration as options of a server. Stateless; any thread.
 */
public final class ServerTls {
    /** Longest handshake of any listener, in milliseconds: until its end a connection is counted nowhere, so it must be short. */
    public static final long HANDSHAKE_MS = 5_000;

    private ServerTls() {
    }

    /**
     * Has a server speak TLS, and where there are authorities let in only who shows a certificate that they have signed.
     *
     * @param tls       null: plain.
     * @param handshake the longest; never more than {@value #HANDSHAKE_MS} ms, whatever it says.
     */
    public static void require(final NetServerOptions options, final TlsConfig tls, final Duration handshake) {
        apply(options, tls, ClientAuth.REQUIRED, handshake);
    }

    /**
     * The same, but who shows none is let in, too: he has a token.
     *
     * @param tls       null: plain.
     * @param handshake the longest; never more than {@value #HANDSHAKE_MS} ms, whatever it says.
     */
    public static void request(final NetServerOptions options, final TlsConfig tls, final Duration handshake) {
        apply(options, tls, ClientAuth.REQUEST, handshake);
    }

    private static void apply(final NetServerOptions options, final TlsConfig tls, final ClientAuth ofClients, final Duration handshake) {
        if (null == tls) {
            return;
        }
        options.setSsl(true).setKeyCertOptions(new PemKeyCertOptions().setCertPath(tls.certificate()).setKeyPath(tls.key()))
            .setSslHandshakeTimeout(Math.min(HANDSHAKE_MS, handshake.toMillis())).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        if (null != tls.authorities()) {
            options.setClientAuth(ofClients).setTrustOptions(new PemTrustOptions().addCertPath(tls.authorities()));
        }
    }
}
