package io.strowger.codecs.translate;

import org.agrona.DirectBuffer;

/**
 * Finds where the blocks of a stream end and keeps the one that is not complete yet. One thread.
 */
public interface Framer {
    /**
     * Takes bytes up to the end of the next block.
     *
     * @param bytes  hold them; they are the caller's again when this returns.
     * @param offset of the first byte.
     * @param length how many, from 1.
     * @return how many were taken, all unless a block is complete or is to be looked at before more comes; 0 only when a block is complete
     *         that turned out to end before them.
     */
    int frame(DirectBuffer bytes, int offset, int length);

    /** Whether the bytes taken last completed a block: it stays valid until the next call of {@link #frame}. */
    boolean isReady();

    /** How many of the bytes that were taken stand behind the block that is ready. */
    default int behind() {
        return 0;
    }

    /** Whether a block has begun that is not complete. */
    boolean isUnfinished();

    /** Forgets everything: a connection begins. */
    void reset();
}
