package io.strowger.ops.gateway.stream;

import io.strowger.ops.gateway.web.Problem;

/**
 * Something that is turned again and again, on the gateway's loop.
 */
public interface Pumped {
    /** Does some of what there is to do; returns how much. */
    int turn();

    /** Whether it has work only when the journal grows, or somebody makes room. */
    boolean isLive();

    /** Looks, twice a second, whether it may go on. */
    void check();

    /** Says no more, and why. */
    void end(Problem why);

    /** Whether it is never turned again. */
    boolean isOver();
}
