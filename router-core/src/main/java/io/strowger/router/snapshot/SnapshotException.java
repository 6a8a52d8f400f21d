package io.strowger.router.snapshot;

/**
 * A snapshot can't be read, or is not of this journal. Nothing is lost: the journal has it all.
 */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong with which.
     *
     * @param message for people.
     */
    public SnapshotException(final String message) {
        super(message);
    }

    /**
     * Says what is wrong with which, and why.
     *
     * @param message for people.
     * @param cause   of it.
     */
    public SnapshotException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
