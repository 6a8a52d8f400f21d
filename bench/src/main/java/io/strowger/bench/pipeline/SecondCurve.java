package io.strowger.bench.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * How many signals were through after each second of a window. One thread at a time.
 */
final class SecondCurve {
    private static final double NS_PER_SECOND = 1e9;
    private static final long HALF_NS = 500_000_000;

    private final List<Sample> samples = new ArrayList<>();

    /** Adds what was through after so long. */
    void add(final long elapsedNs, final long carried) {
        samples.add(new Sample(elapsedNs, carried));
    }

    /** No more signals come: what is left of a second counts as one when it is half of it or more, or the only one. */
    void end(final long elapsedNs, final long carried) {
        if (samples.isEmpty() || elapsedNs - samples.get(samples.size() - 1).elapsedNs >= HALF_NS) {
            add(elapsedNs, carried);
        }
    }

    /** Signals a second in the first second. */
    double first() {
        return rates()[0];
    }

    /** Signals a second in the slowest one. */
    double slowest() {
        double slowest = Double.MAX_VALUE;
        for (final double rate : rates()) {
            slowest = Math.min(slowest, rate);
        }
        return slowest;
    }

    /** A row a second: behind what the caller puts before it, nanoseconds since the beginning and signals through. */
    List<String> rows(final String before) {
        return samples.stream().map(sample -> before + "," + sample.elapsedNs + "," + sample.carried).toList();
    }

    private double[] rates() {
        final double[] rates = new double[samples.size()];
        Sample before = new Sample(0, 0);
        for (int i = 0; i < rates.length; i++) {
            final Sample sample = samples.get(i);
            rates[i] = (sample.carried - before.carried) * NS_PER_SECOND / (sample.elapsedNs - before.elapsedNs);
            before = sample;
        }
        return rates;
    }

    private record Sample(long elapsedNs, long carried) {
    }
}
