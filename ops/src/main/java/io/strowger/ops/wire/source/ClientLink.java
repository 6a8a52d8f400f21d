package io.strowger.ops.wire.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.SourceAckDecoder;
import io.strowger.codecs.sbe.SourceCreditDecoder;
import io.strowger.codecs.sbe.SourceRejectDecoder;
import io.strowger.codecs.sbe.SourceWelcomeDecoder;
import io.strowger.ops.connector.BackOff;
import io.strowger.ops.tls.NetworkFault;
import io.strowger.ops.wire.FrameHandler;
import io.strowger.ops.wire.Frames;
import io.strowger.ops.wire.Opening;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.ops.wire.OpeningKind;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * The connections of a client, one after the other. On the client's loop.
 */
final class ClientLink {
    private static final System.Logger LOG = System.getLogger(SourceClient.class.getName());
    private static final int CONNECT_MS = 10_000;
    private static final long ANSWER_MS = 45_000;
    private static final long END_MS = 3_000;

    private final Vertx vertx;
    private final SourceClientSettings settings;
    private final ClientBacklog backlog;
    private final SourceClientListener listener;
    private final BackOff backOff;
    private final ClientSignals signals;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SourceWelcomeDecoder welcome = new SourceWelcomeDecoder();
    private final SourceAckDecoder ack = new SourceAckDecoder();
    private final SourceCreditDecoder credit = new SourceCreditDecoder();
    private final SourceRejectDecoder reject = new SourceRejectDecoder();
    private volatile ClientState state = ClientState.STOPPED;
    private NetClient client;
    private Peer peer;
    /** Set while it stops. */
    private Promise<Void> ended;
    private boolean isFinished;

    ClientLink(final Vertx vertx, final SourceClientSettings settings, final ClientBacklog backlog, final SourceClientListener listener) {
        this.vertx = vertx;
        this.settings = settings;
        this.backlog = backlog;
        this.listener = listener;
        this.signals = new ClientSignals(settings);
        this.backOff = new BackOff(settings.firstWaitMs(), settings.longestWaitMs(), () -> ThreadLocalRandom.current().nextDouble());
    }

    ClientState state() {
        return state;
    }

    void begin() {
        client = vertx.createNetClient(options());
        connect();
    }

    /** Sends what waits, as far as there is credit and room. */
    void pump() {
        if (null != peer) {
            peer.pump();
        }
    }

    /** Ends in order. */
    void end(final Promise<Void> promise) {
        ended = promise;
        if (0 == backlog.size() && ClientState.LIVE != state) {
            finish();
        } else {
            // what waits has a while to go out
            vertx.setTimer(END_MS, late -> finish());
            pump();
        }
    }

    private void connect() {
        if (isFinished) {
            return;
        }
        to(ClientState.CONNECTING, null);
        client.connect(settings.port(), settings.host()).onComplete(connected -> {
            if (connected.failed()) {
                again(NetworkFault.words(connected.cause()), false);
            } else if (isFinished) {
                connected.result().close().onFailure(gone -> { });
            } else {
                peer = new Peer(connected.result());
                peer.open();
            }
        });
    }

    private void again(final String reason, final boolean isForLong) {
        if (isFinished || (null != ended && 0 == backlog.size())) {
            finish();
            return;
        }
        final long waitMs = isForLong ? backOff.longest() : backOff.next();
        to(ClientState.BACKING_OFF, reason);
        LOG.log(System.Logger.Level.WARNING, () -> settings.name() + ": " + reason + "; again in " + waitMs + " ms");
        vertx.setTimer(waitMs, fired -> connect());
    }

    private void finish() {
        if (isFinished) {
            return;
        }
        isFinished = true;
        to(ClientState.STOPPED, null);
        final Peer last = peer;
        peer = null;
        if (null != last) {
            last.frames.close();
            backlog.disconnected();
        }
        client.close().onComplete(closed -> ended.tryComplete());
    }

    private void to(final ClientState next, final String reason) {
        state = next;
        listener.onState(next, reason);
    }

