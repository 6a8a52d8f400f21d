package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.application.Why;

/**
 * Why an action was not taken, or why nothing is heard of it.
 */
public final class ApplicationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Why why;

    ApplicationException(final Why why, final String text) {
        super(why + ": " + text, null, false, false);
        this.why = why;
    }

    /** The reason. */
    public Why why() {
        return why;
    }
}
