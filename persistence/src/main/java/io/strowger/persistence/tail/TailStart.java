package io.strowger.persistence.tail;

import io.strowger.router.journal.Journal;

/**
 * Where a tail begins that has no cursor yet. Immutable.
 */
public final class TailStart {
    private static final long FIRST = 0;
    private static final long NEXT = -1;

    private final long sequence;

    private TailStart(final long sequence) {
        this.sequence = sequence;
    }

    /** With the first record that is kept. */
    public static TailStart beginning() {
        return new TailStart(FIRST);
    }

    /** With the next record that will be written. */
    public static TailStart end() {
        return new TailStart(NEXT);
    }

    /**
     * With a record.
     *
     * @param sequence of it, from 1.
     */
    public static TailStart at(final long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequences begin with 1, so none is " + sequence);
        }
        return new TailStart(sequence);
    }

    /** The sequence that is meant in a journal now; it need not be there. */
    long in(final Journal journal) {
        if (FIRST == sequence) {
            return journal.firstSequence();
        }
        return NEXT == sequence ? journal.lastSequence() + 1 : sequence;
    }
}
