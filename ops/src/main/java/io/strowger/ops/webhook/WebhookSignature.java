package io.strowger.ops.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as Standard Webhooks 1.0 has it: HMAC-SHA256 over {@code id.timestamp.body}. Any thread.
 */
final class WebhookSignature {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1,";
    private static final int LEAST_BYTES = 16;

    private final SecretKeySpec key;

    /**
     * A signature.
     *
     * @param secret as {@code whsec_} and base64.
     * @throws IllegalArgumentException when it is none, or shorter than 16 bytes; it is not repeated.
     */
    WebhookSignature(final String secret) {
        final byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("the secret of a webhook is whsec_ and base64");
        }
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException("the secret of a webhook has 16 bytes or more");
        }
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * Signs.
     *
     * @param id        of the message.
     * @param timestamp seconds since 1970.
     */
    String of(final String id, final long timestamp, final String body) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return VERSION + Base64.getEncoder().encodeToString(
                mac.doFinal((id + '.' + timestamp + '.' + body).getBytes(StandardCharsets.UTF_8)));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC", e);
        }
    }
}
