package io.strowger.ops.wire;

/** Who opens a connection. */
public enum OpeningKind {
    /** A source: it brings signals, and may carry actions out. */
    SOURCE(1),
    /** An application: it subscribes to events, and may ask for actions. */
    APPLICATION(2);

    private final int code;

    OpeningKind(final int code) {
        this.code = code;
    }

    /** As it stands in an opening, from 1. */
    public int code() {
        return code;
    }
}
