package io.strowger.router.journal;

/**
 * Where a journal ends: a sequence and what belongs to it.
 *
 * @param sequence of the last record, 0 when there is none.
 * @param chain    output chain behind that record, 0 when there is none.
 */
public record JournalEnd(long sequence, long chain) {
}
