package io.strowger.persistence;

import io.strowger.router.journal.SequenceRange;
import java.util.List;

/**
 * What a verification found.
 *
 * @param files           cycle files read.
 * @param blocks          good blocks.
 * @param records         in them.
 * @param firstKept       sequence: retention has removed all before it; 1 when it has removed nothing.
 * @param firstSequence   of the first good block, 0 when there is none.
 * @param lastSequence    of the last good block, 0 when there is none.
 * @param chain           output chain behind the last good block.
 * @param damages         every damaged place, in order.
 * @param missing         sequences that should be there and are not, without those a repair recorded before.
 * @param recordedMissing sequences a repair recorded as lost.
 * @param tornTail        bytes behind the end that were never committed, as text with their place; null when there are none. The next
 *                        writer cuts them; nobody was ever told of them.
 * @param staged          records that a writer has staged behind the end and died before it flushed them, as text; null when there are
 *                        none. The next writer brings them into the files, and readers see them; they are not counted here.
 * @param stagedFault     why what else is staged is no part of the journal, null when there is nothing else. The next writer keeps a copy.
 */
public record VerifyReport(int files, long blocks, long records, long firstKept, long firstSequence, long lastSequence, long chain,
    List<Damage> damages, List<SequenceRange> missing, List<SequenceRange> recordedMissing, String tornTail, String staged,
    String stagedFault) {
    /** What was held against what. */
    public static final String CHECKED = "block checksums, record density, sequence density, output chain, frame words, heads of cycle "
        + "files byte by byte, every index entry against the block it names, the writer's marks, zeros where nothing was written";

    /**
     * Whether nothing is damaged and nothing missing but what was recorded before.
     */
    public boolean isGood() {
        return damages.isEmpty() && missing.isEmpty();
    }

    VerifyReport with(final StagedBlocks behind) {
        return new VerifyReport(files, blocks, records, firstKept, firstSequence, lastSequence, chain, damages, missing, recordedMissing,
            tornTail, behind.summary(), behind.fault());
    }
}
