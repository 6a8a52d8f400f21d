package io.strowger.codecs.translate;

import java.nio.charset.StandardCharsets;

/**
 * Reads the small texts inside values: words, numbers, times.
 *
 * <p>Stateless; any thread; allocates nothing but in {@link #bytes}.
 */
public final class AsciiText {
    private static final int MAX_DIGITS = 18;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;

    private AsciiText() {
    }

    /** The bytes of an ASCII text, for constants. */
    public static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Lower case of an ASCII letter; any other byte as it is. */
    public static byte lower(final byte value) {
        return value >= 'A' && value <= 'Z' ? (byte)(value + ('a' - 'A')) : value;
    }

    /** Whether the byte is an ASCII digit. */
    public static boolean isDigit(final byte value) {
        return value >= '0' && value <= '9';
    }

    /**
     * Value of a hexadecimal digit.
     *
     * @return 0 to 15, or -1 when it is none.
     */
    public static int hex(final byte value) {
        if (isDigit(value)) {
            return value - '0';
        }
        final byte letter = lower(value);
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /** Whether the bytes are the word. */
    public static boolean equals(final byte[] bytes, final int offset, final int length, final byte[] word) {
        if (length != word.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[offset + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the bytes begin with the word, without regard to the case of ASCII letters.
     *
     * @param word in lower case.
     */
    public static boolean beginsIgnoringCase(final byte[] bytes, final int offset, final int length, final byte[] word) {
        if (length < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (lower(bytes[offset + i]) != word[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the bytes are the word, without regard to the case of ASCII letters.
     *
     * @param word in lower case.
     */
    public static boolean equalsIgnoringCase(final byte[] bytes, final int offset, final int length, final byte[] word) {
        return length == word.length && beginsIgnoringCase(bytes, offset, length, word);
    }

    /**
     * Reads a decimal number.
     *
     * @return it, or {@code absent} when it is not 1 to 18 digits.
     */
    public static long number(final byte[] bytes, final int offset, final int length, final long absent) {
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
    public static long timeNs(final byte[] bytes, final int offset, final int length, final long absent) {
        int point = offset;
        while (point < offset + length && bytes[point] != '.') {
            point++;
        }
        final long seconds = number(bytes, offset, point - offset, -1);
        if (seconds < 0 || seconds >= Long.MAX_VALUE / NS_PER_SECOND) {
            return absent;
        }
        if (point == offset + length) {
            return seconds * NS_PER_SECOND;
        }
        final int digits = Math.min(offset + length - point - 1, NANO_DIGITS);
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
     * Whether the bytes are an extension: all digits, so many of them.
     *
     * @param fewest digits of an extension.
     * @param most   digits of an extension.
     */
    public static boolean isExtension(final byte[] bytes, final int offset, final int length, final int fewest, final int most) {
        if (length < fewest || length > most) {
            return false;
        }
        for (int i = offset; i < offset + length; i++) {
            if (!isDigit(bytes[i])) {
                return false;
            }
        }
        return true;
    }
}
