package io.strowger.router.action;

import org.agrona.DirectBuffer;

/**
 * The way of one client's signals into the router. One thread.
 */
public interface ActionWay {
    /**
     * Offers one signal.
     *
     * @param buffer holds it; the caller's again when this returns.
     * @param offset of its SBE header.
     * @param length of the whole signal.
     * @return above 0 when it was taken, else a {@link io.strowger.router.status.ReturnCode}.
     */
    long offer(DirectBuffer buffer, int offset, int length);

    /** Nothing more will be offered; what was taken still goes its way. */
    void close();
}
