package io.strowger.persistence.tail;

/**
 * Takes the records of a tail, in order.
 */
@FunctionalInterface
public interface TailHandler {
    /**
     * Takes one record. What it throws goes through to the caller of the poll, and the record is the first of the next one.
     *
     * @param record a view of the journal's bytes, good until this returns.
     */
    void onRecord(TailRecord record);
}
