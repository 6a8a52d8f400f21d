package io.strowger.ops.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A call router that does with each connection what it is told, until it is closed.
 */
final class FakePbx implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    FakePbx(final Talk talk) throws IOException {
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (!server.isClosed()) {
                final Socket socket = server.accept();
                sockets.add(socket);
                daemon(() -> {
                    try (socket) {
                        talk.with(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
                            socket.getOutputStream());
                    }
                });
            }
        });
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** An Asterisk that lets anybody in, lists nothing, and then sends this without end. */
    static Talk flood(final String events) {
        return (in, out) -> {
            say(out, "Asterisk Call Manager/9.0.0\r\n");
            final String challenge = block(in);
            say(out, "Response: Success\r\nActionID: " + field(challenge, "ActionID") + "\r\nChallenge: 889666473\r\n\r\n");
            say(out, "Response: Success\r\nActionID: " + field(block(in), "ActionID") + "\r\nMessage: Authentication accepted\r\n\r\n");
            say(out, "Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 100\r\nLastReload: 0\r\nStatus: Fully Booted\r\n\r\n");
            final byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
            while (true) {
                out.write(bytes);
            }
        };
    }

    static void say(final OutputStream out, final String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** What was said up to an empty line. */
    static String block(final BufferedReader in) throws IOException {
        final StringBuilder block = new StringBuilder();
        for (String line = in.readLine(); null != line && !line.isEmpty(); line = in.readLine()) {
            block.append(line).append('\n');
        }
        return block.toString();
    }

    private static String field(final String block, final String name) {
        return block.lines().filter(line -> line.startsWith(name + ": ")).map(line -> line.substring(name.length() + 2)).findFirst()
            .orElse("");
    }

    private static void daemon(final Work work) {
        final Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (final IOException gone) {
                // the other side has gone, or the test is over
            }
        }, "fake-pbx");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (final Socket socket : sockets) {
            socket.close();
        }
    }

    /** What it does with a connection. */
    @FunctionalInterface
    interface Talk {
        /**
         * Speaks; the connection is closed behind it.
         *
         * @throws IOException when the other side has gone.
         */
        void with(BufferedReader in, OutputStream out) throws IOException;
    }

    /** What may fail with the socket. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
