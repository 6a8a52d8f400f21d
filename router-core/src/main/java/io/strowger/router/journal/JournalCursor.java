package io.strowger.router.journal;

/**
 * A reader at a place in a journal, live or cold. One thread at a time.
 */
public interface JournalCursor extends AutoCloseable {
    /**
     * Hands over the next blocks, if there are any. The first block is the one that holds the sequence the cursor was opened at.
     *
     * @param handler    takes them.
     * @param blockLimit most blocks in this call.
     * @return how many were handed over; 0 at the end of the journal, where later blocks will still come.
     * @throws JournalException when the journal is damaged at this place.
     */
    int poll(BlockHandler handler, int blockLimit);

    @Override
    void close();
}
