package io.strowger.bench.peers;

/**
 * Where a signal is by the time it counts as carried through.
 */
enum Kept {
    /** Nowhere but in memory of the process. */
    IN_MEMORY("in memory"),
    /** In a file, by way of the kernel's page cache: survives the process, not the machine. */
    PAGE_CACHE("page cache"),
    /** On the disk. */
    FSYNC("fsync");

    private final String label;

    Kept(final String label) {
        this.label = label;
    }

    /** For results. */
    String label() {
        return label;
    }
}
