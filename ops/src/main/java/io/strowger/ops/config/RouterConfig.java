package io.strowger.ops.config;

import io.strowger.router.ThreadingMode;

/**
 * The router within the server. The sizes are kept with a journal: they stay what they were when it was begun. All but the sizes may be
 * other at each start.
 *
 * @param threads  {@code shared} or {@code split}; null: by the number of processors.
 * @param sessions most sessions open at a time.
 * @param users    most users and devices.
 * @param groups   most groups and memberships.
 * @param sources  most sources.
 * @param actions  most actions, pending and remembered.
 * @param actionKeepMinutes for how long the key of an action is remembered behind its end; null: a day.
 */
public record RouterConfig(ThreadingMode threads, Integer sessions, Integer users, Integer groups, Integer sources, Integer actions,
                           Integer actionKeepMinutes) {
    /** As the router ships. */
    public static final RouterConfig DEFAULT = new RouterConfig(null, null, null, null, null, null, null);
}
