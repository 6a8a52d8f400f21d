package io.strowger.ops.wire.application;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * What waits to be written to one connection of a client: bounded, and written by a thread of its own, so that nobody who says something
 * waits for the other side. Any thread offers and closes.
 *
 * <pre>
 *   offer ──► filling ──┐ swapped when the last piece is written
 *                       └──► writing ──► socket, a piece at a time
 * </pre>
 */
final class Outbox {
    /** What may wait, beside as much that is being written. */
    static final int MOST_BYTES = 256 * 1024;

    private static final int FIRST_BYTES = 4 * 1024;
    /** A piece that is not taken for too long is a write that hangs. */
    private static final int PIECE_BYTES = 16 * 1024;
    private static final long NOT_WRITING = Long.MAX_VALUE;

    private final Runnable onRoom;
    private byte[] filling = new byte[FIRST_BYTES];
    private byte[] writing = new byte[FIRST_BYTES];
    private int filled;
    /** Somebody has found no room since it was emptied. */
    private boolean wasFull;
    private boolean isClosed;
    /** {@link System#nanoTime} since the piece that is being written is. */
    private volatile long writingSinceNs = NOT_WRITING;

    /**
     * An empty one.
     *
     * @param onRoom is called on the writing thread when there is room again behind an offer that found none.
     */
    Outbox(final Runnable onRoom) {
        this.onRoom = onRoom;
    }

    /** Takes a frame, whole or not at all; false when there is no room, or it is closed. Never waits for the other side. */
    synchronized boolean offer(final byte[] bytes, final int length) {
        if (isClosed || length > MOST_BYTES - filled) {
            wasFull = true;
            return false;
        }
        if (length > filling.length - filled) {
            filling = Arrays.copyOf(filling, Math.min(MOST_BYTES, Math.max(filled + length, 2 * filling.length)));
        }
        System.arraycopy(bytes, 0, filling, filled, length);
        filled += length;
        notifyAll();
        return true;
    }

    /** Nothing is taken or written any more. */
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    /** Whether a piece has been written for so long, and the other side does not take it. */
    boolean isHanging(final long nowNs, final long limitNs) {
        final long since = writingSinceNs;
        return NOT_WRITING != since && nowNs - since > limitNs;
    }

    /**
     * Writes what is offered until it is closed. One thread, once.
     *
     * @throws IOException when the connection is lost.
     */
    void writeTo(final OutputStream out) throws IOException, InterruptedException {
        int count = next();
        while (count > 0) {
            for (int from = 0; from < count; from += PIECE_BYTES) {
                writingSinceNs = System.nanoTime();
                out.write(writing, from, Math.min(PIECE_BYTES, count - from));
            }
            out.flush();
            writingSinceNs = NOT_WRITING;
            count = next();
        }
    }

    /** Waits for something; how much it is, 0 when it is closed. */
    private int next() throws InterruptedException {
        final int count;
        final boolean isTold;
        synchronized (this) {
            while (0 == filled && !isClosed) {
                wait();
            }
            count = isClosed ? 0 : filled;
            isTold = wasFull && !isClosed;
            wasFull = false;
            final byte[] full = filling;
            filling = writing;
            writing = full;
            filled = 0;
        }
        if (isTold) {
            onRoom.run();
        }
        return count;
    }
}
