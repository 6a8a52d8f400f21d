package io.strowger.router.state;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads what a {@link StateOutput} has written, value by value, in the same order.
 *
 * <p>One thread. Whether the bytes are whole is the business of who brings the chunks; what still doesn't fit is a
 * {@link StateFormatException}.
 */
public final class StateInput {
    private final ChunkSource source;
    private final UnsafeBuffer chunk = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private int position;

    /**
     * An input that nothing was read from.
     *
     * @param source brings the chunks, in order.
     */
    public StateInput(final ChunkSource source) {
        this.source = source;
    }

    /**
     * Passes over the begin of a part.
     *
     * @throws StateFormatException when another one begins here.
     */
    public void beginPart(final int part) {
        final int found = ~getInt();
        if (part != found) {
            throw new StateFormatException("part " + part + " of the state should begin, it is " + found);
        }
    }

    /** Reads 8 bits, from 0. */
    public int getByte() {
        final int at = take(Byte.BYTES);
        return chunk.getByte(at) & 0xFF;
    }

    /** Reads 32 bits. */
    public int getInt() {
        return chunk.getInt(take(Integer.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads 64 bits. */
    public long getLong() {
        return chunk.getLong(take(Long.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a number that counts or numbers something.
     *
     * @param least it may be.
     * @param most  it may be.
     */
    public int getInt(final int least, final int most) {
        final int value = getInt();
        if (value < least || value > most) {
            throw new StateFormatException(value + " is not in " + least + ".." + most);
        }
        return value;
    }

    /**
     * Reads a text.
     *
     * @return a view of its bytes, good until the next value is read.
     */
    public DirectBuffer getText() {
        final int at = take(Short.BYTES);
        final int length = chunk.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        text.wrap(chunk, take(length, at + Short.BYTES), length);
        return text;
    }

    /** Reads a text and keeps it. */
    public int getText(final TextStore texts) {
        final DirectBuffer bytes = getText();
        return fit(texts.put(bytes, 0, bytes.capacity()));
    }

    /** Reads scope and key of a record and adds it. */
    public int getKey(final KeyedTable table) {
        final long scope = getLong();
        final DirectBuffer key = getText();
        return fit(table.add(scope, key, 0, key.capacity()));
    }

    /** Reads scope and key of a record and adds it to a table that is to be told to {@link KeyedTable#index} when it is full. */
    public int getUnindexedKey(final KeyedTable table) {
        final long scope = getLong();
        final DirectBuffer key = getText();
        return fit(table.fill(scope, key, 0, key.capacity()));
    }

    /**
     * Makes sure that there is nothing more.
     *
     * @throws StateFormatException when there is.
     */
    public void end() {
        if (position < chunk.capacity() || source.next(chunk)) {
            throw new StateFormatException("something stands behind the state's end");
        }
    }

    private static int fit(final int slot) {
        if (slot < 0) {
            throw new StateFormatException("the state does not fit into its capacities");
        }
        return slot;
    }

    private int take(final int bytes) {
        if (position == chunk.capacity()) {
            position = 0;
            if (!source.next(chunk)) {
                throw new StateFormatException("the state ends within a part");
            }
        }
        return take(bytes, position);
    }

    private int take(final int bytes, final int at) {
        if (bytes > chunk.capacity() - at) {
            throw new StateFormatException("a value lies across the end of its chunk");
        }
        position = at + bytes;
        return at;
    }

    /** Brings chunks. */
    @FunctionalInterface
    public interface ChunkSource {
        /**
         * Shows the next chunk.
         *
         * @param chunk wraps it, until the next call.
         * @return false when there is none.
         */
        boolean next(UnsafeBuffer chunk);
    }
}
