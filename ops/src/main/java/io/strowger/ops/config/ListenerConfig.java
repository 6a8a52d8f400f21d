package io.strowger.ops.config;

/**
 * An address that the server listens at.
 *
 * @param host                 this machine alone where nothing is said.
 * @param port                 0 for one that is free.
 * @param tls                  null: plain; its authorities are those who must have signed the certificates of who comes.
 * @param plainOutsideLoopback says that an address which others reach may be plain: something before it does the TLS.
 */
public record ListenerConfig(String host, Integer port, TlsConfig tls, Boolean plainOutsideLoopback) {
    /** Where the gateway listens when nothing else is said. */
    public static final int HTTP_PORT_DEFAULT = 7088;

    private static final String LOOPBACK = "127.0.0.1";

    /** Fills in what is not said. */
    public ListenerConfig {
        host = null == host ? LOOPBACK : host;
        port = null == port ? HTTP_PORT_DEFAULT : port;
        plainOutsideLoopback = null != plainOutsideLoopback && plainOutsideLoopback;
    }

    /** Of this machine alone. */
    public static ListenerConfig loopback(final int port) {
        return new ListenerConfig(null, port, null, null);
    }

    /** The same at another port. */
    public ListenerConfig withPort(final int other) {
        return new ListenerConfig(host, other, tls, plainOutsideLoopback);
    }

    /** Whether who comes must show a certificate. */
    public boolean isMutual() {
        return null != tls && null != tls.authorities();
    }
}
