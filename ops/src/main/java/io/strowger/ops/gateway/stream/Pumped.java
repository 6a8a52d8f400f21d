package io.strowger.ops.gateway.stream;

import io.strowger.ops.gateway.web.Problem;

/**
 * Something that is turned again and again as long as it has something to do, on the gateway's loop.
 */
public interface Pumped {
    /** Does some of what there is to do; returns how much. */
    int turn();

    /** Whether it has nothing to do until its subscription gets something, or it is asked for a turn. */
    boolean isResting();

    /** Looks, twice a second, whether it may go on. */
    void check();

    /** Says no more, and why. */
    void end(Problem why);

    /** Whether it is never turned again. */
    boolean isOver();
}
