package io.strowger.persistence.retention;

/**
 * Something that needs the journal from a place on.
 *
 * @param kind     of it.
 * @param name     of a cursor or of a position held in process; of a snapshot the sequence.
 * @param position first sequence that it needs.
 */
public record Need(Kind kind, String name, long position) {
    /** What can need a journal. */
    public enum Kind {
        /** A good snapshot, or the beginning when there is none. */
        SNAPSHOT,
        /** A named cursor: {@link io.strowger.persistence.tail.Cursors#remove} lets go of it. */
        CURSOR,
        /** A position held in this process. */
        POSITION
    }

    @Override
    public String toString() {
        return switch (kind) {
            case SNAPSHOT -> (name.isEmpty() ? "there is no good snapshot" : "the snapshot at " + name) + ", which needs " + position;
            case CURSOR -> "the cursor " + name + ", which stands at " + position;
            case POSITION -> name + ", which stands at " + position;
        };
    }
}
