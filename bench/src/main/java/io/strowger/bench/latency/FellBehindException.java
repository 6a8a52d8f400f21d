package io.strowger.bench.latency;

/**
 * The reader fell so far behind that a journal which keeps nothing can't give it what it has not seen.
 */
final class FellBehindException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FellBehindException() {
        super("the subscription fell behind, and the journal keeps nothing");
    }
}
