package io.strowger.router.snapshot;

/**
 * A snapshot can't be read, or is not of this journal. Nothing is lost: the journal has it all.
 */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether one was written that can be begun with, and what went wrong came behind that. */
    private final boolean isWritten;

    /**
     * Says what is wrong with which.
     *
     * @param message for people.
     */
    public SnapshotException(final String message) {
        super(message);
        isWritten = false;
    }

    /**
     * Says what is wrong with which, and why.
     *
     * @param message for people.
     * @param cause   of it.
     */
    public SnapshotException(final String message, final Throwable cause) {
        this(message, cause, false);
    }

    /**
     * Says what is wrong with which, and why.
     *
     * @param message   for people.
     * @param cause     of it.
     * @param isWritten whether one was written that can be begun with: to write another at once would not help.
     */
    public SnapshotException(final String message, final Throwable cause, final boolean isWritten) {
        super(message, cause);
        this.isWritten = isWritten;
    }

    /** Whether one was written that can be begun with, and what went wrong came behind that. */
    public boolean isWritten() {
        return isWritten;
    }
}
