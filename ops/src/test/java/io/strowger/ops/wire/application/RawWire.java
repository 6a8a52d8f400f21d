package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.application.MessageHeaderDecoder;
import io.strowger.ops.wire.Opening;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.ops.wire.OpeningKind;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A peer that says whatever a test wants, byte by byte.
 */
final class RawWire implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final RequestWriter writer = new RequestWriter();
    private final Socket socket;
    private final DataInputStream in;

    RawWire(final int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /** One that has shown its token. */
    static RawWire open(final int port, final String token) throws IOException {
        final RawWire wire = new RawWire(port);
        wire.send(wire.writer.opening(Opening.frame(OpeningKind.APPLICATION, token)));
        if (OpeningAnswer.OPENED != wire.word()) {
            throw new AssertionError("not opened");
        }
        return wire;
    }

    RequestWriter writer() {
        return writer;
    }

    void send(final RequestWriter frame) throws IOException {
        send(frame.bytes(), frame.length());
    }

    void send(final byte[] bytes, final int length) throws IOException {
        socket.getOutputStream().write(bytes, 0, length);
    }

    /** The next frame; null when the connection has ended. */
    UnsafeBuffer frame() throws IOException {
        try {
            final byte[] bytes = new byte[Integer.reverseBytes(in.readInt())];
            in.readFully(bytes);
            return new UnsafeBuffer(bytes);
        } catch (final SocketTimeoutException late) {
            throw new AssertionError("nothing came", late);
        } catch (final IOException gone) {
            return null;
        }
    }

    /** The template of the next frame; -1 when it is a word of the connection, -2 when it has ended. */
    int template() throws IOException {
        final UnsafeBuffer frame = frame();
        if (null == frame) {
            return -2;
        }
        return null != OpeningAnswer.read(frame, 0, frame.capacity()) ? -1 : new MessageHeaderDecoder().wrap(frame, 0).templateId();
    }

    /** The next word of the connection, whatever comes before; null when it has ended without one. */
    OpeningAnswer word() throws IOException {
        UnsafeBuffer frame = frame();
        while (null != frame) {
            final OpeningAnswer word = OpeningAnswer.read(frame, 0, frame.capacity());
            if (null != word) {
                return word;
            }
            frame = frame();
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
