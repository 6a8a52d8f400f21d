package io.strowger.ops.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Tokens and their hashes. A token has 256 random bits, so that its plain SHA-256 can't be searched for.
 */
public final class Tokens {
    private static final String PREFIX = "sw_";
    private static final int RANDOM_BYTES = 32;

    private Tokens() {
    }

    /** Makes a token, as {@code sw_} and 43 characters. */
    public static String create() {
        final byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The hash of a token, 64 hexadecimal digits: what a configuration holds. */
    public static String hash(final String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
