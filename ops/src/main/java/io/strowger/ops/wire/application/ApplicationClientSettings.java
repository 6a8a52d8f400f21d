package io.strowger.ops.wire.application;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Where a client connects to, and as whom.
 *
 * @param host  name or address.
 * @param port  of the gateway.
 * @param token of the application; asked for at each connection.
 * @param tls   null: plain. The certificate must be of the host's name.
 */
public record ApplicationClientSettings(String host, int port, Supplier<String> token, SSLContext tls) {
    /** Plain, always with the same token. */
    public static ApplicationClientSettings plain(final String host, final int port, final String token) {
        return new ApplicationClientSettings(host, port, () -> token, null);
    }
}
