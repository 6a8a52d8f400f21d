package io.strowger.ops.wire.source;

/** How the connection of a client stands. */
public enum ClientState {
    /** Not started, or stopped. */
    STOPPED,
    /** On the way to the server. */
    CONNECTING,
    /** Connected; the server has not said yet where to go on. */
    OPENING,
    /** Signals flow. */
    LIVE,
    /** It will try again after a while. */
    BACKING_OFF
}
