package io.strowger.router.pipeline;

/**
 * What the fold has refused of the signals in the block that is not in the journal yet: nobody may hear of it before. Core thread.
 */
final class Refusals {
    private final int[] sources;
    private final int[] reasons;
    private final long[] sequences;
    private int count;

    /**
     * Room for a batch.
     *
     * @param batchLimit most signals folded between two appends.
     */
    Refusals(final int batchLimit) {
        sources = new int[batchLimit];
        reasons = new int[batchLimit];
        sequences = new long[batchLimit];
    }

    void add(final int source, final int reason, final long sequence) {
        sources[count] = source;
        reasons[count] = reason;
        sequences[count] = sequence;
        count++;
    }

    /** The block is in the journal. */
    void tell(final SourceProgress progress) {
        for (int i = 0; i < count; i++) {
            progress.refuse(sources[i], reasons[i], sequences[i]);
        }
        count = 0;
    }
}
