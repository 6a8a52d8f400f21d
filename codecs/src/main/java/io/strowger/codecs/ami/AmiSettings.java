package io.strowger.codecs.ami;

/**
 * What a translator must know about its source.
 *
 * @param source                the number that the router gave to the source.
 * @param tenant                the tenant that all facts of the source belong to.
 * @param minExtensionDigits    fewest digits of an extension, from 1.
 * @param maxExtensionDigits    most digits of an extension.
 * @param bareLineFeedEndsLine  true only for a very old server that ends lines with a bare LF: values can then forge events.
 * @param maxBlockLength        longest block in bytes that is translated, from 512; a longer one is counted, reported and skipped.
 */
public record AmiSettings(
    int source, int tenant, int minExtensionDigits, int maxExtensionDigits, boolean bareLineFeedEndsLine, int maxBlockLength) {

    /** Fewest digits of an extension where nothing else is said. */
    public static final int DEFAULT_MIN_EXTENSION_DIGITS = 2;

    /** Most digits of an extension where nothing else is said. */
    public static final int DEFAULT_MAX_EXTENSION_DIGITS = 6;

    /** Longest block in bytes where nothing else is said. */
    public static final int DEFAULT_MAX_BLOCK_LENGTH = 1 << 20;

    private static final int SMALLEST_MAX_BLOCK_LENGTH = 512;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when a value is out of its range.
     */
    public AmiSettings {
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
     * @return for extensions of 2 to 6 digits, CRLF line ends and blocks up to 1 MiB.
     */
    public static AmiSettings of(final int source, final int tenant) {
        return new AmiSettings(
            source, tenant, DEFAULT_MIN_EXTENSION_DIGITS, DEFAULT_MAX_EXTENSION_DIGITS, false, DEFAULT_MAX_BLOCK_LENGTH);
    }

    /**
     * The same for a server that ends lines with a bare LF.
     */
    public AmiSettings withBareLineFeedEndsLine() {
        return new AmiSettings(source, tenant, minExtensionDigits, maxExtensionDigits, true, maxBlockLength);
    }

    /**
     * The same with another longest block.
     *
     * @param length in bytes, from 512.
     */
    public AmiSettings withMaxBlockLength(final int length) {
        return new AmiSettings(source, tenant, minExtensionDigits, maxExtensionDigits, bareLineFeedEndsLine, length);
    }

    /**
     * The same with another rule for local users: the NAME of {@code TECH/NAME-serial} is one when it is all digits, so many of them.
     */
    public AmiSettings withExtensionDigits(final int fewest, final int most) {
        return new AmiSettings(source, tenant, fewest, most, bareLineFeedEndsLine, maxBlockLength);
    }
}
