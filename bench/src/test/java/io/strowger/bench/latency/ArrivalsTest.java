package io.strowger.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final double EXACT = 0.001;

    private long nowNs;
    private final Arrivals arrivals = new Arrivals(() -> nowNs);

    @Test
    void shouldTellThePercentilesOfAKnownSeries() {
        arrivals.countFrom(0);
        nowNs = 10_000_000;
        for (int us = 10_000; us >= 1; us--) {
            arrivals.take(nowNs - us * 1_000L);
        }
        final LatencyWindow window = new LatencyWindow("a", 1, 1, 0, false, arrivals.waitsNs());
        assertEquals(5_000, window.us(50), 5_000 * EXACT);
        assertEquals(9_900, window.us(99), 9_900 * EXACT);
        assertEquals(9_990, window.us(99.9), 9_990 * EXACT);
        assertEquals(9_999, window.us(99.99), 9_999 * EXACT);
        assertEquals(10_000, window.us(100), 10_000 * EXACT);
    }

    @Test
    void shouldCountNothingThatWasMeantToBeSentEarlier() {
        arrivals.take(0);
        arrivals.countFrom(1_000);
        nowNs = 5_000;
        arrivals.take(999);
        arrivals.take(1_000);
        assertEquals(1, arrivals.waitsNs().getTotalCount());
        assertEquals(4.0, new LatencyWindow("a", 1, 1, 0, false, arrivals.waitsNs()).us(100), 4 * EXACT);
    }
}
