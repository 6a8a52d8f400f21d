package io.strowger.bench.latency;

import io.strowger.router.journal.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is measured.
 *
 * @param way        through which the signals go.
 * @param input      what is sent.
 * @param store      where the journal is.
 * @param durability of what the subscriber sees.
 */
record LatencyCase(Way way, Input input, Store store, Durability durability) {
    /** The router as it ships, journal on disk: what the others are held against. */
    static final LatencyCase DISK = router(Input.FROM_SIGNAL, Store.DISK, Durability.ACCEPTED);

    /** The same without a journal. */
    static final LatencyCase NO_JOURNAL = router(Input.FROM_SIGNAL, Store.NONE, Durability.ACCEPTED);

    /** The yardstick. */
    static final LatencyCase RING = new LatencyCase(Way.RING, Input.FROM_SIGNAL, Store.DISK, Durability.ACCEPTED);

    /** The router as it ships, while an application asks for actions whose outcome their source knows at once. */
    static final LatencyCase ACTIONS = new LatencyCase(Way.ACTIONS, Input.FROM_SIGNAL, Store.DISK, Durability.ACCEPTED);

    /** The same, while the source says of each action that it was sent before it says that it is done. */
    static final LatencyCase SENT_ACTIONS = new LatencyCase(Way.SENT_ACTIONS, Input.FROM_SIGNAL, Store.DISK, Durability.ACCEPTED);

    private static final String FROM_SIGNAL = "from the SBE signal offered";
    private static final String FROM_BYTES = "a message is an AMI block that tells of a leg, with the noise before it: from these bytes"
        + " handed to the translator";

    /** What a signal goes through. */
    enum Way {
        /** The router, to a subscription. */
        SUBSCRIPTION,
        /** The router, to a tap. */
        TAP,
        /** The router, turned by the thread that sends and polls the subscription. */
        INVOKER,
        /** The router, to a subscription, while an application asks for actions and their source answers done. */
        ACTIONS,
        /** The same, and their source answers sent, then done. */
        SENT_ACTIONS,
        /** A bare ring, and a bare Chronicle behind it. */
        RING,
        /** Nothing at all: it has come out when it has gone in. */
        RIG
    }

    /** What is sent. */
    enum Input {
        /** SBE signals, offered to a channel. */
        FROM_SIGNAL,
        /** AMI bytes, handed to a translator that offers what it makes of them. */
        FROM_BYTES
    }

    /** Where a journal is. */
    enum Store {
        /** In the data folder. */
        DISK,
        /** In a folder in memory. */
        MEMORY,
        /** Nowhere. */
        NONE
    }

    /** What is compared at one rate, in pairs. */
    static List<LatencyCase> pairs() {
        return List.of(DISK, NO_JOURNAL, RING);
    }

    /** What is compared at the same rate: with actions, without, and with actions of two results each. */
    static List<LatencyCase> actionPairs() {
        return List.of(ACTIONS, DISK, SENT_ACTIONS);
    }

    /**
     * All cases.
     *
     * @param hasMemory whether there is a folder in memory.
     */
    static List<LatencyCase> all(final boolean hasMemory) {
        final List<LatencyCase> cases = new ArrayList<>();
        cases.add(new LatencyCase(Way.RIG, Input.FROM_SIGNAL, Store.NONE, Durability.ACCEPTED));
        cases.add(RING);
        for (final Input input : Input.values()) {
            for (final Durability durability : Durability.values()) {
                cases.add(router(input, Store.DISK, durability));
                if (hasMemory) {
                    cases.add(router(input, Store.MEMORY, durability));
                }
            }
            cases.add(router(input, Store.NONE, Durability.ACCEPTED));
        }
        cases.add(ACTIONS);
        cases.add(SENT_ACTIONS);
        cases.add(new LatencyCase(Way.TAP, Input.FROM_SIGNAL, Store.DISK, Durability.ACCEPTED));
        cases.add(new LatencyCase(Way.INVOKER, Input.FROM_SIGNAL, Store.DISK, Durability.ACCEPTED));
        cases.add(new LatencyCase(Way.INVOKER, Input.FROM_SIGNAL, Store.NONE, Durability.ACCEPTED));
        return List.copyOf(cases);
    }

    /** In results. */
    String name() {
        return switch (way) {
            case RIG -> "the rig alone";
            case RING -> "ring and bare Chronicle, " + label(store);
            default -> label(input) + ", " + label(store) + ", " + label(durability)
                + (Way.SUBSCRIPTION == way ? "" : ", " + label(way));
        };
    }

    /** How it is set up, for whoever reads the results: one line. */
    String settings() {
        return switch (way) {
            case RIG -> "made and stamped, and taken at once: what the rig, the clock and the machine add to every other case";
            case RING -> RingTarget.SETTINGS;
            default -> (Input.FROM_BYTES == input ? FROM_BYTES : FROM_SIGNAL)
                + ", at its intended time, to the callback of a " + (Way.TAP == way ? "tap" : "subscription")
                + "; threading mode " + (Way.INVOKER == way ? "invoker" : "shared") + "; "
                + (hasActions() ? ActionLoad.settings(saysSent()) + "; " : "") + RouterTarget.SETTINGS;
        };
    }

    /** Whether an application asks for actions meanwhile. */
    boolean hasActions() {
        return Way.ACTIONS == way || Way.SENT_ACTIONS == way;
    }

    /** Whether their source says that it has sent them. */
    boolean saysSent() {
        return Way.SENT_ACTIONS == way;
    }

    private static LatencyCase router(final Input input, final Store store, final Durability durability) {
        return new LatencyCase(Way.SUBSCRIPTION, input, store, durability);
    }

    private static String label(final Enum<?> value) {
        return Store.NONE == value ? "no journal" : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
