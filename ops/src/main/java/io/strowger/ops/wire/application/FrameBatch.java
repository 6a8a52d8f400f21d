package io.strowger.ops.wire.application;

import io.netty.buffer.ByteBuf;
import io.strowger.ops.wire.Frames;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames that wait for the next write: they are encoded at the place from which the socket writes them. On the socket's loop.
 *
 * <pre>
 *   claim(most) ──► message is encoded behind the place of its length ──► commit(length) ... ──► flush: one write
 * </pre>
 */
final class FrameBatch {
    /** What is written at a time, unless one frame is longer. */
    private static final int BATCH_BYTES = 32 * 1024;

    private final NetSocketInternal socket;
    private final UnsafeBuffer memory = new UnsafeBuffer(0, 0);
    /** Null while nothing waits. */
    private ByteBuf batch;
    private boolean isOver;

    FrameBatch(final NetSocket socket) {
        this.socket = (NetSocketInternal)socket;
    }

    /**
     * Makes room for one frame.
     *
     * @param most its length in bytes at most.
     * @return where it is encoded, from {@link #offset} on.
     */
    MutableDirectBuffer claim(final int most) {
        final int wanted = Frames.LENGTH_BYTES + most;
        if (null != batch && batch.writableBytes() < wanted) {
            flush();
        }
        if (null == batch) {
            batch = socket.channelHandlerContext().alloc().directBuffer(Math.max(BATCH_BYTES, wanted));
            memory.wrap(batch.nioBuffer(0, batch.capacity()));
        }
        return memory;
    }

    /** Where the message of the claimed frame begins. */
    int offset() {
        return batch.writerIndex() + Frames.LENGTH_BYTES;
    }

    /** The claimed frame is there, so many bytes long. */
    void commit(final int length) {
        final int begin = batch.writerIndex();
        memory.putInt(begin, length, ByteOrder.LITTLE_ENDIAN);
        batch.writerIndex(begin + Frames.LENGTH_BYTES + length);
    }

    /** Writes what waits. */
    void flush() {
        if (null != batch) {
            final ByteBuf whole = batch;
            batch = null;
            memory.wrap(0, 0);
            if (isOver || !whole.isReadable()) {
                whole.release();
            } else {
                // what fails ends the connection, which is told
                socket.writeMessage(whole).onFailure(gone -> { });
            }
        }
    }

    /** Writes nothing any more. */
    void close() {
        isOver = true;
        flush();
    }
}
