package io.strowger.bench.latency;

import io.strowger.bench.BenchOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * How long and how fast.
 *
 * @param rate      of the pairs, messages a second.
 * @param pairs     that are measured, each a window with and one without a journal, and one of the yardstick.
 * @param pairMs    length of such a window.
 * @param firstRate of the climb; each further one is twice the one before.
 * @param lastRate  that is not passed, however well it went.
 * @param rounds    of each case at each rate, an odd number.
 * @param climbMs   length of such a window; 0 for no climb.
 * @param sessions  open at a time.
 */
record LatencySizes(int rate, int pairs, int pairMs, int firstRate, int lastRate, int rounds, int climbMs, int sessions) {
    /** As the command line knows them. */
    static final Set<String> NAMES = Set.of("rate", "pairs", "pair-ms", "first-rate", "last-rate", "rounds", "climb-ms", "sessions");

    /** Of a run that counts. */
    static final LatencySizes OWN = new LatencySizes(200_000, 10, 6_000, 50_000, 12_800_000, 3, 800, 10_000);

    /** Of a run that shows that it works. */
    static final LatencySizes QUICK = new LatencySizes(20_000, 1, 400, 10_000, 20_000, 1, 200, 1_000);

    private static final int COUNT = 8;
    private static final int MOST_MS = 600_000;

    /**
     * What the command line asks for, in place of these.
     *
     * @param options as {@code --set rate=100000}.
     * @throws IllegalArgumentException when a size is out of its range.
     */
    LatencySizes with(final BenchOptions options) {
        final LatencySizes sizes = new LatencySizes(options.size("rate", rate), options.size("pairs", pairs),
            options.size("pair-ms", pairMs), options.size("first-rate", firstRate), options.size("last-rate", lastRate),
            options.size("rounds", rounds), options.size("climb-ms", climbMs), options.size("sessions", sessions));
        sizes.check();
        return sizes;
    }

    private void check() {
        final boolean hasRates = rate > 0 && firstRate > 0 && lastRate > 0 && lastRate <= Integer.MAX_VALUE / 2;
        final boolean hasTimes = pairs >= 0 && pairMs > 0 && pairMs <= MOST_MS && climbMs >= 0 && climbMs <= MOST_MS;
        if (!hasRates || !hasTimes || 1 != rounds % 2 || sessions < 1) {
            throw new IllegalArgumentException("sizes that can't be: " + this);
        }
    }

    /** As arguments of a process. */
    List<String> arguments() {
        return Arrays.stream(new int[] {rate, pairs, pairMs, firstRate, lastRate, rounds, climbMs, sessions})
            .mapToObj(Integer::toString).toList();
    }

    /** Reads {@link #arguments()}, which stand first. */
    static LatencySizes of(final String[] arguments) {
        final IntUnaryOperator size = index -> Integer.parseInt(arguments[index]);
        return new LatencySizes(size.applyAsInt(0), size.applyAsInt(1), size.applyAsInt(2), size.applyAsInt(3), size.applyAsInt(4),
            size.applyAsInt(5), size.applyAsInt(6), size.applyAsInt(7));
    }

    /** The argument behind them. */
    static String rest(final String[] arguments, final int index) {
        return arguments[COUNT + index];
    }
}
