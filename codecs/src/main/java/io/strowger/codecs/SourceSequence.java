package io.strowger.codecs;

/**
 * The source sequence of a stream of bytes: connection, where in it a block of the source ends, and which fact of that block.
 *
 * <pre>
 *   63  62 ......... 46  45 ................................ 12  11 ........ 0
 *   +--+---------------+---------------------------------------+--------------+
 *   | 0|  connection   |  offset of the block's end in bytes   |  ordinal     |
 *   +--+---------------+---------------------------------------+--------------+
 *        17 bits          34 bits                                12 bits
 * </pre>
 *
 * <p>It grows with the stream, so the same bytes always give the same numbers and a repeat is known by its number. A source that connects
 * twice an hour counts for seven years; a connection that brings more than 16 GiB counts on in the numbers of the next ones, which {@link
 * #nextConnection} takes into account.
 */
public final class SourceSequence {
    /** Most connections one stream can count. */
    public static final int MAX_CONNECTION = (1 << 17) - 1;

    /** Most bytes one connection can count in its own numbers. */
    public static final long MAX_BLOCK_END = (1L << 34) - 1;

    /** Most facts one block of a source can give. */
    public static final int MAX_ORDINAL = (1 << 12) - 1;

    private static final int CONNECTION_SHIFT = 46;
    private static final int BLOCK_END_SHIFT = 12;

    private SourceSequence() {
    }

    /**
     * Packs the three parts.
     *
     * @param connection from 0 to {@link #MAX_CONNECTION}.
     * @param blockEnd   from 0; beyond {@link #MAX_BLOCK_END} it counts on in the numbers of the next connections.
     * @param ordinal    from 0 to {@link #MAX_ORDINAL}.
     * @return the source sequence, never negative.
     */
    public static long of(final int connection, final long blockEnd, final int ordinal) {
        return ((long)connection << CONNECTION_SHIFT) + (blockEnd << BLOCK_END_SHIFT) + ordinal;
    }

    /**
     * Unpacks the connection.
     *
     * @return 0 for the first connection or file.
     */
    public static int connection(final long sourceSequence) {
        return (int)(sourceSequence >>> CONNECTION_SHIFT);
    }

    /**
     * The number of a new connection, greater than those of all before: with a number that was used, everything the source says would be
     * taken for a repeat.
     *
     * @param lastSourceSequence that the journal has of the source, -1 for none.
     * @return from 0 to {@link #MAX_CONNECTION}.
     * @throws IllegalStateException when there is none any more: the source needs another name then.
     */
    public static int nextConnection(final long lastSourceSequence) {
        final int next = lastSourceSequence < 0 ? 0 : connection(lastSourceSequence) + 1;
        if (next > MAX_CONNECTION) {
            throw new IllegalStateException("the source has used all its " + (MAX_CONNECTION + 1) + " connections: give it another name");
        }
        return next;
    }

    /**
     * Unpacks the place in the connection.
     *
     * @return the offset in bytes behind the last byte of the block.
     */
    public static long blockEnd(final long sourceSequence) {
        return (sourceSequence >>> BLOCK_END_SHIFT) & MAX_BLOCK_END;
    }

    /**
     * Unpacks the ordinal.
     *
     * @return 0 for the first fact of its block.
     */
    public static int ordinal(final long sourceSequence) {
        return (int)(sourceSequence & MAX_ORDINAL);
    }
}
