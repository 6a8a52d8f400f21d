package io.strowger.bench.pipeline;

import java.util.List;

/**
 * How much of everything.
 *
 * @param sessions    open at a time in the router.
 * @param seconds     for which signals come in one window.
 * @param rounds      windows of each.
 * @param poolSignals that bare Chronicle appends over and over.
 * @param probeMs     for which signals come in the window that comes first and is not counted.
 */
record SustainedSizes(int sessions, int seconds, int rounds, int poolSignals, int probeMs) {
    private static final int MOST_SIGNALS = 5_000_000;
    private static final int COUNT = 5;

    SustainedSizes {
        if (sessions < 1 || seconds < 1 || rounds < 1 || poolSignals < 1 || poolSignals > MOST_SIGNALS || probeMs < 1) {
            throw new IllegalArgumentException("sizes that can't be: sessions=" + sessions + ", seconds=" + seconds + ", rounds=" + rounds);
        }
    }

    /** As arguments of a process. */
    List<String> arguments() {
        return List.of(Integer.toString(sessions), Integer.toString(seconds), Integer.toString(rounds), Integer.toString(poolSignals),
            Integer.toString(probeMs));
    }

    /** Reads {@link #arguments()}, which stand first. */
    static SustainedSizes of(final String[] arguments) {
        return new SustainedSizes(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
    }

    /** The argument behind them. */
    static String rest(final String[] arguments, final int index) {
        return arguments[COUNT + index];
    }
}
