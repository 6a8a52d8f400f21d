package io.strowger.bench.subscribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacerTest {
    private final List<Long> intended = new ArrayList<>();
    private long nowNs;

    @Test
    void shouldSendEachAtItsTime() {
        final Pacer pacer = new Pacer(() -> nowNs, () -> nowNs += 100);
        assertEquals(0, pacer.run(1_000_000, 5_000, intended::add));
        assertEquals(List.of(0L, 1_000L, 2_000L, 3_000L, 4_000L), intended);
        assertEquals(4_000, nowNs);
    }

    @Test
    void shouldKeepTheIntendedTimesWhenASendStallsAndSayHowLateItWas() {
        final Pacer pacer = new Pacer(() -> nowNs, () -> nowNs += 100);
        final long lateNs = pacer.run(1_000_000, 5_000, timeNs -> {
            intended.add(timeNs);
            nowNs += 1_000 == timeNs ? 10_000 : 0;
        });
        assertEquals(List.of(0L, 1_000L, 2_000L, 3_000L, 4_000L), intended);
        assertEquals(7_000, lateNs);
        assertTrue(Pacer.isMissed(lateNs, 5_000));
        assertFalse(Pacer.isMissed(lateNs, 5_000_000));
    }
}
