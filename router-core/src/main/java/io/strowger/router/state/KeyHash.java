package io.strowger.router.state;

import org.agrona.DirectBuffer;

/**
 * The hash of a {@link KeyedTable}: XXH64, but in tests of collisions.
 */
@FunctionalInterface
interface KeyHash {
    /**
     * Hashes a slice.
     *
     * @param length in bytes, may be 0.
     * @param seed   of the table, mixed with the scope.
     */
    long hash(DirectBuffer buffer, int offset, int length, long seed);
}
