package io.strowger.router.core;

/**
 * Sees the state, thing by thing. On the core's thread, or on a core that nobody else uses; control path.
 */
public interface StateVisitor {
    /** An open session that an event has told of: what is open and not told of yet will be by its first event. */
    void session(SessionStatus session);

    /**
     * A user.
     *
     * @param presence "in", "out", or null when no device of the user was ever said to be either.
     */
    void user(int tenant, String name, String presence);

    /**
     * A group.
     *
     * @param waiting sessions that wait in it.
     * @param members members known to be logged in.
     */
    void group(int tenant, String name, int waiting, int members);

    /** A source. */
    void source(SourceStatus source);
}
