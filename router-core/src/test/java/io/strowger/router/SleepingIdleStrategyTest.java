package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.Race;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that is shown while a thread goes to sleep is either seen by the thread, or wakes it. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class SleepingIdleStrategyTest {
    private static final int ROUNDS = 300_000;
    private static final int ROUNDS_SLOW = 20_000_000;

    private final SleepingIdleStrategy strategy = new SleepingIdleStrategy();
    private final AtomicInteger shown = new AtomicInteger();
    private int seen;

    @Test
    void shouldLoseNoWorkWhenItIsShownAsTheThreadGoesToSleep() throws InterruptedException {
        race(ROUNDS);
    }

    @Test
    @Tag("slow")
    void shouldLoseNoWorkWhenItIsShownManyTimes() throws InterruptedException {
        race(ROUNDS_SLOW);
    }

    private void race(final int rounds) throws InterruptedException {
        final int[] ways = new int[2];
        tire();
        new Race(rounds).run(
            round -> {
                // the turn that announces the sleep, then the last look before it
                strategy.idle();
                seen = shown.getAcquire();
            },
            round -> {
                shown.setRelease(round);
                VarHandle.fullFence();
                strategy.wake();
            },
            round -> {
                assertTrue(seen == round || !strategy.isAsleep(), () -> "round " + round + ": not seen, and nobody will wake the thread");
                ways[seen == round ? 1 : 0]++;
                tire();
            });
        assertTrue(ways[0] > 0 && ways[1] > 0, "one side always came first: " + ways[0] + " and " + ways[1]);
    }

    /** Brings it to the turn before the announcement. */
    private void tire() {
        strategy.reset();
        for (int i = 0; i < RouterConfiguration.IDLE_SPINS + RouterConfiguration.IDLE_YIELDS; i++) {
            strategy.idle();
        }
    }
}
