package io.strowger.ops.access;

/** How somebody stands who was let in, at a later time. */
public enum Standing {
    /** His token is good, and stands for the same. */
    GOOD,
    /** His token is good, but stands for something else: who comes again goes on with that. */
    CHANGED,
    /** His token has expired, or was taken back. */
    VOID
}
