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
     * @return how many were taken, from 1; fewer than {@code length} only when a block is complete.
     */
    int frame(DirectBuffer bytes, int offset, int length);

    /** Whether the bytes taken last completed a block: it stays valid until the next call of {@link #frame}. */
    boolean isReady();

    /** Whether a block has begun that is not complete. */
    boolean isUnfinished();

    /** Forgets everything: a connection begins. */
    void reset();
}
