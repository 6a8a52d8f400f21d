package io.strowger.router.journal;

/**
 * A journal can't be opened, read or written: the message names the place and the reason.
 */
public class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A fault with its place and reason.
     */
    public JournalException(final String message) {
        super(message);
    }

    /**
     * A fault with its place and reason, and what lies below it.
     */
    public JournalException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
