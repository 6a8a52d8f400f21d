package io.strowger.router.core;

import io.strowger.codecs.Xxh64;
import io.strowger.router.state.TextStore;

/**
 * Hashing of names and numbers for the digest.
 */
final class Texts {
    private Texts() {
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
