package io.strowger.ops.receiver;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One who comes over a socket, and says what he likes. */
final class Caller implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket;
    private final InputStream in;

    Caller(final int port) {
        this(connect(port));
    }

    Caller(final Socket socket) {
        this.socket = socket;
        try {
            socket.setSoTimeout(PATIENCE_MS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Socket connect(final int port) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A GET with no headers but these. */
    static String get(final String target, final String... headers) {
        return "GET " + target + " HTTP/1.1\r\n" + (0 == headers.length ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
    }

    /** A POST with a body. */
    static String post(final String target, final String body, final String... headers) {
        return "POST " + target + " HTTP/1.1\r\n" + (0 == headers.length ? "" : String.join("\r\n", headers) + "\r\n")
            + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    Caller say(final String text) throws IOException {
        return say(text.getBytes(StandardCharsets.UTF_8));
    }

    Caller say(final byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Says a request, and gives the status of the answer. */
    int ask(final String request) throws IOException {
        return say(request).status();
    }

    /** The status of the next answer; 0 when there is none any more. */
    int status() throws IOException {
        final String head = answer();
        return head.isEmpty() ? 0 : Integer.parseInt(head.substring(9, 12));
    }

    /** The next answer, its head alone; empty when there is none any more. */
    String answer() throws IOException {
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            final int value = in.read();
            if (value < 0) {
                return "";
            }
            head.append((char)value);
        }
        final int at = head.indexOf("Content-Length: ");
        if (at >= 0) {
            final int length = Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
            if (in.readNBytes(length).length < length) {
                throw new AssertionError("an answer is cut: " + head);
            }
        }
        return head.toString();
    }

    /** Breaks the connection off. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
