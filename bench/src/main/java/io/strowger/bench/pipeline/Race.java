package io.strowger.bench.pipeline;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Runs contenders in turn, A B C A B C, each round on the next signals of one traffic.
 */
public final class Race {
    private final List<Contender> contenders;
    private final LongSupplier nanoClock;
    private final LongSupplier cpuClock;

    /**
     * A race between these.
     *
     * @param contenders in the order of each round.
     * @param nanoClock  monotonic, nanoseconds.
     * @param cpuClock   processor time of the process so far, nanoseconds.
     */
    public Race(final List<Contender> contenders, final LongSupplier nanoClock, final LongSupplier cpuClock) {
        this.contenders = contenders;
        this.nanoClock = nanoClock;
        this.cpuClock = cpuClock;
    }

    /**
     * Opens the sessions of the traffic in every contender.
     *
     * @param traffic before its first signal.
     * @param pool    to carry them.
     */
    public void preload(final Traffic traffic, final SignalPool pool) {
        while (traffic.preload(pool)) {
            contenders.forEach(contender -> contender.preload(pool));
        }
    }

    /**
     * Runs all rounds.
     *
     * @param traffic  after its preload.
     * @param pool     with room for a round.
     * @param signals  a round.
     * @param warmUps  rounds that are not counted.
     * @param measured rounds that are.
     * @return the measured windows of each contender by its name, in the order of the rounds.
     */
    public Map<String, List<Window>> run(
        final Traffic traffic, final SignalPool pool, final int signals, final int warmUps, final int measured) {
        final Map<String, List<Window>> windows = new LinkedHashMap<>();
        contenders.forEach(contender -> windows.put(contender.name(), new ArrayList<>()));
        for (int round = 0; round < warmUps + measured; round++) {
            traffic.fill(pool, signals);
            for (final Contender contender : contenders) {
                final Window window = window(contender, pool);
                if (round >= warmUps) {
                    windows.get(contender.name()).add(window);
                }
            }
        }
        return windows;
    }

    private Window window(final Contender contender, final SignalPool pool) {
        contender.open();
        final long cpu = cpuClock.getAsLong();
        final long start = nanoClock.getAsLong();
        contender.run(pool);
        final long wallNs = nanoClock.getAsLong() - start;
        final long cpuNs = cpuClock.getAsLong() - cpu;
        contender.settle(pool);
        return new Window(pool.count(), wallNs, cpuNs);
    }
}
