package io.strowger.ops.console;

/**
 * The job or the check failed, through no mistake of usage: the message is the one line the user gets, the exit code 1, or
 * another one that says more.
 */
public final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * A failed job.
     *
     * @param message names the place and the reason.
     */
    public FailedException(final String message) {
        this(message, ExitCode.FAILED);
    }

    /**
     * A failed job.
     *
     * @param message  names the place and the reason.
     * @param exitCode one of {@link ExitCode}.
     */
    public FailedException(final String message, final int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What the command ends with. */
    public int exitCode() {
        return exitCode;
    }
}
