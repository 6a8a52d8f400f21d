package io.strowger.persistence.tail;

/**
 * The texts of an event, in the order they stand in it.
 */
public enum EventText {
    /** The source's own id of the session. */
    NATIVE_ID(0),
    /** The source's own id of the call. */
    CALL_ID(1),
    /** Our side. */
    LOCAL_USER(2),
    /** The other side. */
    REMOTE_PARTY(3),
    /** What the other side is called. */
    REMOTE_NAME(4),
    /** The group or queue. */
    GROUP(5),
    /** The name of the source. */
    SOURCE_NAME(6),
    /** Who did it: transferred, parked. */
    BY(7),
    /** Where from. */
    FROM(8),
    /** Where to. */
    TO(9),
    /** Where a stored thing is. */
    REFERENCE(10),
    /** Anything else the source said. */
    TEXT(11);

    private final int index;

    EventText(final int index) {
        this.index = index;
    }

    /** Its place among the texts of an event, from 0. */
    int index() {
        return index;
    }
}
