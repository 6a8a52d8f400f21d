package io.strowger.bench.subscribe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * The sending end of one connection: frames stand in a buffer that is written when it is full, or when its owner has nothing more for it.
 *
 * <pre>
 *   0        4          12
 *   +--------+----------+------------------+--------+- - -
 *   | length | sequence | event as it is   | length | ...
 *   +--------+----------+------------------+--------+- - -
 *     i32      i64        length - 8 bytes
 * </pre>
 *
 * <p>The sender's thread. The channel never blocks; where the other end is behind, the sender waits, for there is nobody to be slow here
 * but the machine.
 */
final class TcpLine implements AutoCloseable {
    /** Of the buffer. */
    static final int BUFFER_BYTES = 64 << 10;

    private static final int PREFIX = Integer.BYTES + Long.BYTES;
    private static final long PAUSE_NS = 20_000;
    /** A minute or more: the other end has stopped. */
    private static final int MOST_PAUSES = 3_000_000;

    private final SocketChannel channel;
    private final ByteBuffer frames = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long sentBytes;

    /**
     * An idle line.
     *
     * @param channel connected, and not blocking.
     */
    TcpLine(final SocketChannel channel) {
        this.channel = channel;
    }

    /** Sends one event. */
    void send(final long sequence, final DirectBuffer buffer, final int event, final int length) {
        if (frames.remaining() < PREFIX + length) {
            flush();
        }
        frames.putInt(Long.BYTES + length).putLong(sequence);
        buffer.getBytes(event, frames, length);
        sentBytes += PREFIX + length;
    }

    /** Writes everything that is in the buffer. */
    void flush() {
        if (0 == frames.position()) {
            return;
        }
        frames.flip();
        int pauses = 0;
        try {
            while (frames.hasRemaining()) {
                if (0 == channel.write(frames)) {
                    if (++pauses > MOST_PAUSES) {
                        throw new IllegalStateException("nobody reads from a connection");
                    }
                    LockSupport.parkNanos(PAUSE_NS);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        frames.clear();
    }

    /** Bytes of all frames so far, those in the buffer among them. */
    long sentBytes() {
        return sentBytes;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
