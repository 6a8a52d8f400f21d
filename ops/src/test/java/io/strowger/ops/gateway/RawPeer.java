package io.strowger.ops.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Somebody who sends bytes as he likes, and reads when he likes. One thread. */
final class RawPeer implements AutoCloseable {
    static final int TEXT = 1;
    static final int PING = 9;
    static final int CLOSE = 8;

    private static final int SECONDS_MS = 20_000;
    private static final int SMALL_BUFFER = 4096;
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    RawPeer(final LiveGateway gateway) {
        try {
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.setSoTimeout(SECONDS_MS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            in = new DataInputStream(socket.getInputStream());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that has become a WebSocket. */
    static RawPeer socket(final LiveGateway gateway, final String token) {
        final RawPeer peer = new RawPeer(gateway);
        peer.send("GET /stream HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nAuthorization: Bearer " + token + "\n\n");
        if (!peer.head().startsWith("HTTP/1.1 101")) {
            throw new AssertionError("no socket");
        }
        return peer;
    }

    /** Text, with the line ends of HTTP. */
    void send(final String text) {
        send(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(final byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A frame under a mask of zeros: its first byte, and what it carries, up to 64 KB. */
    static byte[] frame(final int first, final byte[] payload) {
        final ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < SHORT_LENGTH) {
            frame.write(MASKED | payload.length);
        } else {
            frame.write(MASKED | SHORT_LENGTH);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** A whole message. */
    void text(final String message) {
        send(frame(FIN | TEXT, message.getBytes(StandardCharsets.UTF_8)));
    }

    /** The head of an answer. */
    String head() {
        final StringBuilder head = new StringBuilder();
        try {
            while (head.indexOf("\r\n\r\n") < 0) {
                final int next = in.read();
                if (next < 0) {
                    return head.toString();
                }
                head.append((char)next);
            }
            return head.toString();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on to the end, however it comes. */
    String rest() {
        final ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                rest.write(next);
            }
        } catch (final SocketTimeoutException e) {
            throw new AssertionError("not closed", e);
        } catch (final IOException reset) {
            // that is an end, too
        }
        return rest.toString(StandardCharsets.UTF_8);
    }

    /** The code that the socket is closed with; 0 when it is closed without one. */
    int closeCode() {
        try {
            while (true) {
                final int opcode = in.readUnsignedByte() & 0x0F;
                int length = in.readUnsignedByte();
                length = SHORT_LENGTH == length ? in.readUnsignedShort() : length;
                final byte[] payload = in.readNBytes(length);
                if (CLOSE == opcode) {
                    return ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
                }
            }
        } catch (final SocketTimeoutException e) {
            throw new AssertionError("not closed", e);
        } catch (final IOException closed) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
