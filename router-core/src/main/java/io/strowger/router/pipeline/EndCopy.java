package io.strowger.router.pipeline;

import io.strowger.router.journal.JournalEnd;

/**
 * What a reader has last read of a {@link PublishedEnd}: its own, and used again. One thread.
 */
final class EndCopy {
    private long sequence;
    private long chain;

    void set(final long newSequence, final long newChain) {
        sequence = newSequence;
        chain = newChain;
    }

    /** Last sequence then. */
    long sequence() {
        return sequence;
    }

    /** Output chain behind that record. */
    long chain() {
        return chain;
    }

    /** The same, to be given away. */
    JournalEnd toJournalEnd() {
        return new JournalEnd(sequence, chain);
    }
}
