package io.strowger.ops.wire;

import org.agrona.DirectBuffer;

/**
 * Takes what comes over a connection of frames. On the connection's loop.
 */
public interface FrameHandler {
    /**
     * Takes one frame.
     *
     * @param buffer holds it; the connection's again when this returns.
     * @param offset behind its length.
     * @param length in bytes, from 1.
     * @return false when it can't be taken now: nothing is read until {@link Frames#again}, which brings it once more.
     */
    boolean onFrame(DirectBuffer buffer, int offset, int length);

    /** All frames of one read were brought: a good moment to answer. */
    default void onRead() {
        // who has nothing to say then
    }

    /**
     * What comes are no frames: nothing more is brought. The handler closes.
     *
     * @param reason for people.
     */
    void onBroken(String reason);

    /**
     * The connection is over, whoever has ended it. Once, as the last call.
     *
     * @param reason for people.
     */
    void onGone(String reason);
}
