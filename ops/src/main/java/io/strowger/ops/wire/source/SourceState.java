package io.strowger.ops.wire.source;

/** How a source that comes to the server stands. */
public enum SourceState {
    /** It is not there. */
    AWAITED,
    /** It was let in, and has not been told yet where to go on. */
    OPENING,
    /** Its signals flow. */
    LIVE
}
