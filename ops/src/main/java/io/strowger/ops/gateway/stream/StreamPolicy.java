package io.strowger.ops.gateway.stream;

/** What becomes of who reads more slowly than events come. */
public enum StreamPolicy {
    /** Gets every event, later. */
    EVERY,
    /** Gets the latest of each thing, with the count of those it stands for. */
    LATEST,
    /** Is cut off, and told how many it has missed. */
    STRICT
}
