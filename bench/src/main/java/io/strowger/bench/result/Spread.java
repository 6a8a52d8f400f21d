package io.strowger.bench.result;

import java.util.Arrays;

/**
 * Median, least and greatest of the rounds of one case. With an even number of rounds the median lies half-way between the middle two.
 *
 * @param median of the rounds.
 * @param min    least of the rounds.
 * @param max    greatest of the rounds.
 */
public record Spread(double median, double min, double max) {
    /**
     * Takes the spread of some rounds.
     *
     * @param rounds one value a round, in any order; left as they are.
     * @return their spread.
     * @throws IllegalArgumentException when there is no round, or one is not a number.
     */
    public static Spread of(final double... rounds) {
        if (0 == rounds.length) {
            throw new IllegalArgumentException("no round was measured");
        }
        final double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        if (Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("a round is not a number");
        }
        final int middle = sorted.length / 2;
        final double median = 1 == sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
