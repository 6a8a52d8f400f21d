package io.strowger.ops.wire.application;

import io.strowger.ops.wire.Frames;
import io.strowger.ops.wire.Opening;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.ops.wire.OpeningKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteOrder;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One connection of a client, from its opening to its end. The client's thread reads; a thread of the link's own writes what is offered;
 * any thread offers and closes.
 */
final class ClientLink {
    private static final System.Logger LOG = System.getLogger(ClientLink.class.getName());
    private static final int CONNECT_MS = 10_000;
    private static final int ROOM = 256 * 1024;
    private static final int LONGEST = ROOM / 2;

    private final ApplicationClient client;
    private final ApplicationClientSettings settings;
    private final FrameReader reader;
    private final byte[] bytes = new byte[ROOM];
    private final UnsafeBuffer held = new UnsafeBuffer(bytes);
    private int from;
    private int to;
    private volatile Socket socket;
    private final Outbox outbox;
    private volatile boolean isClosed;
    private boolean wasOpen;
    /** While nothing is there to be read: {@link System#nanoTime} since then, else {@link Long#MAX_VALUE}. */
    private volatile long waitingSinceNs = Long.MAX_VALUE;

    ClientLink(final ApplicationClient client, final ApplicationClientSettings settings, final FrameReader reader) {
        this.client = client;
        this.settings = settings;
        this.reader = reader;
        this.outbox = new Outbox(() -> client.onRoom(this));
    }

    /**
     * Connects, and reads until the connection ends.
     *
     * @return the last word; null where nobody has said one.
     * @throws IOException when it fails.
     */
    OpeningAnswer run() throws IOException {
        try (Socket own = new Socket()) {
            socket = own;
            if (isClosed) {
                return null;
            }
            own.setTcpNoDelay(true);
            own.connect(new InetSocketAddress(settings.host(), settings.port()), CONNECT_MS);
            own.setSoTimeout(CONNECT_MS);
            // a handshake that trickles is none
            waitingSinceNs = System.nanoTime();
            final Socket spoken = null == settings.tls() ? own : overTls(own);
            final OutputStream out = spoken.getOutputStream();
            final RequestWriter opening = new RequestWriter().opening(Opening.frame(OpeningKind.APPLICATION, settings.token().get()));
            out.write(opening.bytes(), 0, opening.length());
            out.flush();
            final InputStream in = spoken.getInputStream();
            OpeningAnswer word = readUntilWord(in);
            if (OpeningAnswer.OPENED == word && !isClosed) {
                own.setSoTimeout(0);
                wasOpen = true;
                startWriter(out);
                client.onOpen(this);
                word = readUntilWord(in);
            }
            return word;
        } finally {
            outbox.close();
        }
    }

    /** Whether it was let in. On the client's thread. */
    boolean wasOpen() {
        return wasOpen;
    }

    /** Takes a frame to be written; false when there is no room now, or the connection is over. */
    boolean offer(final RequestWriter frame) {
        return outbox.offer(frame.bytes(), frame.length());
    }

    /** Closes it: who reads it stops. */
    void close() {
        isClosed = true;
        outbox.close();
        final Socket open = socket;
        if (null != open) {
            try {
                open.close();
            } catch (final IOException gone) {
                // it is closed all the same
            }
        }
    }

    /** Whether nothing has come for so long, though it was waited for, or nothing of what is written was taken. */
    boolean isSilent(final long nowNs, final long limitNs) {
        final long since = waitingSinceNs;
        return outbox.isHanging(nowNs, limitNs) || (Long.MAX_VALUE != since && nowNs - since > limitNs);
    }

    private void startWriter(final OutputStream out) {
        final Thread thread = new Thread(() -> {
            try {
                outbox.writeTo(out);
            } catch (final IOException | InterruptedException | RuntimeException gone) {
                // who reads sees it, too, and connects again
                LOG.log(System.Logger.Level.DEBUG, () -> settings.host() + ":" + settings.port() + ": can't write: " + gone);
            } finally {
                close();
            }
        }, "strowger-application-writes");
        thread.setDaemon(true);
        thread.start();
    }

    private Socket overTls(final Socket plain) throws IOException {
        final SSLSocket secure =
            (SSLSocket)settings.tls().getSocketFactory().createSocket(plain, settings.host(), settings.port(), true);
        final SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private OpeningAnswer readUntilWord(final InputStream in) throws IOException {
        OpeningAnswer word = tellFrames();
        while (null == word) {
            waitingSinceNs = System.nanoTime();
            final int count = in.read(bytes, to, bytes.length - to);
            waitingSinceNs = Long.MAX_VALUE;
            if (count < 0) {
                return null;
            }
            to += count;
            word = tellFrames();
        }
        return word;
    }

    private OpeningAnswer tellFrames() throws IOException {
        client.teller().begin();
        try {
            return readFrames();
        } finally {
            client.teller().done();
        }
    }

    private OpeningAnswer readFrames() throws IOException {
        OpeningAnswer word = null;
        while (null == word && to - from >= Frames.LENGTH_BYTES) {
            final int length = held.getInt(from, ByteOrder.LITTLE_ENDIAN);
            if (length < 1 || length > LONGEST) {
                throw new IOException("a frame of " + length + " bytes");
            }
            if (to - from - Frames.LENGTH_BYTES < length) {
                break;
            }
            final int begin = from + Frames.LENGTH_BYTES;
            from = begin + length;
            word = reader.read(held, begin, length);
        }
        if (null == word && from > 0) {
            System.arraycopy(bytes, from, bytes, 0, to - from);
            to -= from;
            from = 0;
        }
        return word;
    }
}
