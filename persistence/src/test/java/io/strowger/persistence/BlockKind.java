package io.strowger.persistence;

/**
 * What becomes of the blocks of a test in the journal's files.
 */
public enum BlockKind {
    /** Nearly all stay plain: they are short, or random throughout. */
    PLAIN,

    /** All are packed, whatever the number of their records: they are long enough, and mostly zero. */
    PACKED,

    /** The one or the other, at random. */
    MIXED
}
