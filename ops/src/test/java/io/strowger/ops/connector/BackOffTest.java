package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final double ALMOST_ONE = Math.nextDown(1.0);

    @Test
    void shouldDoubleUpToCapWhenTryFollowsTry() {
        final BackOff backOff = new BackOff(500, 30_000, () -> ALMOST_ONE);
        assertEquals("500 1000 2000 4000 8000 16000 30000 30000 30000", waits(backOff, 9));
        backOff.reset();
        assertEquals("500 1000", waits(backOff, 2));
    }

    @Test
    void shouldWaitHalfAtLeastWhenChanceIsLow() {
        assertEquals("250 500 1000 2000 4000 8000 15000 15000", waits(new BackOff(500, 30_000, () -> 0), 8));
    }

    @Test
    void shouldStayBetweenHalfAndAllWhenByChance() {
        final long seed = System.nanoTime();
        System.err.println("seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            final BackOff backOff = new BackOff(500, 30_000, random::nextDouble);
            long whole = 500;
            for (int attempt = 0; attempt < 10; attempt++) {
                final long waited = backOff.next();
                assertTrue(waited >= whole / 2 && waited <= whole, attempt + ": " + waited + ", seed " + seed);
                whole = Math.min(30_000, 2 * whole);
            }
        }
    }

    @Test
    void shouldWaitLongestAtOnceWhenRefused() {
        final BackOff backOff = new BackOff(500, 30_000, () -> ALMOST_ONE);
        assertEquals(30_000, backOff.longest());
        assertEquals(30_000, backOff.next());
    }

    @Test
    void shouldKeepWithinLimitsWhenTheyAreLeastAndMost() {
        assertEquals("1 1 1", waits(new BackOff(1, 1, () -> 0), 3));
        assertEquals(Integer.MAX_VALUE, new BackOff(Integer.MAX_VALUE, Integer.MAX_VALUE, () -> ALMOST_ONE).next());
    }

    private static String waits(final BackOff backOff, final int count) {
        return String.join(" ", LongStream.range(0, count).mapToObj(i -> Long.toString(backOff.next())).toList());
    }
}
