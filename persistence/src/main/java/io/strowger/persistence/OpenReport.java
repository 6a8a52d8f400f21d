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
 * @param isUncleanEnd  whether the process before this one ended between a block and Chronicle's notes on it.
 */
public record OpenReport(long lastSequence, long cutBytes, String cutPlace, List<String> removedFiles, boolean isUncleanEnd) {
    /**
     * One line for a log.
     */
    public String summary() {
        return "journal ends at sequence " + lastSequence
            + (null == cutPlace ? "" : "; cut " + cutBytes + " bytes that were never committed at " + cutPlace)
            + (removedFiles.isEmpty() ? "" : "; removed unfinished " + removedFiles)
            + (isUncleanEnd ? "; the last writer did not end cleanly" : "");
    }
}
