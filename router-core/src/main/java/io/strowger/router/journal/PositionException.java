package io.strowger.router.journal;

/**
 * A position that the journal does not have: too old, or beyond its end. Never answered by starting somewhere else.
 */
public final class PositionException extends JournalException {
    private static final long serialVersionUID = 1L;

    /** The position asked for. */
    private final long position;

    /** First sequence still kept. */
    private final long first;

    /** Last sequence there is. */
    private final long last;

    /**
     * A position outside of what is kept.
     *
     * @param position asked for.
     * @param first    sequence still kept.
     * @param last     sequence there is, 0 for an empty journal.
     */
    public PositionException(final long position, final long first, final long last) {
        super("position " + position + (position < first ? " is too old (first=" + first : " is beyond the end (end=" + last) + ")");
        this.position = position;
        this.first = first;
        this.last = last;
    }

    /**
     * A position that is too old for what is to be done from there on.
     *
     * @param position asked for.
     * @param first    from which on it can be done, above the position.
     * @param last     sequence there is.
     * @param reason   why, for people.
     */
    public PositionException(final long position, final long first, final long last, final String reason) {
        super("position " + position + " is too old (first=" + first + "): " + reason);
        this.position = position;
        this.first = first;
        this.last = last;
    }

    /** The position asked for. */
    public long position() {
        return position;
    }

    /** Whether it was removed; else it is beyond the end. */
    public boolean isTooOld() {
        return position < first;
    }

    /** First sequence still kept. */
    public long first() {
        return first;
    }

    /** Last sequence there is. */
    public long last() {
        return last;
    }

    /** Sequence of the next record that will be written: the last position there is. */
    public long next() {
        return last + 1;
    }
}
