package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.Race;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void shouldSpinForATimeHoweverLongATurnIsAndYieldToNobodyBeforeItSleeps() {
        for (final long turnNs : new long[] {0, 150, 12_000}) {
            final long[] nowNs = {1};
            final List<Long> slept = new ArrayList<>();
            final SleepingIdleStrategy core = SleepingIdleStrategy.ofCore(() -> nowNs[0], slept::add);
            for (int turn = 0; turn < 1_000; turn++) {
                core.idle();
                nowNs[0] += nowNs[0] > RouterConfiguration.CORE_IDLE_SPIN_NS - turnNs ? 0 : turnNs;
            }
            assertTrue(slept.isEmpty() && !core.isAsleep(), turnNs + " ns a turn: it spins for 50 us");
            nowNs[0] = RouterConfiguration.CORE_IDLE_SPIN_NS + 13_000 * 9;
            for (int turn = 0; turn < 9 && !core.isAsleep(); turn++) {
                core.idle();
            }
            assertTrue(core.isAsleep(), turnNs + " ns a turn: it announces its sleep");
            core.idle();
            assertEquals(List.of(RouterConfiguration.IDLE_MAX_PARK_NS), slept);
            core.reset();
            core.idle();
            assertEquals(1, slept.size(), "it spins again behind work");
        }
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
