package io.strowger.router.source;

import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.ReturnCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Signals that wait for room in a channel, first in, first out, in memory that grows with them up to a limit and is given back.
 *
 * <pre>
 *   chunk:  | i32 length | signal ... (aligned to 8) | i32 length | signal ... | free
 * </pre>
 *
 * <p>One thread. Takes nothing from the heap but its chunks, of which one is kept.
 */
final class Spill {
    private static final int CHUNK_LENGTH = 256 * 1024;
    private static final int ALIGNMENT = 8;

    private final long limit;
    private final ArrayDeque<UnsafeBuffer> chunks = new ArrayDeque<>();
    private final ArrayDeque<UnsafeBuffer> spare = new ArrayDeque<>();
    private int readAt;
    private int writeAt = CHUNK_LENGTH;
    private long count;
    private long bytes;

    /**
     * An empty spill.
     *
     * @param limit most bytes of signals that it holds; what its last chunk has left comes on top.
     */
    Spill(final long limit) {
        this.limit = limit;
    }

    /** How many signals wait. */
    long count() {
        return count;
    }

    /** How many bytes of memory the signals that wait take. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return 0 == count;
    }

    /** Whether a signal of this length would be taken. */
    boolean hasRoom(final int length) {
        return bytes + framed(length) <= limit;
    }

    /**
     * Takes a signal.
     *
     * @return false when that would be more than the limit.
     */
    boolean offer(final DirectBuffer signal, final int offset, final int length) {
        if (!hasRoom(length)) {
            return false;
        }
        keep(signal, offset, length);
        return true;
    }

    /** Takes a signal beyond the limit as well: for the few that must not be lost. */
    void keep(final DirectBuffer signal, final int offset, final int length) {
        final int framed = framed(length);
        if (framed > CHUNK_LENGTH - writeAt) {
            if (writeAt < CHUNK_LENGTH) {
                chunks.peekLast().putInt(writeAt, 0, ByteOrder.LITTLE_ENDIAN);
            }
            chunks.addLast(spare.isEmpty() ? new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK_LENGTH)) : spare.poll());
            writeAt = 0;
        }
        final UnsafeBuffer chunk = chunks.peekLast();
        chunk.putInt(writeAt, length, ByteOrder.LITTLE_ENDIAN);
        chunk.putBytes(writeAt + Integer.BYTES, signal, offset, length);
        writeAt += framed;
        count++;
        bytes += framed;
    }

    /**
     * Offers what waits to a channel, in order, until it has no room.
     *
     * @return how many were taken or refused for good; or {@link ReturnCode#CLOSED}.
     */
    int drainTo(final Channel channel) {
        int drained = 0;
        while (count > 0) {
            final UnsafeBuffer chunk = chunks.peekFirst();
            final int length = readAt < CHUNK_LENGTH ? chunk.getInt(readAt, ByteOrder.LITTLE_ENDIAN) : 0;
            if (0 == length) {
                dropFirst();
                continue;
            }
            final long code = channel.offer(chunk, readAt + Integer.BYTES, length);
            if (ReturnCode.BACK_PRESSURED == code) {
                return drained;
            }
            if (ReturnCode.CLOSED == code) {
                return ReturnCode.CLOSED;
            }
            readAt += framed(length);
            count--;
            bytes -= framed(length);
            drained++;
        }
        return drained;
    }

    /** Gives all memory back; nothing waits any more. */
    void free() {
        chunks.forEach(BufferUtil::free);
        spare.forEach(BufferUtil::free);
        chunks.clear();
        spare.clear();
        readAt = 0;
        writeAt = CHUNK_LENGTH;
        count = 0;
        bytes = 0;
    }

    private void dropFirst() {
        final UnsafeBuffer chunk = chunks.pollFirst();
        readAt = 0;
        if (spare.isEmpty()) {
            spare.add(chunk);
        } else {
            BufferUtil.free(chunk);
        }
    }

    private static int framed(final int length) {
        return BitUtil.align(Integer.BYTES + length, ALIGNMENT);
    }
}
