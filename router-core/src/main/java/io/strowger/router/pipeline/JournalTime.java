package io.strowger.router.pipeline;

/**
 * Where the journal time of a signal comes from. It never goes back, whatever it comes from.
 */
public enum JournalTime {
    /** The clock of the machine, read once a batch: a live router. */
    WALL,
    /** The source time of the signal: streams that were recorded, which give the same journal every time. */
    SOURCE
}
