package io.strowger.router.status;

import org.agrona.concurrent.NanoClock;

/**
 * Measures the turns of one duty cycle and counts the long ones. The clock is read once a turn: a busy turn lasts until the next begins;
 * the time behind an idle turn, when the thread may sleep, is not measured.
 *
 * <p>Owned by the thread of its duty cycle.
 */
public final class DutyCycle {
    private final NanoClock clock;
    private final RouterCounters counters;
    private final RouterCounter maxCycle;
    private final RouterCounter stalls;
    private final long stallThresholdNs;
    private long turnBeganNs;
    private boolean wasBusy;

    /**
     * A measure that has seen no turn.
     *
     * @param clock            read once a turn.
     * @param counters         written to.
     * @param maxCycle         counter of the longest turn in nanoseconds.
     * @param stalls           counter of the turns longer than the threshold.
     * @param stallThresholdNs in nanoseconds.
     */
    public DutyCycle(final NanoClock clock, final RouterCounters counters, final RouterCounter maxCycle, final RouterCounter stalls,
                     final long stallThresholdNs) {
        this.clock = clock;
        this.counters = counters;
        this.maxCycle = maxCycle;
        this.stalls = stalls;
        this.stallThresholdNs = stallThresholdNs;
    }

    /**
     * Begins a turn, which ends the turn before it.
     */
    public void beginTurn() {
        final long nowNs = clock.nanoTime();
        if (wasBusy) {
            final long cycleNs = nowNs - turnBeganNs;
            counters.proposeMax(maxCycle, cycleNs);
            if (cycleNs > stallThresholdNs) {
                counters.increment(stalls);
            }
        }
        turnBeganNs = nowNs;
    }

    /**
     * When the turn began, by the clock.
     *
     * @return in nanoseconds since any moment.
     */
    public long beganNs() {
        return turnBeganNs;
    }

    /**
     * Says whether the turn found work.
     *
     * @param workCount 0 for an idle turn.
     * @return the count.
     */
    public int endTurn(final int workCount) {
        wasBusy = 0 != workCount;
        return workCount;
    }
}
