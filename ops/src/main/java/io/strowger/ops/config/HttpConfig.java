package io.strowger.ops.config;

/**
 * Where applications come to.
 *
 * @param host                 address to listen at.
 * @param port                 to listen at; 0 for one that is free.
 * @param tls                  null: plain.
 * @param plainOutsideLoopback says that an address which others reach may be plain: something before it does the TLS.
 */
public record HttpConfig(String host, Integer port, TlsConfig tls, Boolean plainOutsideLoopback) {
    /** Of this machine alone. */
    static final String LOOPBACK = "127.0.0.1";

    /** Where nothing else is said. */
    public static final int PORT_DEFAULT = 7088;

    static final HttpConfig DEFAULT = new HttpConfig(null, null, null, null);

    /** Fills in what is not said. */
    public HttpConfig {
        host = null == host ? LOOPBACK : host;
        port = null == port ? PORT_DEFAULT : port;
        plainOutsideLoopback = null != plainOutsideLoopback && plainOutsideLoopback;
    }
}
