package io.strowger.bench.load;

import io.strowger.codecs.SignalLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Signals one behind the other, off heap: filled outside of a window, read in it.
 *
 * <pre>
 *   0        4     8
 *   +--------+-----+-----------------------+--------+- - -
 *   | length |  0  | signal, padded to 8   | length | ...
 *   +--------+-----+-----------------------+--------+- - -
 *     i32
 * </pre>
 *
 * <p>One thread fills, any one thread reads after that. Walk: start at place 0, then {@link #next(int)}, {@link #count()} times.
 */
public final class SignalPool {
    private static final int HEADER_LENGTH = 8;
    private static final int LARGEST = HEADER_LENGTH + SignalLayout.MAX_SIGNAL_LENGTH;

    private final UnsafeBuffer buffer;
    private int end;
    private int count;

    /**
     * An empty pool, every page of it touched.
     *
     * @param capacityBytes for everything, below 2 GiB.
     */
    public SignalPool(final int capacityBytes) {
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacityBytes).order(ByteOrder.nativeOrder()));
        buffer.setMemory(0, capacityBytes, (byte)1);
    }

    /** Bytes that an entry of such a length takes. */
    static int room(final int length) {
        return HEADER_LENGTH + ((length + 7) & ~7);
    }

    /**
     * Empties the pool.
     */
    public void clear() {
        end = 0;
        count = 0;
    }

    /**
     * Whether any signal still fits.
     */
    public boolean hasRoom() {
        return end + LARGEST <= buffer.capacity();
    }

    /**
     * Where the next signal is to be written; ask {@link #hasRoom()} first.
     *
     * @return the offset in {@link #buffer()} of its first byte.
     */
    public int claim() {
        return end + HEADER_LENGTH;
    }

    /**
     * Takes the signal that was written where {@link #claim()} said.
     *
     * @param length of the signal.
     */
    public void commit(final int length) {
        buffer.putInt(end, length);
        end += room(length);
        count++;
    }

    /**
     * Holds all signals.
     */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * Number of signals.
     */
    public int count() {
        return count;
    }

    /**
     * Bytes of all signals with their padding and headers.
     */
    public int bytes() {
        return end;
    }

    /**
     * Offset of the signal at a place.
     */
    public int signal(final int place) {
        return place + HEADER_LENGTH;
    }

    /**
     * Length of the signal at a place.
     */
    public int length(final int place) {
        return buffer.getInt(place);
    }

    /**
     * The place behind a place.
     */
    public int next(final int place) {
        return place + room(buffer.getInt(place));
    }
}
