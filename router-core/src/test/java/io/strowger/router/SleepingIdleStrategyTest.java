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
    private static final int ROUNDS = 4_000;
    private static final int ROUNDS_SLOW = 400_000;
    private static final int TRIES = 256;

    private final SleepingIdleStrategy[] strategies = new SleepingIdleStrategy[TRIES];
    private final AtomicInteger[] shown = new AtomicInteger[TRIES];
    private final int[] seen = new int[TRIES];

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
        tire();
        new Race(rounds).run(
            round -> {
                for (int i = 0; i < TRIES; i++) {
                    // the turn that announces the sleep, then the last look before it
                    strategies[i].idle();
                    seen[i] = shown[i].getAcquire();
                }
            },
            round -> {
                for (int i = 0; i < TRIES; i++) {
                    shown[i].setRelease(round);
                    VarHandle.fullFence();
                    strategies[i].wake();
                }
            },
            round -> {
                for (int i = 0; i < TRIES; i++) {
                    assertTrue(seen[i] == round || !strategies[i].isAsleep(),
                        "round " + round + ": the work was not seen, and nobody will wake the thread");
                    // the next turn announces again
                    strategies[i].wake();
                }
            });
    }

    /** Brings each to the turn before the announcement. */
    private void tire() {
        for (int i = 0; i < TRIES; i++) {
            shown[i] = new AtomicInteger();
            strategies[i] = new SleepingIdleStrategy();
            for (int turn = 0; turn < RouterConfiguration.IDLE_SPINS + RouterConfiguration.IDLE_YIELDS; turn++) {
                strategies[i].idle();
            }
        }
    }
}
