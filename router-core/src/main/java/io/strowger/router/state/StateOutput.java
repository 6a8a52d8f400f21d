package io.strowger.router.state;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a state as numbers and texts, little-endian, in chunks: no value lies across two of them.
 *
 * <p>One thread. Allocates nothing after construction.
 */
public final class StateOutput {
    private static final int CHUNK_LENGTH = 256 * 1024;

    private final ChunkHandler handler;
    private final UnsafeBuffer chunk = new UnsafeBuffer(new byte[CHUNK_LENGTH]);
    private int length;

    /**
     * An output that nothing was written to.
     *
     * @param handler takes the chunks, in order.
     */
    public StateOutput(final ChunkHandler handler) {
        this.handler = handler;
    }

    /** Begins a part of the state: by its number a reader knows that it has not lost its place. */
    public void beginPart(final int part) {
        putInt(~part);
    }

    /** Writes the lowest 8 bits. */
    public void putByte(final int value) {
        need(Byte.BYTES);
        chunk.putByte(length, (byte)value);
        length += Byte.BYTES;
    }

    /** Writes 32 bits. */
    public void putInt(final int value) {
        need(Integer.BYTES);
        chunk.putInt(length, value, ByteOrder.LITTLE_ENDIAN);
        length += Integer.BYTES;
    }

    /** Writes 64 bits. */
    public void putLong(final long value) {
        need(Long.BYTES);
        chunk.putLong(length, value, ByteOrder.LITTLE_ENDIAN);
        length += Long.BYTES;
    }

    /**
     * Writes a text: its length in 16 bits, then its bytes.
     *
     * @param textLength in bytes, from 0 to {@value TextStore#MAX_LENGTH}.
     */
    public void putText(final DirectBuffer buffer, final int offset, final int textLength) {
        need(Short.BYTES + textLength);
        chunk.putShort(length, (short)textLength, ByteOrder.LITTLE_ENDIAN);
        chunk.putBytes(length + Short.BYTES, buffer, offset, textLength);
        length += Short.BYTES + textLength;
    }

    /** Writes a kept text. */
    public void putText(final TextStore texts, final int handle) {
        putText(texts.buffer(handle), texts.offset(handle), texts.length(handle));
    }

    /** Writes scope and key of a record. */
    public void putKey(final KeyedTable table, final int slot) {
        putLong(table.scope(slot));
        putText(table.keyBuffer(slot), table.keyOffset(slot), table.keyLength(slot));
    }

    /** Hands over what has been written last. */
    public void end() {
        if (length > 0) {
            handler.onChunk(chunk, 0, length);
            length = 0;
        }
    }

    private void need(final int bytes) {
        if (length + bytes > CHUNK_LENGTH) {
            end();
        }
    }

    /** Takes chunks. */
    @FunctionalInterface
    public interface ChunkHandler {
        /**
         * Takes one chunk.
         *
         * @param buffer holds it; the writer's again behind the call.
         * @param length from 1 byte to 256 KiB.
         */
        void onChunk(DirectBuffer buffer, int offset, int length);
    }
}
