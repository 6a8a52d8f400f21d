package io.strowger.persistence.tail;

/**
 * The texts of an event, in the order they stand in it.
 */
public enum EventText {
    /** The source's own id of the session. */
    NATIVE_ID,
    /** The source's own id of the call. */
    CALL_ID,
    /** Our side. */
    LOCAL_USER,
    /** The other side. */
    REMOTE_PARTY,
    /** What the other side is called. */
    REMOTE_NAME,
    /** The group or queue. */
    GROUP,
    /** The name of the source. */
    SOURCE_NAME,
    /** Who did it: transferred, parked. */
    BY,
    /** Where from. */
    FROM,
    /** Where to. */
    TO,
    /** Where a stored thing is. */
    REFERENCE,
    /** Anything else the source said. */
    TEXT
}
