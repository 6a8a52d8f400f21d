package io.strowger.persistence;

/**
 * How the blocks stand in the journal's files. A journal may hold blocks of each kind, and a reader need not know.
 */
public enum Compression {
    /** As they are. */
    NONE,

    /**
     * Of each record what differs from an earlier one of its shape, where that spares something: not the short blocks, and not those that
     * would hardly get smaller.
     */
    DELTAS
}
