package io.strowger.ops.access;

/**
 * Too many that failed came from one address.
 */
public final class FloodException extends Exception {
    private static final long serialVersionUID = 1L;

    FloodException() {
        super("too many wrong tokens from this address: wait", null, false, false);
    }
}
