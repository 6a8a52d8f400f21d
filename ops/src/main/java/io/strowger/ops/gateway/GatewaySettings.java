package io.strowger.ops.gateway;

import io.strowger.ops.config.TlsConfig;

/**
 * Where a gateway listens.
 *
 * @param host   address.
 * @param port   0 for one that is free.
 * @param tls    null: plain.
 * @param limits of what comes.
 */
public record GatewaySettings(String host, int port, TlsConfig tls, GatewayLimits limits) {
}
