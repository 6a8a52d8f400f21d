package io.strowger.ops.ingest;

import io.strowger.codecs.SignalSink;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Turns the bytes of one format into signals. Used by one thread; framing is the only state.
 */
public interface Dialect {
    /**
     * As the hello of its sources says it: ami, jsonl, sbe.
     */
    String name();

    /**
     * Whether a stream that begins like this says nothing of its source's start, so that it counts as one and the same run of it.
     *
     * @param bytes  the first of the connection.
     * @param length how many there are, at most what was read at once.
     * @return false when the stream will tell since when its source runs.
     */
    boolean isEpochKnown(DirectBuffer bytes, int length);

    /**
     * A connection begins: framing starts afresh.
     *
     * @param connection from 0.
     */
    void connected(int connection);

    /**
     * Takes the next bytes of the connection.
     *
     * @param arrivalTimeNs nanoseconds since 1970; of signals that carry no time of their own.
     * @param sink          takes the signals; their source sequence says where their block ends.
     * @return bytes taken, less than length only when the sink refused: bring the rest again when it has room, and only the rest.
     */
    int onBytes(DirectBuffer bytes, int offset, int length, long arrivalTimeNs, SignalSink sink);

    /**
     * The connection has ended; what stands incomplete is counted, never guessed.
     *
     * @throws IllegalStateException when the sink has refused a signal, and the bytes not taken were not brought again.
     */
    void disconnected();

    /**
     * How many blocks of the format were found so far, over all connections, whether they carry anything or not.
     *
     * @return 0 or more; it stays as it is over bytes that are something else altogether.
     */
    long understood();

    /**
     * Where the first places are that could not be read.
     *
     * @return at most ten, in the order they came.
     */
    List<BadPlace> badPlaces();

    /**
     * What could not be understood so far.
     *
     * @return how often and what it was, in words, in a fixed order; only what is not 0.
     */
    List<String> complaints();
}
