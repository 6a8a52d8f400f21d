package io.strowger.router.snapshot;

import io.strowger.router.journal.FoldLimits;

/**
 * Where a snapshot stands, and what it is a snapshot of.
 *
 * @param sequence      last one folded into it, from 1.
 * @param chain         output chain behind that record: with it a snapshot is known to be of a journal.
 * @param journalTimeNs journal time of the last input folded, in nanoseconds since 1970.
 * @param limits        of the fold.
 */
public record SnapshotHeader(long sequence, long chain, long journalTimeNs, FoldLimits limits) {
}
