package io.strowger.bench.growth;

import io.strowger.bench.BenchOptions;
import java.util.List;
import java.util.Set;

/**
 * How much there is of everything.
 *
 * @param sessions      open at a time, an even number.
 * @param users         that have them.
 * @param subscriptions of one user each, at most as many as users.
 * @param asks          statuses of one user that are asked for, all rounds together.
 * @param turnovers     calls that end and begin in one window, of {@value GrowthCalls#SIGNALS_A_TURNOVER} signals each.
 * @param rounds        windows that are measured.
 */
record GrowthSizes(int sessions, int users, int subscriptions, int asks, int turnovers, int rounds) {
    /** As the command line knows them. */
    static final Set<String> NAMES = Set.of("sessions", "users", "subscriptions", "asks", "turnovers", "rounds");

    private static final int COUNT = 6;

    /**
     * What the command line asks for, in place of a benchmark's own.
     *
     * @param options as {@code --set sessions=100000}.
     * @throws IllegalArgumentException when a size is out of its range.
     */
    GrowthSizes with(final BenchOptions options) {
        final GrowthSizes sizes = new GrowthSizes(options.size("sessions", sessions) & ~1, options.size("users", users),
            options.size("subscriptions", subscriptions), options.size("asks", asks), options.size("turnovers", turnovers),
            options.size("rounds", rounds));
        if (sizes.sessions < 2 || sizes.users < 1 || sizes.turnovers < 1 || sizes.rounds < 1 || sizes.asks < sizes.rounds
            || sizes.subscriptions > sizes.users) {
            throw new IllegalArgumentException("sizes that can't be: " + sizes);
        }
        return sizes;
    }

    /** The same with another number of sessions, rounded down to an even one. */
    GrowthSizes withSessions(final int count) {
        return new GrowthSizes(count & ~1, users, subscriptions, asks, turnovers, rounds);
    }

    /** As arguments of a process. */
    List<String> arguments() {
        return List.of(Integer.toString(sessions), Integer.toString(users), Integer.toString(subscriptions), Integer.toString(asks),
            Integer.toString(turnovers), Integer.toString(rounds));
    }

    /** Reads {@link #arguments()}, which stand first. */
    static GrowthSizes of(final String[] arguments) {
        final int[] values = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = Integer.parseInt(arguments[i]);
        }
        return new GrowthSizes(values[0], values[1], values[2], values[3], values[4], values[5]);
    }

    /** The argument behind them. */
    static String rest(final String[] arguments, final int index) {
        return arguments[COUNT + index];
    }
}
