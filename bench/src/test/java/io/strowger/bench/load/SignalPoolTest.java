package io.strowger.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SignalPoolTest {
    private static final long SEED = 7;

    private final SignalPool pool = new SignalPool(64 * 1024);

    @Test
    void shouldGiveBackWhatWasPutInOrder() {
        final SplittableRandom random = new SplittableRandom(SEED);
        final byte[][] put = new byte[40][];
        for (int i = 0; i < put.length; i++) {
            put[i] = new byte[1 + random.nextInt(1344)];
            random.nextBytes(put[i]);
            pool.buffer().putBytes(pool.claim(), put[i]);
            pool.commit(put[i].length);
        }
        int place = 0;
        for (final byte[] expected : put) {
            final byte[] got = new byte[pool.length(place)];
            pool.buffer().getBytes(pool.signal(place), got);
            assertArrayEquals(expected, got, "seed " + SEED);
            assertEquals(0, pool.signal(place) % Long.BYTES);
            place = pool.next(place);
        }
        assertEquals(pool.bytes(), place);
        assertEquals(put.length, pool.count());
    }

    @Test
    void shouldSayWhenTheLargestSignalFitsNoMore() {
        final int largest = 1344;
        int taken = 0;
        while (pool.hasRoom()) {
            pool.claim();
            pool.commit(largest);
            taken++;
        }
        assertEquals(64 * 1024 / (largest + 8), taken);
        pool.clear();
        assertTrue(pool.hasRoom());
        assertEquals(0, pool.count());
        assertFalse(new SignalPool(1024).hasRoom());
    }
}