    private NetClientOptions options() {
        final NetClientOptions options = new NetClientOptions().setConnectTimeout(CONNECT_MS).setTcpKeepAlive(true).setTcpNoDelay(true);
        if (settings.hasTls()) {
            options.setSsl(true).setHostnameVerificationAlgorithm(settings.checksHostName() ? "HTTPS" : "")
                .setSslHandshakeTimeout(CONNECT_MS).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
            if (null != settings.trustFile()) {
                options.setTrustOptions(new PemTrustOptions().addCertPath(settings.trustFile().toString()));
            }
            if (null != settings.certificate()) {
                options.setKeyCertOptions(new PemKeyCertOptions().setCertPath(settings.certificate().toString())
                    .setKeyPath(settings.key().toString()));
            }
        }
        return options;
    }

    /** The server at the other end of one connection. */
    private final class Peer implements FrameHandler {
        private final Frames frames;
        private String reason;
        private boolean isForLong;
        private boolean isWelcomed;
        private boolean hasLeft;
        /** Sent on this connection, and may be sent. */
        private long count;
        private long granted;

        Peer(final NetSocket socket) {
            frames = new Frames(vertx, socket, this);
        }

        void open() {
            to(ClientState.OPENING, null);
            frames.begin();
            frames.whenRoom(this::pump);
            final DirectBuffer opening = Opening.frame(OpeningKind.SOURCE, settings.token());
            frames.offer(opening, 0, opening.capacity());
            frames.flush();
            vertx.setTimer(ANSWER_MS, late -> {
                if (!isWelcomed) {
                    lose("no welcome within " + ANSWER_MS + " ms", false);
                }
            });
        }

        void pump() {
            if (isWelcomed && !hasLeft) {
                while (count < granted && sendNext()) {
                    count++;
                }
                if (null != ended && count < granted && null == backlog.peek()) {
                    hasLeft = frames.offer(signals.down(), 0, signals.length());
                }
                frames.flush();
            }
        }

        @Override
        public boolean onFrame(final DirectBuffer buffer, final int offset, final int length) {
            final OpeningAnswer answer = OpeningAnswer.read(buffer, offset, length);
            try {
                if (OpeningAnswer.OPENED == answer) {
                    frames.offer(signals.hello(), 0, signals.length());
                    count++;
                } else if (null != answer) {
                    lose("the server says: " + answer.text(), answer.isForLong());
                } else {
                    take(buffer, offset, length);
                }
            } catch (final RuntimeException fault) {
                lose("unexpected: " + fault, false);
            }
            return true;
        }

        @Override
        public void onRead() {
            pump();
        }

        @Override
        public void onBroken(final String what) {
            lose(what, false);
        }

        @Override
        public void onGone(final String what) {
            if (peer == this) {
                peer = null;
                backlog.disconnected();
                again(null == reason ? what : reason, isForLong);
            }
        }

        private boolean sendNext() {
            final DirectBuffer signal = backlog.peek();
            if (null == signal || !frames.offer(signal, 0, signal.capacity())) {
                return false;
            }
            backlog.markSent();
            return true;
        }

        private void lose(final String why, final boolean forLong) {
            if (null == reason) {
                reason = why;
                isForLong = forLong;
            }
            frames.close();
        }

        private void take(final DirectBuffer buffer, final int offset, final int length) {
            if (length < SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH) {
                lose("no message is " + length + " bytes long", false);
                return;
            }
            switch (SignalLayout.templateId(buffer, offset)) {
                case SourceWelcomeDecoder.TEMPLATE_ID -> welcomed(welcome.wrapAndApplyHeader(buffer, offset, header).lastSourceSequence());
                case SourceCreditDecoder.TEMPLATE_ID -> granted = credit.wrapAndApplyHeader(buffer, offset, header).upTo();
                case SourceAckDecoder.TEMPLATE_ID -> {
                    ack.wrapAndApplyHeader(buffer, offset, header);
                    backlog.acknowledge(ack.acknowledged());
                    listener.onAcknowledged(ack.acknowledged(), ack.durability());
                }
                case SourceRejectDecoder.TEMPLATE_ID -> {
                    reject.wrapAndApplyHeader(buffer, offset, header);
                    rejected();
                }
                default -> listener.onAction(SignalLayout.sourceSequence(buffer, offset), buffer, offset, length);
            }
        }

        private void welcomed(final long last) {
            backlog.welcome(last);
            isWelcomed = true;
            backOff.reset();
            to(ClientState.LIVE, null);
            listener.onWelcome(last);
        }

        private void rejected() {
            final String text = reject.text();
            listener.onRejected(reject.rejected(), reject.reason(), reject.count(), text);
            if (!isWelcomed) {
                lose("the hello is refused: " + text, true);
            }
        }
    }
}
