package io.strowger.persistence;

import io.strowger.router.journal.SequenceRange;
import java.nio.file.Path;
import java.util.List;

/**
 * What a repair did.
 *
 * @param isDone     false when there was nothing to repair.
 * @param generation folder of the blocks that count now.
 * @param blocks     copied.
 * @param records    in them.
 * @param missing    every sequence that is lost, from this repair and earlier ones: readers step over these and no others.
 * @param damages    the places that were left behind; the old generation still has them.
 */
public record RepairReport(boolean isDone, Path generation, long blocks, long records, List<SequenceRange> missing, List<Damage> damages) {
}
