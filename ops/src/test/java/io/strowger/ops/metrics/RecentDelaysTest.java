package io.strowger.ops.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RecentDelaysTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nowNs = new AtomicLong();
    private final EventDelay delay = new EventDelay(nowNs::get);
    private final RecentDelays recent = new RecentDelays(delay);
    /** An event whose source time is 0: it takes as long as it is late. */
    private final UnsafeBuffer block = new UnsafeBuffer(new byte[1_024]);

    @Test
    void shouldTellOfTheLastTenSecondsAlone() {
        assertEquals(new RecentDelays.Summary(0, 0, 0, 0, 0, 0), recent.summary());
        recent.sample(0);
        event(5_000_000_000L);
        for (int second = 1; second <= 11; second++) {
            for (int i = 1; i <= 100; i++) {
                event(i * 1_000_000L);
            }
            recent.sample(second * SECOND);
        }
        final RecentDelays.Summary summary = recent.summary();
        assertEquals("10.0 1000 100.0", summary.seconds() + " " + summary.events() + " " + summary.eventsPerSecond());
        assertAbout(50_000, summary.p50Us());
        assertAbout(99_000, summary.p99Us());
        assertAbout(100_000, summary.maxUs());
    }

    @Test
    void shouldCountEachNumberInABucketThatIsAtMostAnEighthWide() {
        for (long value = 0; value >= 0 && value < Long.MAX_VALUE / 2; value += 1 + value / 7) {
            final int bucket = LogHistogram.bucket(value);
            final long largest = LogHistogram.largest(bucket);
            assertTrue(value <= largest && largest - value <= value / 8, value + " up to " + largest);
            assertTrue(0 == bucket || LogHistogram.largest(bucket - 1) < value, value + " is in the bucket before, too");
        }
    }

    private void event(final long delayNs) {
        nowNs.set(delayNs);
        delay.onEvent(block, 0);
        delay.onBlock(block, 0, 0);
    }

    private static void assertAbout(final long right, final long said) {
        assertTrue(said >= right && said <= right * 9 / 8 + 1, said + " is about " + right);
    }
}
