package io.strowger.router.source;

import io.strowger.codecs.Xxh64;
import java.security.SecureRandom;

/**
 * The numbers by which a source knows its actions: the sequences of their records under a key of the connection's own, so that they tell
 * nothing of how much other tenants journal. From 0 to 2^52 - 1, which every JSON reader keeps whole.
 *
 * <pre>
 *   sequence   | left 26 bits | right 26 bits |  ──► eight rounds: left ^= mix(right, key of the round), then both change places
 * </pre>
 *
 * <p>A Feistel network: what it makes of a sequence it turns back, and a number of another connection's is that of no action here, but by a
 * chance of one in 2^52 for each that is pending. Immutable; any thread; allocates nothing after construction.
 */
final class ActionNumbers {
    private static final int ROUNDS = 8;
    private static final int HALF = 26;
    private static final long MASK = (1L << HALF) - 1;
    private static final long GREATEST = (1L << (2 * HALF)) - 1;

    private final long[] keys = new long[ROUNDS];

    /** Under keys that nobody can guess. */
    ActionNumbers() {
        final SecureRandom random = new SecureRandom();
        for (int round = 0; round < ROUNDS; round++) {
            keys[round] = random.nextLong();
        }
    }

    /** The number of the action with this sequence; a sequence too great for one stays as it is. */
    long of(final long sequence) {
        if (!isInRange(sequence)) {
            return sequence;
        }
        long left = sequence >>> HALF;
        long right = sequence & MASK;
        for (int round = 0; round < ROUNDS; round++) {
            final long next = left ^ mix(right, round);
            left = right;
            right = next;
        }
        return left << HALF | right;
    }

    /** The sequence of the action with this number. */
    long sequence(final long number) {
        if (!isInRange(number)) {
            return number;
        }
        long left = number >>> HALF;
        long right = number & MASK;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            final long before = right ^ mix(left, round);
            right = left;
            left = before;
        }
        return left << HALF | right;
    }

    private long mix(final long half, final int round) {
        return Xxh64.mix(half ^ keys[round]) & MASK;
    }

    private static boolean isInRange(final long value) {
        return value >= 0 && value <= GREATEST;
    }
}
