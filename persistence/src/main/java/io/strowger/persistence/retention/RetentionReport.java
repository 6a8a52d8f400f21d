package io.strowger.persistence.retention;

import io.strowger.persistence.CycleSpan;
import java.util.List;

/**
 * What one run of retention did, or would do.
 *
 * @param removed       cycles, oldest first.
 * @param removedBytes  in use in them.
 * @param keptBytes     in use in the others.
 * @param firstSequence that is kept now; 0 for an empty journal.
 * @param isOverSize    whether the journal is still larger than it should be.
 * @param holding       all that needs a cycle which the limits give up, the furthest behind first; empty when nothing does.
 * @param badSnapshots  that were passed over, each with the reason.
 */
public record RetentionReport(List<CycleSpan> removed, long removedBytes, long keptBytes, long firstSequence, boolean isOverSize,
    List<Need> holding, List<String> badSnapshots) {
}
