package io.strowger.ops.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final long SECOND_NS = 1_000_000_000;

    @Test
    void shouldCountTheGapsThatARouterWouldFeel() {
        final Iterator<Long> readings = Arrays.asList(5L, 25L, 20_025L, 40_026L, 1_040_026L, 3_040_026L, 10_000_005L).iterator();
        final Standstill still = Standstill.spin(readings::next, 10_000_000);
        assertEquals(new Standstill(10_000_000, 20_001 + 1_000_000 + 2_000_000 + 6_959_979, 2_000_000 + 6_959_979, 6_959_979), still);
        assertEquals(99.8, still.percent(), 0.01);
        assertEquals(89.6, still.longPercent(), 0.01);
    }

    @Test
    void shouldWatchAllThreadsTogether() throws InterruptedException {
        final Standstill still = Standstill.measure(2, SECOND_NS / 100);
        assertTrue(still.spunNs() >= SECOND_NS / 50, still.toString());
        assertTrue(still.longNs() <= still.stillNs() && still.stillNs() <= still.spunNs(), still.toString());
    }

    @Test
    void shouldWarnWhenAHundredthOfTheTimeIsLost() {
        assertEquals(Finding.Level.OK, SystemChecks.standstill(new Standstill(SECOND_NS, 9_000_000, 900_000, 900_000)).level());
        final Finding finding = SystemChecks.standstill(new Standstill(SECOND_NS, 21_000_000, 4_000_000, 2_500_000));
        assertEquals(Finding.Level.WARN, finding.level());
        assertEquals("2.1 % of the time (0.4 % for more than 1 ms, longest 2.5 ms): it is in every p99", finding.text());
    }
}
