package io.strowger.ops.gateway;

/**
 * Files of TLS, PEM.
 *
 * @param certificate the server's, with its chain.
 * @param key         of the certificate, PKCS#8.
 * @param authorities who must have signed the certificates of those who come; null: none is asked for.
 */
public record PemFiles(String certificate, String key, String authorities) {
}
