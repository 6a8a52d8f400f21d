package io.strowger.bench.subscribe;

import java.util.List;

/**
 * How much of everything.
 *
 * @param subscriptions to all events.
 * @param sessions      open at a time.
 * @param signals       of a round.
 * @param rounds        that are counted, of each way to deliver.
 * @param warmUps       that come first and are not.
 */
record DeliveriesSizes(int subscriptions, int sessions, int signals, int rounds, int warmUps) {
    private static final int MOST_SIGNALS = 5_000_000;
    private static final int LEAST_CAPACITY = 1 << 12;
    private static final int MOST_CAPACITY = 1 << 24;
    private static final int LEAST_WINDOW = 1 << 22;
    private static final int MOST_WINDOW = 1 << 30;
    /** Less than half of the signals lead to an event, and only their records stand in the window: room for those, and some more. */
    private static final long BYTES_A_SIGNAL = 256;
    private static final int COUNT = 5;

    DeliveriesSizes {
        if (subscriptions < 1 || sessions < 1 || signals < 1 || signals > MOST_SIGNALS || rounds < 1 || warmUps < 0) {
            throw new IllegalArgumentException("sizes that can't be: subscriptions=" + subscriptions + ", sessions=" + sessions
                + ", signals=" + signals + ", rounds=" + rounds);
        }
    }

    /**
     * Events that may wait for one subscription: half as many as a round has signals, which is more than it has events, so that a poller
     * may stand still for all of it; and not more, because rings are walked from end to end, past any cache.
     */
    int subscriptionCapacity() {
        return (int)powerOfTwo(signals / 2L, LEAST_CAPACITY, MOST_CAPACITY) - 1;
    }

    /** Bytes of the records that all subscriptions share: those of a round, up to the most there can be. */
    int windowBytes() {
        return (int)powerOfTwo(signals * BYTES_A_SIGNAL, LEAST_WINDOW, MOST_WINDOW);
    }

    /** As arguments of a process. */
    List<String> arguments() {
        return List.of(Integer.toString(subscriptions), Integer.toString(sessions), Integer.toString(signals), Integer.toString(rounds),
            Integer.toString(warmUps));
    }

    /** Reads {@link #arguments()}, which stand first. */
    static DeliveriesSizes of(final String[] arguments) {
        return new DeliveriesSizes(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
    }

    /** The argument behind them. */
    static String rest(final String[] arguments, final int index) {
        return arguments[COUNT + index];
    }

    /** The next power of two, within these. */
    private static long powerOfTwo(final long wanted, final long least, final long most) {
        return Math.max(least, Math.min(most, Long.highestOneBit(wanted - 1) << 1));
    }
}
