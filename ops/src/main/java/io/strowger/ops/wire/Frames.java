package io.strowger.ops.wire;

import io.netty.channel.ChannelFuture;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.ops.tls.NetworkFault;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames over a socket, in and out.
 *
 * <pre>
 *   0        4
 *   +--------+--------------- - -
 *   | length | length bytes ...
 *   +--------+--------------- - -
 *     i32 little endian, from 1 to {@link #LONGEST}
 * </pre>
 *
 * <p>What is offered goes out with {@link #flush}, or when much waits; behind each read that is done already. Offering says no while the
 * socket's queue is full, and never waits. All on the socket's loop.
 */
public final class Frames implements SignalSink {
    private static final System.Logger LOG = System.getLogger(Frames.class.getName());

    /** Bytes of the length before a frame. */
    public static final int LENGTH_BYTES = 4;

    /** Longest frame in bytes, without its length. */
    public static final int LONGEST = SignalLayout.MAX_SIGNAL_LENGTH;

    private static final int FLUSHED_AT = 16 * 1024;
    private static final int QUEUE_BYTES = 64 * 1024;
    /** A piece of memory that is kept for the next read. */
    private static final int MOST_KEPT = 16 * 1024;
    private static final long LAST_WORD_MS = 1_000;
    private static final byte[] NOTHING = new byte[0];

    private final Vertx vertx;
    private final NetSocket socket;
    private int longest;
    private FrameHandler handler;
    private byte[] bytes = NOTHING;
    private final UnsafeBuffer held = new UnsafeBuffer(bytes);
    private int from;
    private int to;
    private final byte[] copy = new byte[LENGTH_BYTES + LONGEST];
    private final UnsafeBuffer frame = new UnsafeBuffer(copy);
    private Buffer waiting = Buffer.buffer();
    private String reason = "the other side has closed the connection";
    private boolean isBringing;
    /** The handler has said that it can't take the next one now. */
    private boolean isHeld;
    private boolean isOver;
    private boolean isGone;
    private boolean isFull;
    private long fullSinceNs;

    /**
     * Frames of a socket that was opened just now, on its loop.
     *
     * @param first takes what comes; another one may take its place.
     */
    public Frames(final Vertx vertx, final NetSocket socket, final FrameHandler first) {
        this(vertx, socket, LONGEST, first);
    }

    /**
     * The same, of frames that may come longer.
     *
     * @param longest that may come, in bytes without its length.
     */
    public Frames(final Vertx vertx, final NetSocket socket, final int longest, final FrameHandler first) {
        this.vertx = vertx;
        this.socket = socket;
        this.longest = longest;
        this.handler = first;
    }

    /** Is called when there is room again behind an offer that found none. */
    public void whenRoom(final Runnable work) {
        socket.drainHandler(drained -> work.run());
    }

    /** Begins to read. Once. */
    public void begin() {
        socket.setWriteQueueMaxSize(QUEUE_BYTES);
        socket.exceptionHandler(fault -> reason = NetworkFault.words(fault));
        socket.closeHandler(closed -> onClosed());
        socket.handler(this::onBytes);
    }

    /** From the next frame on this one takes what comes. */
    public void handler(final FrameHandler next) {
        handler = next;
    }

    /** Brings the frame once more that could not be taken, and those behind it. */
    public void again() {
        if (isHeld && !isOver) {
            isHeld = false;
            bring();
            if (!isHeld && !isOver) {
                socket.resume();
            }
        }
    }

    /**
     * Sends one frame, with the next flush at the latest.
     *
     * @param buffer holds it; the caller's again when this returns.
     * @param offset of its first byte.
     * @param length from 1 to {@link #LONGEST}.
     * @return false when there is no room now, or the connection is over.
     */
    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        if (isOver || socket.writeQueueFull()) {
            return false;
        }
        put(buffer, offset, length);
        if (waiting.length() >= FLUSHED_AT) {
            flush();
        }
        return true;
    }

    /** Sends what waits. */
    public void flush() {
        if (waiting.length() > 0 && !isGone) {
            final Buffer out = waiting;
            waiting = Buffer.buffer();
            socket.write(out).onFailure(fault -> breakOff());
        }
    }

    /** What did not go leaves a hole in the frames: nothing may come behind it. */
    private void breakOff() {
        isOver = true;
        waiting = Buffer.buffer();
        if (!isGone) {
            socket.close().onFailure(gone -> { });
        }
    }

    /** Whether the connection is over, or ends with what was said last. */
    public boolean isOver() {
        return isOver;
    }

    /**
     * Whether the other side has read too little for too long. Asked again and again, at intervals that are short against the limit.
     *
     * @param nowNs   of a clock that only goes forward, in nanoseconds.
     * @param limitNs for which the queue may be full.
     */
    public boolean isStalled(final long nowNs, final long limitNs) {
        if (isGone || !socket.writeQueueFull()) {
            isFull = false;
            return false;
        }
        if (!isFull) {
            isFull = true;
            fullSinceNs = nowNs;
        }
        return nowNs - fullSinceNs > limitNs;
    }

    /** Closes behind what was offered. */
    public void close() {
        close(null);
    }

    /**
     * Closes behind what was offered and a last word; who does not read that within a second is not waited for.
     *
     * @param last why; null for no word.
     */
    public void close(final OpeningAnswer last) {
        if (isOver) {
            return;
        }
        isOver = true;
        if (null != last) {
            final DirectBuffer word = last.frame();
            put(word, 0, word.capacity());
        }
        final Buffer out = waiting;
        waiting = Buffer.buffer();
        if (isGone) {
            return;
        }
        // what comes meanwhile is read and counts for nothing: a socket that has unread bytes forgets its last word
        socket.resume();
        final long late = vertx.setTimer(LAST_WORD_MS, fired -> cut());
        socket.write(out).onComplete(written -> {
            vertx.cancelTimer(late);
            if (!isGone) {
                socket.close().onFailure(gone -> { });
            }
        });
    }

    private void put(final DirectBuffer buffer, final int offset, final int length) {
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("no frame is " + length + " bytes long");
        }
        frame.putInt(0, length, ByteOrder.LITTLE_ENDIAN);
        buffer.getBytes(offset, copy, LENGTH_BYTES, length);
        waiting.appendBytes(copy, 0, LENGTH_BYTES + length);
    }

    private void onBytes(final Buffer buffer) {
        if (isOver) {
            return;
        }
        final int wanted = to + buffer.length();
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(wanted, Math.min(MOST_KEPT, 2 * bytes.length)));
            held.wrap(bytes);
        }
        buffer.getBytes(bytes, to);
        to = wanted;
        if (!isHeld) {
            bring();
        }
    }

    private void bring() {
        if (isBringing) {
            return;
        }
        isBringing = true;
        try {
            while (!isOver && !isHeld && bringNext()) {
                // the next one
            }
        } catch (final RuntimeException fault) {
            // it would come again and again
            LOG.log(System.Logger.Level.WARNING, () -> socket.remoteAddress() + ": unexpected: " + fault);
            handler.onBroken("unexpected: " + fault);
        } finally {
            isBringing = false;
        }
        compact();
        if (!isOver) {
            handler.onRead();
            flush();
        }
    }

    /** Takes frames of so many bytes at most from now on. On its loop. */
    public void longest(final int most) {
        longest = most;
    }

    /** Brings a frame; false when no whole one is there. */
    private boolean bringNext() {
        if (to - from < LENGTH_BYTES) {
            return false;
        }
        final int length = held.getInt(from, ByteOrder.LITTLE_ENDIAN);
        if (length < 1 || length > longest) {
            handler.onBroken("a frame of " + length + " bytes: from 1 to " + longest + " are allowed");
            return false;
        }
        if (to - from - LENGTH_BYTES < length) {
            return false;
        }
        if (!handler.onFrame(held, from + LENGTH_BYTES, length)) {
            isHeld = true;
            socket.pause();
            return false;
        }
        from += LENGTH_BYTES + length;
        return true;
    }

    private void compact() {
        final int rest = to - from;
        if (bytes.length > MOST_KEPT && rest <= MOST_KEPT) {
            bytes = Arrays.copyOfRange(bytes, from, from + MOST_KEPT);
            held.wrap(bytes);
        } else if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, rest);
        }
        from = 0;
        to = rest;
    }

    /** A close of Vert.x waits for what is being written: here nobody reads that. */
    private void cut() {
        if (!isGone && socket instanceof NetSocketInternal internal) {
            final ChannelFuture cutting = internal.channelHandlerContext().close();
            LOG.log(System.Logger.Level.DEBUG, () -> socket.remoteAddress() + ": cut off: " + cutting);
        }
    }

    private void onClosed() {
        if (!isGone) {
            isGone = true;
            isOver = true;
            handler.onGone(reason);
        }
    }
}
