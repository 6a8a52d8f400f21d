package io.strowger.codecs.ami;

/**
 * Reads the small texts inside values: numbers, times, and the name in a device's name.
 *
 * <p>Stateless; any thread.
 */
final class AmiText {
    private static final int MAX_DIGITS = 18;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;

    private AmiText() {
    }

    /** Lower case of an ASCII letter; any other byte as it is. */
    static byte lower(final byte value) {
        return value >= 'A' && value <= 'Z' ? (byte)(value + ('a' - 'A')) : value;
    }

    /** Whether the byte is an ASCII digit. */
    static boolean isDigit(final byte value) {
        return value >= '0' && value <= '9';
    }

    /**
     * Reads a decimal number.
     *
     * @return it, or {@code absent} when it is not 1 to 18 digits.
     */
    static long number(final byte[] bytes, final int offset, final int length, final long absent) {
        if (length < 1 || length > MAX_DIGITS) {
            return absent;
        }
        long value = 0;
        for (int i = offset; i < offset + length; i++) {
            if (!isDigit(bytes[i])) {
                return absent;
            }
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    /**
     * Reads {@code seconds.fraction} since 1970.
     *
     * @return nanoseconds, or {@code absent} when it is no such time or lies beyond the year 2262.
     */
    static long timeNs(final byte[] bytes, final int offset, final int length, final long absent) {
        int point = offset;
        while (point < offset + length && bytes[point] != '.') {
            point++;
        }
        final long seconds = number(bytes, offset, point - offset, -1);
        if (seconds < 0 || seconds >= Long.MAX_VALUE / NS_PER_SECOND) {
            return absent;
        }
        final int digits = Math.min(offset + length - point - 1, NANO_DIGITS);
        if (digits < 1) {
            return point == offset + length ? seconds * NS_PER_SECOND : absent;
        }
        long fraction = number(bytes, point + 1, digits, -1);
        if (fraction < 0) {
            return absent;
        }
        for (int i = digits; i < NANO_DIGITS; i++) {
            fraction *= 10;
        }
        return seconds * NS_PER_SECOND + fraction;
    }

    /**
     * Reads a span as {@code HH:MM:SS} or as seconds.
     *
     * @return milliseconds, or {@code absent}.
     */
    static long spanMs(final byte[] bytes, final int offset, final int length, final long absent) {
        long seconds = 0;
        int from = offset;
        for (int i = offset; i <= offset + length; i++) {
            if (i == offset + length || bytes[i] == ':') {
                final long part = number(bytes, from, Math.min(i - from, MAX_DIGITS), -1);
                if (part < 0 || seconds > Integer.MAX_VALUE || part > Integer.MAX_VALUE) {
                    return absent;
                }
                seconds = seconds * 60 + part;
                from = i + 1;
            }
        }
        return seconds * 1000;
    }

    /**
     * Finds the extension in a device's name: NAME of {@code TECH/NAME-serial}, {@code TECH/NAME}, {@code TECH/NAME@place} or plain
     * {@code NAME}, when it is all digits.
     *
     * @param fewest digits of an extension.
     * @param most   digits of an extension.
     * @return {@code offset << 32 | length} of NAME, or 0 when it is no extension.
     */
    static long extension(final byte[] bytes, final int offset, final int length, final int fewest, final int most) {
        final int end = offset + length;
        int from = offset;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '/') {
                from = i + 1;
                break;
            }
        }
        int to = from;
        while (to < end && isDigit(bytes[to])) {
            to++;
        }
        final int digits = to - from;
        if (digits < fewest || digits > most || !endsName(bytes, to, end)) {
            return 0;
        }
        return ((long)from << Integer.SIZE) | digits;
    }

    /** Whether NAME ends here: at the end, before the serial (the last hyphen), or before a place or an option. */
    private static boolean endsName(final byte[] bytes, final int at, final int end) {
        if (at == end || bytes[at] == '@' || bytes[at] == '/') {
            return true;
        }
        if (bytes[at] != '-') {
            return false;
        }
        for (int i = at + 1; i < end; i++) {
            if (bytes[i] == '-') {
                return false;
            }
        }
        return true;
    }
}
