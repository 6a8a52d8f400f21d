package io.strowger.bench.peers;

/**
 * A case can't be run here, for a reason that is no fault.
 */
final class NotRunException extends Exception {
    private static final long serialVersionUID = 1L;

    NotRunException(final String why) {
        super(why);
    }
}
