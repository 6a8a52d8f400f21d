package io.strowger.ops.ingest;

import org.agrona.DirectBuffer;

/**
 * What ingest needs of a router that runs on the caller's thread.
 */
public interface IngestTarget {
    /**
     * The number of a source, known or new.
     */
    int sourceNumber(int tenant, String name);

    /**
     * How far the journal has a source's stream.
     *
     * @return the last source sequence taken or refused, -1 when there is none.
     */
    long lastSourceSequence(int source);

    /**
     * Offers a signal.
     *
     * @return {@link #TAKEN}, {@link #FULL}, or a code of RejectReason ({@code > 0}) when it will never be taken.
     */
    int offer(DirectBuffer signal, int offset, int length);

    /** The signal was taken. */
    int TAKEN = 0;

    /** No room: {@link #drain} makes some. */
    int FULL = -1;

    /**
     * Works until everything offered is in the journal and no end is owed.
     */
    void drain();

    /** Last sequence in the journal, 0 when it is empty. */
    long lastSequence();

    /** Output chain behind it. */
    long chain();

    /** Digest of the state behind it. */
    long digest();
}
