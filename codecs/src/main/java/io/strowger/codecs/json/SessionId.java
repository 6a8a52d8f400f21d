package io.strowger.codecs.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.DirectBuffer;

/**
 * The id of a session as applications see it: the first 128 bits of SHA-256, as 32 lower-case hex digits, over
 *
 * <pre>
 *   +----------------------+------+----------------------------+-----------------+
 *   | name of the source   | 0x00 | epoch of the source        | native id       |
 *   +----------------------+------+----------------------------+-----------------+
 *     its bytes              u8     i64 (ns), big endian          its bytes
 * </pre>
 *
 * <p>The same session has the same id in every output, on every machine, for ever; no output says more about a source by it. Sources are
 * named within their tenant: two tenants may have the same id, so it names a session together with the tenant beside it.
 *
 * <p>For one thread.
 */
public final class SessionId {
    private static final int HEX_LENGTH = 32;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest digest;
    private final byte[] scratch = new byte[HEX_LENGTH];

    /**
     * A maker of ids.
     */
    public SessionId() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Makes the id of a session.
     *
     * @param sourceName bytes of the source's name.
     * @param epoch      of the source, in nanoseconds; 0 when unknown.
     * @param nativeId   bytes of the session's native id.
     * @return 32 hex digits.
     */
    public String of(final byte[] sourceName, final long epoch, final byte[] nativeId) {
        digest.reset();
        digest.update(sourceName);
        digest.update((byte)0);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            digest.update((byte)(epoch >>> shift));
        }
        final byte[] hash = digest.digest(nativeId);
        for (int i = 0; i < HEX_LENGTH / 2; i++) {
            scratch[2 * i] = HEX[(hash[i] >>> 4) & 0xF];
            scratch[2 * i + 1] = HEX[hash[i] & 0xF];
        }
        return new String(scratch, StandardCharsets.US_ASCII);
    }

    /**
     * Makes the id of a session whose names stand in a buffer.
     *
     * @param nameLength     bytes of the source's name at {@code nameOffset}.
     * @param nativeIdLength bytes of the native id at {@code nativeIdOffset}.
     * @return 32 hex digits.
     */
    public String of(final DirectBuffer buffer, final int nameOffset, final int nameLength, final long epoch,
                     final int nativeIdOffset, final int nativeIdLength) {
        return of(bytes(buffer, nameOffset, nameLength), epoch, bytes(buffer, nativeIdOffset, nativeIdLength));
    }

    private static byte[] bytes(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }
}
