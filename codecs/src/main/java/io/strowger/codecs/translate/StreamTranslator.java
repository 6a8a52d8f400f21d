package io.strowger.codecs.translate;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.translate.StreamCounters.Counter;
import org.agrona.DirectBuffer;

/**
 * What translators of streams have in common: framing goes on over the pieces, the facts of a block are held until the sink has taken them
 * all, and a block is not begun before the one in front of it is done.
 *
 * <pre>
 *   connected(0)   onBytes onBytes onBytes ...   disconnected()   connected(1)   onBytes ...
 * </pre>
 *
 * <p>The facts depend on the bytes and the arrival of the bytes that completed each block only, never on the pieces the bytes came in. One
 * thread; allocates nothing once the longest block has been met.
 */
public abstract class StreamTranslator {
    private final Framer framer;
    private final FactBuffer facts;
    private final StreamCounters counters;
    private final BadBlocks badBlocks = new BadBlocks();
    private long blockStart;
    private int connection;
    private long taken;
    private long position;
    private long arrivalNs;
    /** The last byte of a block whose facts are not all taken: the framer has it, the caller brings it again. */
    private int owed;

    /**
     * A translator at the start of connection 0.
     *
     * @param framer   of the stream.
     * @param facts    that {@link #translate} writes.
     * @param counters of what is seen.
     */
    protected StreamTranslator(final Framer framer, final FactBuffer facts, final StreamCounters counters) {
        this.framer = framer;
        this.facts = facts;
        this.counters = counters;
    }

    /**
     * A connection begins: what is left of the one before is forgotten.
     *
     * @param number of the connection, from 0 to {@link SourceSequence#MAX_CONNECTION}, greater than the one before.
     * @throws IllegalArgumentException when the number is out of its range.
     */
    public final void connected(final int number) {
        if (number < 0 || number > SourceSequence.MAX_CONNECTION) {
            throw new IllegalArgumentException("connection " + number + " is not from 0 to " + SourceSequence.MAX_CONNECTION);
        }
        connection = number;
        forget();
    }

    /**
     * The connection ends. A half block is counted, never translated.
     *
     * @throws IllegalStateException when the sink has not taken all facts: bytes that {@link #onBytes} did not take must be brought again
     *                               first.
     */
    public final void disconnected() {
        if (facts.pending() > 0) {
            throw new IllegalStateException(facts.pending() + " facts are not taken yet");
        }
        if (framer.isUnfinished()) {
            counters.add(Counter.UNFINISHED);
            badBlocks.add(connection, position, Counter.UNFINISHED);
        }
        forget();
    }

    /**
     * Translates the next bytes of the connection.
     *
     * @param bytes         hold them; they are the caller's again when this returns.
     * @param offset        of the first byte.
     * @param length        how many, may be 0.
     * @param arrivalTimeNs when they arrived, in nanoseconds since 1970.
     * @param sink          takes the facts.
     * @return how many bytes were taken. Fewer than {@code length} only when the sink refused a fact: when it has room, bring the rest
     *         again, and only the rest; it goes on with the refused fact.
     */
    public final int onBytes(
        final DirectBuffer bytes, final int offset, final int length, final long arrivalTimeNs, final SignalSink sink) {
        if (!offerAll(sink)) {
            return 0;
        }
        final int end = offset + length;
        final int again = Math.min(owed, length);
        owed -= again;
        arrivalNs = arrivalTimeNs;
        int at = offset + again;
        while (at < end) {
            final int framed = framer.frame(bytes, at, end - at);
            at += framed;
            taken += framed;
            if (framer.isReady()) {
                blockStart = position;
                position = taken - framer.behind();
                translate();
                if (!offerAll(sink)) {
                    owed = Math.min(1, framed);
                    return at - owed - offset;
                }
            }
        }
        return length;
    }

    /**
     * How much of this connection is framed: the offset behind the last complete block.
     *
     * @return bytes from the connection's start.
     */
    public final long position() {
        return position;
    }

    /** What has been seen so far, over all connections. */
    public final StreamCounters counters() {
        return counters;
    }

    /** Where the first blocks stand that could not be read, over all connections. */
    public final BadBlocks badBlocks() {
        return badBlocks;
    }

    /** Writes the facts of the block that the framer has ready. */
    protected abstract void translate();

    /**
     * Writes the next facts of a block that has more than can be held at once; called when the sink has taken all that were written.
     *
     * @return false when the block has no more.
     */
    protected boolean translateMore() {
        return false;
    }

    /** A connection begins or ends: what has been remembered of it is forgotten. */
    protected void forgotten() {
        // nothing but framing and facts, usually
    }

    /** Number of the connection. */
    protected final int connection() {
        return connection;
    }

    /** When the bytes that completed the block arrived, in nanoseconds since 1970. */
    protected final long arrivalNs() {
        return arrivalNs;
    }

    /**
     * Offers the facts that are held.
     *
     * @return whether the sink has them all.
     */
    protected final boolean offer(final SignalSink sink) {
        final int before = facts.pending();
        if (before == 0) {
            return true;
        }
        final boolean isTaken = facts.offer(sink);
        counters.add(Counter.FACTS, before - facts.pending());
        return isTaken;
    }

    private boolean offerAll(final SignalSink sink) {
        do {
            noteBad();
            if (!offer(sink)) {
                return false;
            }
        } while (translateMore());
        return true;
    }

    private void noteBad() {
        final Counter bad = counters.takeBad();
        if (bad != null) {
            badBlocks.add(connection, blockStart, bad);
        }
    }

    private void forget() {
        forgotten();
        framer.reset();
        facts.discard();
        taken = 0;
        position = 0;
        owed = 0;
    }
}
