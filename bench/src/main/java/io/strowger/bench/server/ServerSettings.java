package io.strowger.bench.server;

import java.util.List;

/**
 * Sizes of a run.
 *
 * @param clients  subscribers, from {@link #SEE_ALL} on.
 * @param rate     events a second that the PBXs together make, nearly.
 * @param seconds  how long.
 * @param users    of each tenant.
 * @param sessions open at any moment, of all PBXs together.
 */
record ServerSettings(int clients, int rate, int seconds, int users, int sessions) {
    /** PBXs, each with a tenant of its own: the tenants from 1 on. */
    static final int TENANTS = 3;

    /** Subscribers that see everything of a tenant. */
    static final int SEE_ALL = 100;

    /** Arguments of a process. */
    List<String> arguments() {
        return List.of(Integer.toString(clients), Integer.toString(rate), Integer.toString(seconds), Integer.toString(users),
            Integer.toString(sessions));
    }

    /** The sizes in the first arguments of a process. */
    static ServerSettings of(final String... arguments) {
        return new ServerSettings(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
    }

    /** Whose tenant a subscriber is of, from 1. */
    static int tenant(final int subscriber) {
        return 1 + subscriber % TENANTS;
    }

    /** Place of the user whose events a subscriber wants; -1: it sees all. */
    int user(final int subscriber) {
        return subscriber < SEE_ALL ? -1 : (subscriber - SEE_ALL) / TENANTS % users;
    }
}
