package io.strowger.ops.wire.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between client and port, and cuts connections behind so many bytes of one direction; then it lets them be. */
final class CuttingProxy implements AutoCloseable {
    private static final int BACKLOG = 8;

    private final ServerSocket listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int to;
    private final Random random;
    private final int cuts;
    private final int mostBytes;
    private final AtomicInteger made = new AtomicInteger();

    CuttingProxy(final int to, final Random random, final int cuts, final int mostBytes) throws IOException {
        this.to = to;
        this.random = random;
        this.cuts = cuts;
        this.mostBytes = mostBytes;
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** How many connections there were. */
    int made() {
        return made.get();
    }

    private void accept() {
        try {
            while (true) {
                final Socket client = listening.accept();
                final Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
                sockets.add(client);
                sockets.add(server);
                final boolean isCut = made.get() < cuts;
                final boolean isUp = random.nextInt(4) > 0;
                final int limit = 1 + random.nextInt(isUp ? mostBytes : mostBytes / 50);
                start(() -> copy(client, server, isCut && isUp ? limit : Integer.MAX_VALUE));
                start(() -> copy(server, client, isCut && !isUp ? limit : Integer.MAX_VALUE));
                made.incrementAndGet();
            }
        } catch (final IOException e) {
            // it is closed
        }
    }

    private static void copy(final Socket from, final Socket into, final int limit) {
        final byte[] bytes = new byte[4096];
        int left = limit;
        try (from; into) {
            int length = from.getInputStream().read(bytes, 0, Math.min(bytes.length, left));
            while (length > 0) {
                into.getOutputStream().write(bytes, 0, length);
                left -= length;
                length = left > 0 ? from.getInputStream().read(bytes, 0, Math.min(bytes.length, left)) : -1;
            }
        } catch (final IOException e) {
            // cut from the other side
        }
    }

    private static void start(final Runnable work) {
        final Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (final Socket socket : sockets) {
            socket.close();
        }
    }
}
