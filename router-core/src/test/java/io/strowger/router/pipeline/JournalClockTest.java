package io.strowger.router.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * Journal time, whatever the clock does.
 */
class JournalClockTest {
    private long nowNs = 10_000;
    private final JournalClock clock = new JournalClock(JournalTime.WALL, () -> nowNs);

    @Test
    void shouldBeTheClocksAndOnceABatch() {
        assertEquals(10_000, read());
        nowNs += 5;
        assertEquals(10_000, clock.now());
        assertEquals(10_005, read());
        assertEquals(10_005, clock.shownNs());
    }

    @Test
    void shouldGoOnAtHalfThePaceOfAClockThatWasSetBackUntilItHasComeUp() {
        read();
        nowNs -= 1_000;
        assertEquals(10_000, read());
        nowNs += 400;
        assertEquals(10_200, read());
        nowNs += 400;
        assertEquals(10_400, read());
        nowNs -= 5_000;
        assertEquals(10_400, read());
        nowNs += 10_000;
        assertEquals(nowNs, read());
        nowNs += 7;
        assertEquals(nowNs, read());
    }

    @Test
    void shouldGoOnBehindAJournalThatIsAheadOfTheClock() {
        clock.startBehind(20_000);
        assertEquals(20_000, clock.shownNs());
        assertEquals(20_000, read());
        nowNs += 10;
        assertEquals(20_005, read());
        assertEquals(20_005, clock.shownNs());
    }

    private long read() {
        clock.beginBatch();
        return clock.now();
    }
}
