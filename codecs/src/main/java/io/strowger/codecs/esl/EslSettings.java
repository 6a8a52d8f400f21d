package io.strowger.codecs.esl;

/**
 * What a translator must know about its source.
 *
 * @param source             the number that the router gave to the source.
 * @param tenant             the tenant that all facts of the source belong to.
 * @param minExtensionDigits fewest digits of an extension, from 1.
 * @param maxExtensionDigits most digits of an extension.
 * @param maxFrameLength     longest frame in bytes, headers and body, that is translated, from 1024; a longer one is counted, reported and
 *                           skipped.
 */
public record EslSettings(int source, int tenant, int minExtensionDigits, int maxExtensionDigits, int maxFrameLength) {
    /** Fewest digits of an extension where nothing else is said. */
    public static final int DEFAULT_MIN_EXTENSION_DIGITS = 2;

    /** Most digits of an extension where nothing else is said. */
    public static final int DEFAULT_MAX_EXTENSION_DIGITS = 6;

    /** Longest frame in bytes where nothing else is said. */
    public static final int DEFAULT_MAX_FRAME_LENGTH = 1 << 20;

    private static final int SMALLEST_MAX_FRAME_LENGTH = 1024;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when a value is out of its range.
     */
    public EslSettings {
        if (minExtensionDigits < 1 || maxExtensionDigits < minExtensionDigits) {
            throw new IllegalArgumentException("extension digits: " + minExtensionDigits + " to " + maxExtensionDigits);
        }
        if (maxFrameLength < SMALLEST_MAX_FRAME_LENGTH) {
            throw new IllegalArgumentException("maxFrameLength is " + maxFrameLength + ", must be from " + SMALLEST_MAX_FRAME_LENGTH);
        }
    }

    /**
     * Settings with the default of everything else.
     *
     * @return for extensions of 2 to 6 digits and frames up to 1 MiB.
     */
    public static EslSettings of(final int source, final int tenant) {
        return new EslSettings(
            source, tenant, DEFAULT_MIN_EXTENSION_DIGITS, DEFAULT_MAX_EXTENSION_DIGITS, DEFAULT_MAX_FRAME_LENGTH);
    }

    /**
     * The same with another longest frame.
     *
     * @param length in bytes, from 1024.
     */
    public EslSettings withMaxFrameLength(final int length) {
        return new EslSettings(source, tenant, minExtensionDigits, maxExtensionDigits, length);
    }

    /**
     * The same with another rule for local users: the name of a leg's presence or device is one when it is all digits, so many of them.
     */
    public EslSettings withExtensionDigits(final int fewest, final int most) {
        return new EslSettings(source, tenant, fewest, most, maxFrameLength);
    }
}
