package io.strowger.persistence.tail;

import io.strowger.router.journal.JournalException;

/**
 * A named cursor can't be used. Never answered by starting somewhere else.
 */
public final class CursorException extends JournalException {
    private static final long serialVersionUID = 1L;

    /** Why it can't be used. */
    public enum Reason {
        /** Another tail has it, in this process or another. */
        IN_USE,
        /** Its file is not as it was written, or of a later version. */
        DAMAGED,
        /** The journal does not hold what was read with it: it lost its end, or is another one. */
        OTHER_JOURNAL
    }

    /** Name of the cursor. */
    private final String name;

    /** What is wrong. */
    private final Reason reason;

    CursorException(final String name, final Reason reason, final String message) {
        super("cursor " + name + ' ' + message);
        this.name = name;
        this.reason = reason;
    }

    /** Name of the cursor. */
    public String name() {
        return name;
    }

    /** What is wrong with it. */
    public Reason reason() {
        return reason;
    }
}
