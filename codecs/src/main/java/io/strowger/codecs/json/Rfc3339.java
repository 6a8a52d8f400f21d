package io.strowger.codecs.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Instants as RFC 3339 in UTC: {@code 2026-11-25T16:29:56.513Z}. Stateless; any thread.
 */
public final class Rfc3339 {
    private static final long NANOS = 1_000_000_000L;
    private static final int LONGEST = "2026-11-25T16:29:56.123456789Z".length();

    private Rfc3339() {
    }

    /**
     * Prints an instant with 3 digits behind the second, or 6 or 9 where fewer would lose something.
     *
     * @param timeNs nanoseconds since 1970-01-01T00:00:00Z, any number (the years 1677 to 2262).
     */
    public static String format(final long timeNs) {
        final LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(timeNs, NANOS), 0, ZoneOffset.UTC);
        final StringBuilder out = new StringBuilder(LONGEST);
        digits(out, time.getYear(), 4).append('-');
        digits(out, time.getMonthValue(), 2).append('-');
        digits(out, time.getDayOfMonth(), 2).append('T');
        digits(out, time.getHour(), 2).append(':');
        digits(out, time.getMinute(), 2).append(':');
        digits(out, time.getSecond(), 2).append('.');
        final int nanos = (int)Math.floorMod(timeNs, NANOS);
        if (0 == nanos % 1_000_000) {
            digits(out, nanos / 1_000_000, 3);
        } else if (0 == nanos % 1_000) {
            digits(out, nanos / 1_000, 6);
        } else {
            digits(out, nanos, 9);
        }
        return out.append('Z').toString();
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

    private static StringBuilder digits(final StringBuilder out, final int number, final int width) {
        int rest = number;
        out.setLength(out.length() + width);
        for (int at = out.length() - 1; at >= out.length() - width; at--) {
            out.setCharAt(at, (char)('0' + rest % 10));
            rest /= 10;
        }
        return out;
    }
}
