package io.strowger.persistence;

import java.util.List;

/**
 * What a writer found and did when it opened a journal.
 *
 * @param lastSequence  in the journal, 0 when it is empty.
 * @param cutBytes      bytes of blocks that were never committed, now zero: the process before this one died while it wrote them. Nobody
 *                      was ever told of them.
 * @param cutPlace      file and offset of those bytes, null when there were none.
 * @param removedFiles  cycle files without a head, removed: a process died while it made them.
 * @param stagedRecords records that the process before this one had staged and not flushed: they are in the files now.
 * @param stagedLost    why there may have been more of them, and where what was staged is kept; null when these were all. A
 *                      machine that has lost its power leaves such, a copy that was made of a running journal, or who exchanges files.
 * @param isUncleanEnd  whether the process before this one ended between a block and Chronicle's notes on it.
 */
public record OpenReport(long lastSequence, long cutBytes, String cutPlace, List<String> removedFiles, long stagedRecords,
    String stagedLost, boolean isUncleanEnd) {
    /**
     * One line for a log.
     */
    public String summary() {
        return "journal ends at sequence " + lastSequence
            + (null == cutPlace ? "" : "; cut " + cutBytes + " bytes that were never committed at " + cutPlace)
            + (removedFiles.isEmpty() ? "" : "; removed unfinished " + removedFiles)
            + (0 == stagedRecords ? "" : "; " + stagedRecords + " of its records were staged, and are in its files now")
            + (null == stagedLost ? "" : "; not taken in: " + stagedLost)
            + (isUncleanEnd ? "; the last writer did not end cleanly" : "");
    }
}
