package io.strowger.ops.console;

/**
 * The exit codes: a contract.
 */
public final class ExitCode {
    /** Fine. */
    public static final int FINE = 0;

    /** The check or the job failed. */
    public static final int FAILED = 1;

    /** Wrong usage. */
    public static final int USAGE = 2;

    private ExitCode() {
    }
}
