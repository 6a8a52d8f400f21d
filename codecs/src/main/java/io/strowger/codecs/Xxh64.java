package io.strowger.codecs;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * The hash XXH64 over a slice of a buffer: the output chain, the keyed index and the digest are made of it.
 *
 * <p>Source: the XXH64 algorithm description of the xxHash project, version 0.1.1. One bounds check a call, then raw little-endian
 * reads. Stateless; any thread; allocates nothing.
 */
public final class Xxh64 {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private Xxh64() {
    }

    /**
     * Hashes a slice.
     *
     * @param buffer holds it.
     * @param offset of its first byte.
     * @param length in bytes, may be 0.
     * @param seed   any number.
     * @return the 64-bit hash.
     * @throws IndexOutOfBoundsException when the slice is not within the buffer and bounds checks are on.
     */
    public static long hash(final DirectBuffer buffer, final int offset, final int length, final long seed) {
        if (DirectBuffer.SHOULD_BOUNDS_CHECK) {
            buffer.boundsCheck(offset, length);
        }
        final byte[] array = buffer.byteArray();
        final long start = buffer.addressOffset() + offset;
        final long end = start + length;
        long at = start;
        long hash;
        if (length >= 32) {
            long v1 = seed + PRIME_1 + PRIME_2;
            long v2 = seed + PRIME_2;
            long v3 = seed;
            long v4 = seed - PRIME_1;
            for (final long limit = end - 32; at <= limit; at += 32) {
                v1 = round(v1, RawBytes.getLong(array, at));
                v2 = round(v2, RawBytes.getLong(array, at + 8));
                v3 = round(v3, RawBytes.getLong(array, at + 16));
                v4 = round(v4, RawBytes.getLong(array, at + 24));
            }
            hash = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12) + Long.rotateLeft(v4, 18);
            hash = merge(merge(merge(merge(hash, v1), v2), v3), v4);
        } else {
            hash = seed + PRIME_5;
        }
        return tail(array, at, end, hash + length);
    }

    /**
     * Mixes a number so that each of its bits touches each bit of the result (the final step of XXH64).
     */
    public static long mix(final long value) {
        long hash = value;
        hash = (hash ^ (hash >>> 33)) * PRIME_2;
        hash = (hash ^ (hash >>> 29)) * PRIME_3;
        return hash ^ (hash >>> 32);
    }

    private static long tail(final byte[] array, final long from, final long end, final long start) {
        long hash = start;
        long at = from;
        for (; at + 8 <= end; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, RawBytes.getLong(array, at)), 27) * PRIME_1 + PRIME_4;
        }
        if (at + 4 <= end) {
            hash = Long.rotateLeft(hash ^ ((RawBytes.getInt(array, at) & 0xFFFFFFFFL) * PRIME_1), 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < end; at++) {
            hash = Long.rotateLeft(hash ^ ((UnsafeApi.getByte(array, at) & 0xFFL) * PRIME_5), 11) * PRIME_1;
        }
        return mix(hash);
    }

    private static long round(final long accumulator, final long input) {
        return Long.rotateLeft(accumulator + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(final long hash, final long accumulator) {
        return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
    }
}
