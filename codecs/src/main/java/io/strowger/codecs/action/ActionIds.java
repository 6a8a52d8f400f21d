package io.strowger.codecs.action;

import io.strowger.codecs.translate.AsciiText;

/**
 * Ids of commands: unique for the life of a connection and beyond, and without a word of what the command holds. They have the form of a
 * UUID, so that a call router which wants one for a leg or a job takes them too.
 *
 * <pre>
 *   e e e e e e e e - e e e e - 8 e e e - 8 c c c - c c c c c c c c c c c c
 *   epoch, 60 bits                         counter, 60 bits                     8: version and variant
 * </pre>
 *
 * <p>The epoch is an instant in nanoseconds (60 bits of it: it comes again after 36 years), the counter begins at 1 and goes on over the
 * connections. One thread; allocates nothing.
 */
public final class ActionIds {
    /** Length of an id in bytes. */
    public static final int LENGTH = 36;

    /** Returned for bytes that are no id of these. */
    public static final long NONE = 0;

    private static final int DIGITS = 15;
    private static final long MASK = (1L << (4 * DIGITS)) - 1;
    private static final int DIGIT_BITS = 4;
    /** {@code e} and {@code c} stand for the digits of epoch and counter, any other byte for itself. */
    private static final byte[] FORM = AsciiText.bytes("eeeeeeee-eeee-8eee-8ccc-cccccccccccc");
    private static final byte[] HEX = AsciiText.bytes("0123456789abcdef");

    private final long epoch;
    private long counter;

    /**
     * Ids of one run of a router.
     *
     * @param epochNs when the run began, in nanoseconds since 1970: another one for each run.
     */
    public ActionIds(final long epochNs) {
        epoch = epochNs & MASK;
    }

    /**
     * The next number, never given before.
     *
     * @return from 1.
     */
    public long next() {
        counter++;
        return counter;
    }

    /** Whether the number has been given. */
    public boolean isGiven(final long number) {
        return number > NONE && number <= counter;
    }

    /**
     * Writes the id of a number, {@link #LENGTH} bytes.
     *
     * @param number from {@link #next()}.
     */
    public void write(final long number, final byte[] bytes, final int offset) {
        int epochShift = DIGIT_BITS * DIGITS;
        int counterShift = epochShift;
        for (int i = 0; i < LENGTH; i++) {
            if ('e' == FORM[i]) {
                epochShift -= DIGIT_BITS;
                bytes[offset + i] = digit(epoch, epochShift);
            } else if ('c' == FORM[i]) {
                counterShift -= DIGIT_BITS;
                bytes[offset + i] = digit(number, counterShift);
            } else {
                bytes[offset + i] = FORM[i];
            }
        }
    }

    /**
     * Reads an id.
     *
     * @return its number, or {@link #NONE} when the bytes are no id that has been given in this run.
     */
    public long parse(final byte[] bytes, final int offset, final int length) {
        if (LENGTH != length) {
            return NONE;
        }
        long readEpoch = 0;
        long number = 0;
        for (int i = 0; i < LENGTH; i++) {
            final byte value = bytes[offset + i];
            final boolean isDigit = 'e' == FORM[i] || 'c' == FORM[i];
            final int digit = isDigit ? AsciiText.hex(value) : 0;
            if (digit < 0 || (!isDigit && value != FORM[i])) {
                return NONE;
            }
            if ('e' == FORM[i]) {
                readEpoch = (readEpoch << DIGIT_BITS) | digit;
            } else if ('c' == FORM[i]) {
                number = (number << DIGIT_BITS) | digit;
            }
        }
        return readEpoch == epoch && isGiven(number) ? number : NONE;
    }

    private static byte digit(final long value, final int shift) {
        return HEX[(int)(value >>> shift) & 0xF];
    }
}
