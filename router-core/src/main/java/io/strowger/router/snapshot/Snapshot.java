package io.strowger.router.snapshot;

import io.strowger.router.state.StateInput;

/**
 * One snapshot that is being read. One thread.
 */
public interface Snapshot extends AutoCloseable {
    /** Where it stands. */
    SnapshotHeader header();

    /**
     * The state, to be read once.
     *
     * @throws SnapshotException comes out of its reads when the bytes are not those that were written.
     */
    StateInput state();

    @Override
    void close();
}
