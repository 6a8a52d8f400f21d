package io.strowger.ops.ingest;

/**
 * Is told when a block of the source is safe.
 */
@FunctionalInterface
public interface AckPrinter {
    /**
     * All facts of one block, and all records they led to, are in the journal.
     *
     * @param sequence of the last of these records.
     * @param file     number of the file, from 0 in the order they were given.
     * @param offset   in the file, behind the block's last byte.
     */
    void onAcknowledged(long sequence, int file, long offset);
}
