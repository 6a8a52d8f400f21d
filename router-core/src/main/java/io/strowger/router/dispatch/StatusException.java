package io.strowger.router.dispatch;

/**
 * A status can't be given: it is too large for the room there is, or nobody follows the journal any more.
 */
public final class StatusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A status that can't be given.
     *
     * @param message why.
     */
    public StatusException(final String message) {
        super(message);
    }
}
