package io.strowger.ops.wire.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.SourceCreditDecoder;
import io.strowger.ops.wire.Opening;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.ops.wire.OpeningKind;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A source on a plain socket, that says what the test wants. */
final class RawSource implements AutoCloseable {
    private static final int TIMEOUT_MS = 20_000;

    final Signals signals = new Signals();
    private final Socket socket;
    private final DataInputStream in;

    RawSource(final int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** One that is let in. */
    static RawSource opened(final int port, final String token) throws IOException {
        final RawSource source = new RawSource(port);
        assertEquals(OpeningAnswer.OPENED, source.open(token));
        return source;
    }

    OpeningAnswer open(final String token) throws IOException {
        final DirectBuffer frame = Opening.frame(OpeningKind.SOURCE, token);
        send(frame, frame.capacity());
        return answer();
    }

    void hello(final String name) throws IOException {
        final int length = signals.hello(name);
        send(signals.buffer, length);
    }

    /** Says hello, and waits for its credit: before that it may send nothing. */
    void greet(final String name) throws IOException {
        hello(name);
        frame(SourceCreditDecoder.TEMPLATE_ID);
    }

    void seen(final long sequence, final String nativeId) throws IOException {
        final int length = signals.seen(sequence, nativeId);
        send(signals.buffer, length);
    }

    void send(final DirectBuffer buffer, final int length) throws IOException {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        raw(ByteBuffer.allocate(4 + length).order(ByteOrder.LITTLE_ENDIAN).putInt(length).put(bytes).array());
    }

    void raw(final byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next frame; null at the end. */
    byte[] frame() throws IOException {
        try {
            final byte[] frame = new byte[Integer.reverseBytes(in.readInt())];
            in.readFully(frame);
            return frame;
        } catch (final EOFException | SocketException gone) {
            return null;
        }
    }

    /** The next frame of a kind, whatever comes before it. */
    UnsafeBuffer frame(final int template) throws IOException {
        while (true) {
            final byte[] bytes = frame();
            assertNotNull(bytes, "the connection has ended");
            final UnsafeBuffer frame = new UnsafeBuffer(bytes);
            if (frame.capacity() >= SignalLayout.HEADER_LENGTH && template == SignalLayout.templateId(frame, 0)) {
                return frame;
            }
        }
    }

    /** The next answer or last word, whatever comes before it; null when there is none. */
    OpeningAnswer answer() throws IOException {
        byte[] frame = frame();
        while (null != frame) {
            final OpeningAnswer answer = OpeningAnswer.read(new UnsafeBuffer(frame), 0, frame.length);
            if (null != answer) {
                return answer;
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
