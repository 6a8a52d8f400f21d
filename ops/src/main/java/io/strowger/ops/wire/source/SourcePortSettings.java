package io.strowger.ops.wire.source;

import io.strowger.ops.config.TlsConfig;

/**
 * Where a port for sources listens.
 *
 * @param host   address.
 * @param port   0 for one that is free.
 * @param tls    null: plain; with authorities every client must show a certificate that they have signed.
 * @param limits of what comes.
 */
public record SourcePortSettings(String host, int port, TlsConfig tls, SourcePortLimits limits) {
}
