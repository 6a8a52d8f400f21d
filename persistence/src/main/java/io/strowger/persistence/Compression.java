package io.strowger.persistence;

/**
 * How the blocks stand in the journal's files. A journal may hold blocks of each kind, and a reader need not know.
 */
public enum Compression {
    /** As they are. */
    NONE,

    /** Packed by LZ4 where that spares something: not the short ones, and not those that would hardly get smaller. */
    LZ4
}
