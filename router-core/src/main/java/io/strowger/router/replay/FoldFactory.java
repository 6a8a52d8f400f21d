package io.strowger.router.replay;

import io.strowger.router.record.BlockWriter;

/**
 * Makes an empty fold.
 */
@FunctionalInterface
public interface FoldFactory {
    /**
     * Makes a fold that has seen no signal.
     *
     * @param out      where its records go.
     * @param hashSeed of its keyed hashes, kept with the journal; of no influence on any output.
     */
    Fold create(BlockWriter out, long hashSeed);
}
