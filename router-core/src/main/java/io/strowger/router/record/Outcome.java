package io.strowger.router.record;

/**
 * What became of a signal. The codes are part of the journal format: new ones are added, old ones never change.
 */
public enum Outcome {
    /** It changed the state; the record carries the first event of it, if it gave any. */
    APPLIED(0),
    /** True, and already known, or nothing that the state is about. */
    NO_CHANGE(1),
    /** Its source sequence was seen before. */
    DUPLICATE(2),
    /** It speaks of something that has ended, or can't be. */
    IGNORED(3),
    /** Its source has not said yet since when it runs. */
    BEFORE_EPOCH(4),
    /** It speaks of a leg of the call router itself, which is no session. */
    HIDDEN(5),
    /** A server source speaks for this user. */
    COVERED(6),
    /** Not taken: bad bytes, no room, or not allowed; the record says which. */
    REJECTED(7);

    private static final Outcome[] BY_CODE = values();

    private final int code;

    Outcome(final int code) {
        this.code = code;
    }

    /** The byte in a record. */
    public int code() {
        return code;
    }

    /**
     * Finds the outcome of a code.
     *
     * @return null for a code of a later version.
     */
    public static Outcome of(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
