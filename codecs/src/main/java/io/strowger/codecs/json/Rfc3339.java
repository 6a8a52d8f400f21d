package io.strowger.codecs.json;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * Instants as RFC 3339 in UTC: {@code 2026-11-25T16:29:56.513Z}. Stateless; any thread.
 */
public final class Rfc3339 {
    private static final long NANOS = 1_000_000_000L;

    private Rfc3339() {
    }

    /**
     * Prints an instant with 3 digits behind the second, or 6 or 9 where fewer would lose something.
     *
     * @param timeNs nanoseconds since 1970-01-01T00:00:00Z, any number (the years 1677 to 2262).
     */
    public static String format(final long timeNs) {
        final long seconds = Math.floorDiv(timeNs, NANOS);
        final long nanos = Math.floorMod(timeNs, NANOS);
        final String text = Instant.ofEpochSecond(seconds, nanos).toString();
        // Instant leaves out a fraction of zero
        return 0 == nanos ? text.substring(0, text.length() - 1) + ".000Z" : text;
    }

    /**
     * Reads an instant, with any offset from UTC and up to 9 digits behind the second.
     *
     * @return nanoseconds since 1970-01-01T00:00:00Z.
     * @throws DateTimeException when the text is no instant, or one that 64 bits of nanoseconds cannot hold.
     */
    public static long parse(final String text) {
        final Instant instant = Instant.parse(text);
        try {
            // rounded towards zero, so that the least instant of all does not overflow half way
            return instant.getEpochSecond() < 0
                ? Math.addExact(Math.multiplyExact(instant.getEpochSecond() + 1, NANOS), instant.getNano() - NANOS)
                : Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
        } catch (final ArithmeticException e) {
            throw new DateTimeException("beyond the years 1677 to 2262: " + text, e);
        }
    }
}
