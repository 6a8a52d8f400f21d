package io.strowger.bench.growth;

import io.strowger.router.ThreadingMode;
import java.util.List;
import java.util.Locale;

/**
 * How much there is of what grows, one thing at a time.
 *
 * @param sessions      open at a time.
 * @param subscriptions of one user each.
 * @param sources       each with a channel of its own.
 * @param mode          which threads turn the router.
 */
record ScaleCase(int sessions, int subscriptions, int sources, ThreadingMode mode) {
    private static final int COUNT = 4;

    /** In results. */
    String name() {
        return "sessions=" + sessions + ", subscriptions=" + subscriptions + ", sources=" + sources + ", "
            + mode.name().toLowerCase(Locale.ROOT);
    }

    /** The same, but for this. */
    ScaleCase withSessions(final int count) {
        return new ScaleCase(count, subscriptions, sources, mode);
    }

    /** The same, but for this. */
    ScaleCase withSubscriptions(final int count) {
        return new ScaleCase(sessions, count, sources, mode);
    }

    /** The same, but for this. */
    ScaleCase withSources(final int count) {
        return new ScaleCase(sessions, subscriptions, count, mode);
    }

    /** The same, but for this. */
    ScaleCase withMode(final ThreadingMode other) {
        return new ScaleCase(sessions, subscriptions, sources, other);
    }

    /** As arguments of a process. */
    List<String> arguments() {
        return List.of(Integer.toString(sessions), Integer.toString(subscriptions), Integer.toString(sources), mode.name());
    }

    /** Reads {@link #arguments()}, which stand first. */
    static ScaleCase of(final String[] arguments) {
        return new ScaleCase(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]),
            ThreadingMode.valueOf(arguments[3]));
    }

    /** The argument behind them. */
    static String rest(final String[] arguments, final int index) {
        return arguments[COUNT + index];
    }
}
