package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.application.ActAnswerEncoder;
import io.strowger.codecs.sbe.application.ActDecoder;
import io.strowger.codecs.sbe.application.ActRefusedEncoder;
import io.strowger.codecs.sbe.application.AnswerStatus;
import io.strowger.codecs.sbe.application.LagEncoder;
import io.strowger.codecs.sbe.application.MessageHeaderDecoder;
import io.strowger.codecs.sbe.application.MessageHeaderEncoder;
import io.strowger.codecs.sbe.application.PingDecoder;
import io.strowger.codecs.sbe.application.PongEncoder;
import io.strowger.codecs.sbe.application.RefusedEncoder;
import io.strowger.codecs.sbe.application.StreamEndEncoder;
import io.strowger.codecs.sbe.application.SubscribedEncoder;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.codecs.sbe.application.YesNo;
import io.strowger.ops.wire.OpeningAnswer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A gateway that says what a test wants, frame by frame, to the client that came last.
 */
final class FakeGateway implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;
    private static final int SMALL = 4_096;

    private final ServerSocket server = new ServerSocket();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[SMALL]);
    private Socket socket;
    private DataInputStream in;

    FakeGateway() throws IOException {
        server.setReceiveBufferSize(SMALL);
        server.setSoTimeout(PATIENCE_MS);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    int port() {
        return server.getLocalPort();
    }

    /** Waits for the next connection, reads its opening, and answers. */
    void accept(final OpeningAnswer answer) throws IOException {
        socket = server.accept();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        in = new DataInputStream(socket.getInputStream());
        read();
        send(answer.frame(), answer.frame().capacity());
    }

    /** The template of the next message of the client that is no ping. */
    int template() throws IOException {
        int template;
        do {
            template = new MessageHeaderDecoder().wrap(new UnsafeBuffer(read()), 0).templateId();
        } while (PingDecoder.TEMPLATE_ID == template);
        return template;
    }

    /** Waits for the next message, which must be a ping. */
    void awaitPing() throws IOException {
        final int template = new MessageHeaderDecoder().wrap(new UnsafeBuffer(read()), 0).templateId();
        if (PingDecoder.TEMPLATE_ID != template) {
            throw new AssertionError("no ping: " + template);
        }
    }

    /** The ask of the next message of the client that is no ping, which must be an action. */
    long ask() throws IOException {
        final MessageHeaderDecoder head = new MessageHeaderDecoder();
        UnsafeBuffer message;
        do {
            message = new UnsafeBuffer(read());
        } while (PingDecoder.TEMPLATE_ID == head.wrap(message, 0).templateId());
        if (ActDecoder.TEMPLATE_ID != head.templateId()) {
            throw new AssertionError("no action: " + head.templateId());
        }
        return new ActDecoder().wrapAndApplyHeader(message, 0, head).ask();
    }

    /** So many of them. */
    List<Long> asks(final int count) throws IOException {
        final List<Long> asks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asks.add(ask());
        }
        return asks;
    }

    /** The client's connection breaks, behind a last word or without one. */
    void cut(final OpeningAnswer word) throws IOException {
        if (null != word) {
            send(word.frame(), word.frame().capacity());
        }
        socket.close();
    }

    private byte[] read() throws IOException {
        final byte[] bytes = new byte[Integer.reverseBytes(in.readInt())];
        in.readFully(bytes);
        return bytes;
    }

    void subscribed(final int stream) throws IOException {
        send(new SubscribedEncoder().wrapAndApplyHeader(frame, 0, header).stream(stream).position("").encodedLength());
    }

    void streamEnd(final int stream, final Why why) throws IOException {
        send(new StreamEndEncoder().wrapAndApplyHeader(frame, 0, header).stream(stream).why(why).missed(0).text("so").encodedLength());
    }

    void refused(final int stream) throws IOException {
        send(new RefusedEncoder().wrapAndApplyHeader(frame, 0, header).stream(stream).why(Why.BAD_REQUEST).text("no").encodedLength());
    }

    void lag(final int stream) throws IOException {
        send(new LagEncoder().wrapAndApplyHeader(frame, 0, header).stream(stream).behind(YesNo.YES).encodedLength());
    }

    void pong() throws IOException {
        send(new PongEncoder().wrapAndApplyHeader(frame, 0, header).number(1).encodedLength());
    }

    void done(final long ask) throws IOException {
        send(new ActAnswerEncoder().wrapAndApplyHeader(frame, 0, header).ask(ask).status(AnswerStatus.DONE).key("k").nativeId("").text("")
            .encodedLength());
    }

    void actRefused(final long ask, final Why why) throws IOException {
        send(new ActRefusedEncoder().wrapAndApplyHeader(frame, 0, header).ask(ask).why(why).text("no").encodedLength());
    }

    private void send(final int encodedLength) throws IOException {
        send(frame, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }

    private void send(final DirectBuffer message, final int length) throws IOException {
        final byte[] bytes = new byte[4 + length];
        final MutableDirectBuffer out = new UnsafeBuffer(bytes);
        out.putInt(0, length, ByteOrder.LITTLE_ENDIAN);
        message.getBytes(0, bytes, 4, length);
        socket.getOutputStream().write(bytes);
    }

    /** Goes away for good. */
    void leave() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (null != socket) {
            socket.close();
        }
    }
}
