package io.strowger.codecs.action;

import java.util.Locale;

/**
 * Why no command was written for an action. As a return code each is a negative number, so that a length is never one.
 */
public enum ActionRefusal {
    /** The signal is none of the fourteen actions. */
    NOT_AN_ACTION(-1),
    /** This kind of call router has no command for it, or its settings leave it out. */
    NOT_SUPPORTED(-2),
    /** A field that the command must have is empty. */
    MISSING_FIELD(-3),
    /** The text in the place of a native id cannot be the id of a leg here. */
    UNKNOWN_TARGET(-4),
    /** A field has a byte that the grammar of the command would split or interpret. */
    BAD_CHARACTER(-5),
    /** A field is not UTF-8. */
    NOT_UTF8(-6),
    /** A field, or the line it would make, is longer than the call router reads, or a client id or key longer than 256 bytes. */
    TOO_LONG(-7),
    /** The given buffer has no room for the command. */
    NO_ROOM(-8),
    /** So many actions wait for their outcome that this one can't be watched. */
    PENDING_FULL(-9),
    /** There is no connection. */
    NOT_CONNECTED(-10),
    /** The deadline of the action has passed. */
    DEADLINE_PASSED(-11),
    /** The cause of a hang-up is no number of Q.850: greater than 127. */
    CAUSE_OUT_OF_RANGE(-12);

    private static final ActionRefusal[] ALL = values();

    private final int code;

    ActionRefusal(final int code) {
        this.code = code;
    }

    /** The return code, negative. */
    public int code() {
        return code;
    }

    /** The words of the result that it becomes, see {@link ActionConnection#refused}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * The refusal that a return code stands for.
     *
     * @param code negative.
     * @throws IllegalArgumentException when it stands for none.
     */
    public static ActionRefusal of(final int code) {
        if (code >= 0 || code < -ALL.length) {
            throw new IllegalArgumentException("no refusal: " + code);
        }
        return ALL[-1 - code];
    }
}
