package io.strowger.ops.receiver;

import io.strowger.ops.config.TlsConfig;

/**
 * Where a receiver listens.
 *
 * @param host   address.
 * @param port   0 for one that is free.
 * @param tls    null: plain. With authorities, a certificate is asked for, and may be shown in place of a token.
 * @param limits of what comes.
 */
public record ReceiverSettings(String host, int port, TlsConfig tls, ReceiverLimits limits) {
}
