package io.strowger.router.core;

import io.strowger.codecs.Xxh64;
import io.strowger.router.state.TextStore;
import org.agrona.DirectBuffer;

/**
 * Comparing, keeping and hashing of names.
 */
final class Texts {
    private Texts() {
    }

    /**
     * Compares two slices of one length.
     */
    static boolean equal(final DirectBuffer one, final int oneOffset, final DirectBuffer other, final int otherOffset, final int length) {
        for (int i = 0; i < length; i++) {
            if (one.getByte(oneOffset + i) != other.getByte(otherOffset + i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Hashes a kept text for the digest.
     */
    static long hash(final TextStore texts, final int handle, final long seed) {
        return Xxh64.hash(texts.buffer(handle), texts.offset(handle), texts.length(handle), seed);
    }

    /**
     * Hashes a number for the digest.
     */
    static long hash(final long value, final long seed) {
        return Xxh64.mix(value + seed * 0x9E3779B97F4A7C15L);
    }
}
