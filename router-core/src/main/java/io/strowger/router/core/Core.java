package io.strowger.router.core;

import io.strowger.router.record.BlockWriter;
import org.agrona.DirectBuffer;

/**
 * Folds one signal after the other into sessions, calls, users, groups and sources, and writes the records of what followed.
 *
 * <p>One thread. Allocates nothing after construction.
 */
public final class Core {
    private final BlockWriter out;

    /**
     * An empty core.
     *
     * @param settings capacities, and the seed of the keyed hashes.
     * @param out      where records go.
     */
    public Core(final CoreSettings settings, final BlockWriter out) {
        this.out = out;
    }

    /**
     * Folds one admitted signal: writes its input record and all its derived records to the block writer.
     *
     * @param signal        holds it.
     * @param offset        of its SBE header.
     * @param length        of the whole signal.
     * @param journalTimeNs never less than in the call before.
     */
    public void apply(final DirectBuffer signal, final int offset, final int length, final long journalTimeNs) {
        out.beginInput(signal, offset, length, journalTimeNs);
    }

    /**
     * Whether ends are owed that {@link #payOwed} would write.
     */
    public boolean owes() {
        return false;
    }

    /**
     * Writes one continue record with as many owed ends as fit (at most 1,024).
     *
     * @param journalTimeNs never less than in the call before.
     */
    public void payOwed(final long journalTimeNs) {
        out.hasRoom();
    }

    /**
     * Hashes the whole state in canonical order: the same state has the same digest, however it came about.
     */
    public long digest() {
        return 0;
    }

    /**
     * Last source sequence that was taken from a source.
     *
     * @return -1 when there was none.
     */
    public long lastSourceSequence(final int source) {
        return -1;
    }

    /**
     * Finds the number of a source by its name; a new name gets the next free number, which its hello then makes known.
     *
     * @param name of the source.
     * @return from 1.
     */
    public int sourceNumber(final String name) {
        return name.isEmpty() ? 0 : 1;
    }
}
