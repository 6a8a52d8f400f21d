package io.strowger.ops.config;

import io.strowger.router.ThreadingMode;

/**
 * The router within the server. The sizes are kept with a journal: they stay what they were when it was begun.
 *
 * @param threads  {@code shared} or {@code split}; null: by the number of processors.
 * @param sessions most sessions open at a time.
 * @param users    most users and devices.
 * @param groups   most groups and memberships.
 * @param sources  most sources.
 * @param actions  most actions, pending and remembered.
 */
public record RouterConfig(ThreadingMode threads, Integer sessions, Integer users, Integer groups, Integer sources, Integer actions) {
    /** As the router ships. */
    public static final RouterConfig DEFAULT = new RouterConfig(null, null, null, null, null, null);
}
