package io.strowger.ops.config;

/**
 * Files of TLS, all PEM.
 *
 * @param certificate this side's, with its chain; null where this side shows none.
 * @param key         of the certificate, PKCS#8.
 * @param authorities those who may have signed the other side's; null: those of the JDK, and none is asked of who comes.
 */
public record TlsConfig(String certificate, String key, String authorities) {
}
