package io.strowger.ops.wire.application;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.strowger.ops.wire.Frames;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames of one connection that wait for the next write. They are encoded into memory that many share, and what the socket gets is no
 * longer than they are: it counts what waits there by that. On the socket's loop.
 *
 * <pre>
 *   claim(most) ──► message is encoded behind the place of its length ──► commit(length) ... ──► flush: one write
 * </pre>
 */
final class FrameBatch {
    private final BatchPool pool;
    private final ByteBufAllocator allocator;
    private final Consumer<ByteBuf> out;
    private final Consumer<Throwable> onLost;
    /** Null while nothing waits. */
    private UnsafeBuffer memory;
    private int length;
    private boolean isOver;

    /**
     * An empty one.
     *
     * @param out    takes what is written, and releases it.
     * @param onLost ends the connection, behind this turn: what waited could not be written, and nothing may be written behind the hole.
     */
    FrameBatch(final BatchPool pool, final ByteBufAllocator allocator, final Consumer<ByteBuf> out, final Consumer<Throwable> onLost) {
        this.pool = pool;
        this.allocator = allocator;
        this.out = out;
        this.onLost = onLost;
    }

    /**
     * Makes room for one frame.
     *
     * @param most its length in bytes at most.
     * @return where it is encoded, from {@link #offset} on.
     */
    MutableDirectBuffer claim(final int most) {
        final int wanted = Frames.LENGTH_BYTES + most;
        if (null != memory && memory.capacity() - length < wanted) {
            flush();
        }
        if (null == memory) {
            memory = pool.take(this);
            if (memory.capacity() < wanted) {
                throw new IllegalArgumentException("no frame is " + most + " bytes long");
            }
        }
        return memory;
    }

    /** Where the message of the claimed frame begins. */
    int offset() {
        return length + Frames.LENGTH_BYTES;
    }

    /** The claimed frame is there, so many bytes long. */
    void commit(final int messageLength) {
        memory.putInt(length, messageLength, ByteOrder.LITTLE_ENDIAN);
        length += Frames.LENGTH_BYTES + messageLength;
    }

    /** Writes what waits. Throws nothing, as it may be another connection's turn: who can't be written to is cut off. */
    void flush() {
        if (null != memory) {
            final UnsafeBuffer whole = memory;
            final int count = length;
            memory = null;
            length = 0;
            pool.giveBack(this, whole);
            if (!isOver && count > 0) {
                write(whole, count);
            }
        }
    }

    private void write(final UnsafeBuffer whole, final int count) {
        try {
            out.accept(allocator.directBuffer(count, count).writeBytes(whole.byteArray(), 0, count));
        } catch (final RuntimeException | OutOfMemoryError fault) {
            isOver = true;
            onLost.accept(fault);
        }
    }

    /** Writes nothing any more. */
    void close() {
        isOver = true;
        flush();
    }
}
