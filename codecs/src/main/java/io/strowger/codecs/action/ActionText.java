package io.strowger.codecs.action;

/**
 * The texts that actions have.
 */
public enum ActionText {
    /** The leg that the action is about. */
    NATIVE_ID(0, "nativeId"),
    /** Who asks. */
    CLIENT_ID(1, "clientId"),
    /** The idempotency key of who asks. */
    KEY(2, "key"),
    /** The local user. */
    USER(3, "user"),
    /** The far number. */
    NUMBER(4, "number"),
    /** The far name. */
    NAME(5, "name"),
    /** The group. */
    GROUP(6, "group"),
    /** The user's device. */
    DEVICE(7, "device"),
    /** Which stored document, or the name of the recording. */
    REFERENCE(8, "reference"),
    /** The text of a message. */
    TEXT(9, "text");

    private final int index;
    private final String field;

    ActionText(final int index, final String field) {
        this.index = index;
        this.field = field;
    }

    /** Its place among them, from 0. */
    int index() {
        return index;
    }

    /** Its name in the schema and in JSON, as {@code nativeId}. */
    public String field() {
        return field;
    }
}
