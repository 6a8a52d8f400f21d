package io.strowger.codecs.action;

/**
 * The texts that actions have.
 */
public enum ActionText {
    /** The leg that the action is about. */
    NATIVE_ID(0),
    /** Who asks. */
    CLIENT_ID(1),
    /** The idempotency key of who asks. */
    KEY(2),
    /** The local user. */
    USER(3),
    /** The far number. */
    NUMBER(4),
    /** The far name. */
    NAME(5),
    /** The group. */
    GROUP(6),
    /** The user's device. */
    DEVICE(7),
    /** Which stored document, or the name of the recording. */
    REFERENCE(8),
    /** The text of a message. */
    TEXT(9);

    private final int index;

    ActionText(final int index) {
        this.index = index;
    }

    /** Its place among them, from 0. */
    int index() {
        return index;
    }
}
