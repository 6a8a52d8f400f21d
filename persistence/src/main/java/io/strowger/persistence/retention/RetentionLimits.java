package io.strowger.persistence.retention;

/**
 * What a journal need not keep.
 *
 * @param maxAgeNs nanoseconds: a cycle may go when the journal time of its newest record is longer ago; {@link #NONE} for no limit.
 * @param maxBytes of all cycles together, in use and not as the holes in the files make them look; {@link #NONE} for no limit.
 */
public record RetentionLimits(long maxAgeNs, long maxBytes) {
    /** No limit. */
    public static final long NONE = Long.MAX_VALUE;

    /**
     * Limits, each from 0.
     *
     * @throws IllegalArgumentException when one is below.
     */
    public RetentionLimits {
        if (maxAgeNs < 0 || maxBytes < 0) {
            throw new IllegalArgumentException("a limit below 0: " + maxAgeNs + " ns, " + maxBytes + " bytes");
        }
    }
}
