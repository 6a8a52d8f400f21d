package io.strowger.ops.wire.application;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a port that breaks after a random number of bytes, again and again, as long as it is told to.
 */
final class Cutter implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int PIECE = 4_096;

    private final ServerSocket server;
    private final int port;
    private final Random random;
    private final int mostBytes;
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean isCutting = true;

    Cutter(final int port, final long seed, final int mostBytes) throws IOException {
        this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        this.port = port;
        this.random = new Random(seed);
        this.mostBytes = mostBytes;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How often it has broken. */
    int cuts() {
        return cuts.get();
    }

    /** Breaks no more. */
    void hold() {
        isCutting = false;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                final Socket near = server.accept();
                final Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
                final int allowed = 1 + random.nextInt(mostBytes);
                start(() -> pass(near, far, Integer.MAX_VALUE));
                start(() -> pass(far, near, allowed));
            } catch (final IOException closed) {
                // the next one, or none
            }
        }
    }

    private void pass(final Socket from, final Socket to, final int allowed) {
        final byte[] piece = new byte[PIECE];
        long left = allowed;
        try (from; to) {
            final InputStream in = from.getInputStream();
            final OutputStream out = to.getOutputStream();
            int count = in.read(piece);
            while (count >= 0) {
                final boolean isLast = isCutting && Integer.MAX_VALUE != allowed && count > left;
                out.write(piece, 0, isLast ? (int)Math.max(0, left) : count);
                if (isLast) {
                    cuts.incrementAndGet();
                    return;
                }
                left -= count;
                count = in.read(piece);
            }
        } catch (final IOException gone) {
            // both ends hear of it
        }
    }

    private static void start(final Runnable task) {
        final Thread thread = new Thread(task, "cutter");
        thread.setDaemon(true);
        thread.start();
    }
}
