package io.strowger.codecs.kamailio;

/**
 * What a translator must know about its source.
 *
 * @param source             the number that the router gave to the source.
 * @param tenant             the tenant that all facts of the source belong to.
 * @param minExtensionDigits fewest digits of an extension, from 1.
 * @param maxExtensionDigits most digits of an extension.
 * @param maxBlockLength     longest JSON in bytes that is translated, from 512; a longer one is counted, reported and skipped.
 */
public record KamailioSettings(int source, int tenant, int minExtensionDigits, int maxExtensionDigits, int maxBlockLength) {
    /** Fewest digits of an extension where nothing else is said. */
    public static final int DEFAULT_MIN_EXTENSION_DIGITS = 2;

    /** Most digits of an extension where nothing else is said. */
    public static final int DEFAULT_MAX_EXTENSION_DIGITS = 6;

    /** Longest JSON in bytes where nothing else is said. */
    public static final int DEFAULT_MAX_BLOCK_LENGTH = 64 * 1024;

    private static final int SMALLEST_MAX_BLOCK_LENGTH = 512;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when a value is out of its range.
     */
    public KamailioSettings {
        if (minExtensionDigits < 1 || maxExtensionDigits < minExtensionDigits) {
            throw new IllegalArgumentException("extension digits: " + minExtensionDigits + " to " + maxExtensionDigits);
        }
        if (maxBlockLength < SMALLEST_MAX_BLOCK_LENGTH) {
            throw new IllegalArgumentException("maxBlockLength is " + maxBlockLength + ", must be from " + SMALLEST_MAX_BLOCK_LENGTH);
        }
    }

    /**
     * Settings with the default of everything else.
     *
     * @return for extensions of 2 to 6 digits and JSON up to 64 KiB.
     */
    public static KamailioSettings of(final int source, final int tenant) {
        return new KamailioSettings(
            source, tenant, DEFAULT_MIN_EXTENSION_DIGITS, DEFAULT_MAX_EXTENSION_DIGITS, DEFAULT_MAX_BLOCK_LENGTH);
    }

    /** The same with another rule for local users: the user part of a SIP address is one when it is all digits, so many of them. */
    public KamailioSettings withExtensionDigits(final int fewest, final int most) {
        return new KamailioSettings(source, tenant, fewest, most, maxBlockLength);
    }

    /**
     * The same with another longest JSON.
     *
     * @param length in bytes, from 512.
     */
    public KamailioSettings withMaxBlockLength(final int length) {
        return new KamailioSettings(source, tenant, minExtensionDigits, maxExtensionDigits, length);
    }
}
