package io.strowger.router.state;

/**
 * A saved state is not what its writer writes.
 */
public final class StateFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what.
     *
     * @param message for people.
     */
    public StateFormatException(final String message) {
        super(message);
    }
}
