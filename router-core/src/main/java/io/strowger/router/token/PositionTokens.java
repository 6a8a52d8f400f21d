package io.strowger.router.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns positions of the journal into tokens for one tenant or another, and back.
 *
 * <pre>
 *   a block     0          8        12       16                one AES block (FIPS 197) under the journal's key, in URL-safe Base64
 *               +----------+--------+--------+
 *               | sequence | tenant | check  |   ──► AES ──►   22 characters
 *               +----------+--------+--------+
 *                 i64 BE     i32 BE   i32, fixed
 * </pre>
 *
 * <p>The same event has the same token for all of a tenant, always, so that a token can be an event's id. A tenant can neither count with
 * tokens nor order them, nor use another tenant's; of 2^32 texts made up, one passes the check.
 *
 * <p>One thread.
 */
public final class PositionTokens {
    /** Length of a key in bytes. */
    public static final int KEY_LENGTH = 16;

    /** Length of a token in characters. */
    public static final int TOKEN_LENGTH = 22;

    private static final int BLOCK_LENGTH = 16;
    private static final int CHECK = 0x53545257;

    private final Cipher encrypting;
    private final Cipher decrypting;
    private final byte[] plain = new byte[BLOCK_LENGTH];
    private final byte[] block = new byte[BLOCK_LENGTH];
    private final ByteBuffer fields = ByteBuffer.wrap(plain);

    /**
     * Tokens under a key.
     *
     * @param key of {@link #KEY_LENGTH} bytes, kept beside the journal.
     */
    public PositionTokens(final byte[] key) {
        if (KEY_LENGTH != key.length) {
            throw new IllegalArgumentException("a token key has " + KEY_LENGTH + " bytes, not " + key.length);
        }
        encrypting = cipher(Cipher.ENCRYPT_MODE, key);
        decrypting = cipher(Cipher.DECRYPT_MODE, key);
    }

    /**
     * Makes the token of a position.
     *
     * @param sequence the position.
     * @param tenant   for whom.
     */
    public String token(final long sequence, final int tenant) {
        fields.putLong(0, sequence).putInt(8, tenant).putInt(12, CHECK);
        run(encrypting, plain, block);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(block);
    }

    /**
     * Reads a token.
     *
     * @param token  as {@link #token} has made it.
     * @param tenant who shows it.
     * @return the sequence.
     * @throws TokenException when it is none, or was given to another tenant: which of both is not said.
     */
    public long sequence(final String token, final int tenant) {
        if (TOKEN_LENGTH != token.length()) {
            throw new TokenException();
        }
        try {
            Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.ISO_8859_1), block);
        } catch (final IllegalArgumentException noBase64) {
            throw new TokenException();
        }
        run(decrypting, block, plain);
        if (CHECK != fields.getInt(12) || tenant != fields.getInt(8) || !token.equals(token(fields.getLong(0), tenant))) {
            throw new TokenException();
        }
        return fields.getLong(0);
    }

    private static void run(final Cipher cipher, final byte[] from, final byte[] to) {
        try {
            cipher.doFinal(from, 0, BLOCK_LENGTH, to, 0);
        } catch (final GeneralSecurityException ex) {
            throw new IllegalStateException("AES of one block failed", ex);
        }
    }

    private static Cipher cipher(final int mode, final byte[] key) {
        try {
            // one block, whose content never repeats but for the same event: no mode could add anything
            final Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"));
            return cipher;
        } catch (final GeneralSecurityException ex) {
            throw new IllegalStateException("this Java has no AES", ex);
        }
    }
}
