package io.strowger.ops.console;

/**
 * The job or the check failed, through no mistake of usage: the message is the one line the user gets, the exit code 1.
 */
public final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failed job.
     *
     * @param message names the place and the reason.
     */
    public FailedException(final String message) {
        super(message);
    }
}
