package io.strowger.router.replay;

/**
 * The fold, run again, did not give what the journal holds. Names the first sequence that differs.
 */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** First sequence that differs. */
    private final long sequence;

    /**
     * A difference at a sequence.
     *
     * @param sequence of the first record that differs.
     * @param what     differs there.
     */
    public ReplayException(final long sequence, final String what) {
        super("replay differs from the journal at sequence " + sequence + ": " + what);
        this.sequence = sequence;
    }

    /** First sequence that differs. */
    public long sequence() {
        return sequence;
    }
}
