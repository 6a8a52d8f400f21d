package io.strowger.ops.gateway.stream;

import io.strowger.router.token.PositionTokens;
import io.strowger.router.token.TokenException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Positions as applications see them, in two forms that both serve to resume.
 *
 * <p>The <em>id</em> of an event is always the same for it: {@link PositionTokens}. The place where a status stands or a stream begins
 * is <em>sealed</em>: no two are alike, so that a tenant who asks twice does not learn whether the journal has grown meanwhile by the
 * events of others.
 *
 * <pre>
 *   a sealed place   0          8        12                  one AES block under a key made of the journal's, in URL-safe Base64
 *                    +----------+--------+----------------+
 *                    | sequence | number | tenant, masked |   ──► AES ──►   22 characters
 *                    +----------+--------+----------------+
 *                      i64 BE     i32      i32 BE
 * </pre>
 *
 * <p>One thread.
 */
final class Positions {
    private static final int BLOCK_LENGTH = 16;
    private static final int TENANT_OFFSET = 12;
    private static final int MASK = 0x53575053;

    private final PositionTokens tokens;
    private final Cipher sealing;
    private final Cipher opening;
    private int next = new SecureRandom().nextInt();

    /**
     * Positions under a journal's key.
     *
     * @param key of {@link PositionTokens#KEY_LENGTH} bytes.
     */
    Positions(final byte[] key) {
        tokens = new PositionTokens(key);
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("strowger sealed position".getBytes(StandardCharsets.US_ASCII));
            final SecretKeySpec own = new SecretKeySpec(Arrays.copyOf(digest.digest(key), BLOCK_LENGTH), "AES");
            // one block, of which a part counts from a random number on
            sealing = Cipher.getInstance("AES/ECB/NoPadding");
            sealing.init(Cipher.ENCRYPT_MODE, own);
            opening = Cipher.getInstance("AES/ECB/NoPadding");
            opening.init(Cipher.DECRYPT_MODE, own);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES or SHA-256", e);
        }
    }

    /** The id of an event: always the same. */
    String id(final long sequence, final int tenant) {
        return tokens.token(sequence, tenant);
    }

    /** A place in the journal: never the same. */
    String sealed(final long sequence, final int tenant) {
        final ByteBuffer plain = ByteBuffer.allocate(BLOCK_LENGTH).putLong(sequence).putInt(next++).putInt(tenant ^ MASK);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(run(sealing, plain.array()));
    }

    /**
     * Reads either form.
     *
     * @param tenant who shows it.
     * @return the sequence.
     * @throws TokenException when it is none, or was given to another tenant: which of both is not said.
     */
    long sequence(final String token, final int tenant) {
        try {
            return tokens.sequence(token, tenant);
        } catch (final TokenException noId) {
            final long sequence = unsealed(token, tenant);
            if (sequence < 0) {
                throw noId;
            }
            return sequence;
        }
    }

    /** Returns -1 when it is not sealed. */
    private long unsealed(final String token, final int tenant) {
        if (PositionTokens.TOKEN_LENGTH != token.length()) {
            return -1;
        }
        final byte[] block;
        try {
            block = Base64.getUrlDecoder().decode(token);
        } catch (final IllegalArgumentException noBase64) {
            return -1;
        }
        final ByteBuffer plain = ByteBuffer.wrap(run(opening, block));
        return (tenant ^ MASK) == plain.getInt(TENANT_OFFSET) && plain.getLong(0) >= 0
            ? plain.getLong(0) : -1;
    }

    private static byte[] run(final Cipher cipher, final byte[] block) {
        try {
            return cipher.doFinal(block);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("AES of one block failed", e);
        }
    }
}
