package io.strowger.ops.console;

/**
 * What the user asked for can't be done as asked: the message is the one line they get, the exit code 2.
 */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A mistake of the user.
     *
     * @param message names what was given and what is wrong with it.
     */
    public UsageException(final String message) {
        super(message);
    }
}
