package io.strowger.router.snapshot;

import io.strowger.router.state.StateOutput;
import java.util.function.Consumer;

/**
 * Keeps snapshots beside a journal. Reads from any thread, writes from one at a time.
 */
public interface SnapshotStore {
    /**
     * The sequences of all snapshots, newest first. Whether one can be read is found out by reading it.
     */
    long[] sequences();

    /**
     * Writes a snapshot: when this returns it is on the disk, whole; when it throws there is none.
     *
     * @param header where it stands; one that stands there already is replaced.
     * @param state  writes the state.
     * @throws SnapshotException when it can't be written.
     */
    void write(SnapshotHeader header, Consumer<StateOutput> state);

    /**
     * Opens a snapshot.
     *
     * @param sequence one of {@link #sequences()}.
     * @throws SnapshotException when its header can't be read.
     */
    Snapshot open(long sequence);
}
