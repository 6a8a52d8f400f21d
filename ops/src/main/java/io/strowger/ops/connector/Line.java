package io.strowger.ops.connector;

import io.strowger.codecs.sbe.ListKind;
import io.strowger.ops.connector.talk.Talk;
import io.strowger.ops.connector.talk.TalkListener;
import io.strowger.ops.tls.NetworkFault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/**
 * One connection to a call router that is kept up: connect, log in, carry what comes to the traffic, notice when it is gone, wait, again.
 *
 * <pre>
 *   CONNECTING ──► LOGGING_IN ──► LISTING ──► LIVE
 *       ▲              │             │          │       closed, silent, garbled
 *       └─ BACKING_OFF or REFUSED ◄──┴──────────┘
 * </pre>
 *
 * <p>It always reads: no byte waits in a socket for anything but this thread. What comes before the login is done is held, at most {@link
 * #MOST_HELD} bytes, and is the traffic's once it is. On the connector's thread.
 */
final class Line {
    /** Most bytes before the login is done. */
    private static final int MOST_HELD = 64 * 1024;
    private static final int MS_PER_S = 1_000;
    /** How long the call router has to close behind a good-bye. */
    private static final long FAREWELL_MS = 1_000;
    private static final Logger LOGGER = System.getLogger("io.strowger.ops.connector");

    private final Vertx vertx;
    private final NetClient client;
    private final ConnectorSettings settings;
    private final String name;
    private final Function<TalkListener, Talk> talks;
    private final Traffic traffic;
    private final LineStatus status = new LineStatus();
    private final BackOff backOff;
    private final LineWatch watch;
    private final SaidOnce said = new SaidOnce(System::nanoTime);
    private final Promise<Void> ended = Promise.promise();
    private NetSocket socket;
    private Talk talk;
    private final Received received = new Received();
    private boolean isReady;
    private boolean hasHeard;
    private boolean isEnding;
    /** Increases with each try: what comes late of one before is known by it. */
    private int attempt;

    /**
     * A line that is not connected.
     *
     * @param client   of this line alone.
     * @param name     for people: the source's, and what the line is for.
     * @param talks    makes the talk of each connection.
     * @param traffic  what it is for.
     */
    Line(final Vertx vertx, final NetClient client, final ConnectorSettings settings, final String name,
         final Function<TalkListener, Talk> talks, final Traffic traffic) {
        this.vertx = vertx;
        this.client = client;
        this.settings = settings;
        this.name = name;
        this.talks = talks;
        this.traffic = traffic;
        this.watch = new LineWatch(settings.timings());
        this.backOff = new BackOff(settings.timings().backOffMs(), settings.timings().backOffCapMs(),
            () -> ThreadLocalRandom.current().nextDouble());
    }

    LineStatus status() {
        return status;
    }

    /** Connects, unless it was ended. */
    void connect() {
        if (isEnding) {
            return;
        }
        attempt++;
        final int mine = attempt;
        status.to(ConnectorState.CONNECTING, status.standing().failure());
        client.connect(settings.port(), settings.host()).onComplete(result -> {
            if (mine != attempt || isEnding) {
                if (result.succeeded()) {
                    drop(result.result());
                }
            } else if (result.failed()) {
                again(NetworkFault.words(result.cause()), false);
            } else {
                opened(result.result());
            }
        });
    }

    /** Looks at the clock: is the login late, is the other side there, are the lists late? */
    void tick() {
        if (null == socket || isEnding) {
            return;
        }
        final long nowNs = System.nanoTime();
        final String fault = isReady ? watch.fault(talk, nowNs) : watch.loginFault(nowNs);
        final String missing = isReady && null == fault ? watch.missing(talk, nowNs) : null;
        if (null != fault) {
            lose(fault);
        } else if (null != missing) {
            status.complain(missing);
        }
    }

    /**
     * Lists what the call router has once more.
     *
     * @return false when that can't be now.
     */
    boolean list() {
        return isReady && !isEnding && talk.list();
    }

    /** Whether a command can be written now. */
    boolean hasRoom() {
        return isReady && !isEnding && !socket.writeQueueFull();
    }

    /** Writes a command, once. */
    void write(final DirectBuffer command, final int length) {
        final byte[] copy = new byte[length];
        command.getBytes(0, copy);
        write(Buffer.buffer(copy));
    }

    /**
     * Says good-bye and ends. Repeated calls give the same.
     *
     * @return done when the connection is gone, within a second or so.
     */
    Future<Void> end() {
        if (!isEnding) {
            final String farewell = null != talk && isReady ? talk.farewell() : "";
            isEnding = true;
            if (null == socket || farewell.isEmpty()) {
                finish();
            } else {
                write(Buffer.buffer(farewell));
                vertx.setTimer(FAREWELL_MS, fired -> finish());
            }
        }
        return ended.future();
    }

    /**
     * All is done that stands before use.
     *
     * @param complaint what is missing all the same, null for nothing.
     */
    void live(final String complaint) {
        status.to(ConnectorState.LIVE, complaint);
        said.forget();
        LOGGER.log(Level.INFO, () -> name + ": live" + (null == complaint ? "" : ", but " + complaint));
    }

    /** Something of this connection can't be used: it ends, and comes again. */
    void lose(final String reason) {
        final boolean wasLong = isReady && watch.wasLong(System.nanoTime());
        close();
        if (wasLong) {
            backOff.reset();
        }
        again(reason, false);
    }

    private void opened(final NetSocket opened) {
        socket = opened;
        talk = talks.apply(new Ear(opened));
        received.clear();
        hasHeard = false;
        watch.opened(System.nanoTime());
        status.to(ConnectorState.LOGGING_IN, status.standing().failure());
        opened.exceptionHandler(fault -> onGone(opened, NetworkFault.words(fault)));
        opened.closeHandler(closed -> onGone(opened, "the other side has closed the connection"));
        opened.handler(buffer -> onBuffer(opened, buffer));
        guarded(talk::opened);
    }

    private void onBuffer(final NetSocket from, final Buffer buffer) {
        if (socket != from) {
            return;
        }
        final boolean isFirst = !hasHeard;
        hasHeard = true;
        watch.heard(System.nanoTime());
        status.received(buffer.length());
        guarded(() -> take(buffer, isFirst));
    }

    /** One bad connection must not end the connector: it comes back with the next, later and later. */
    private void guarded(final Runnable work) {
        try {
            work.run();
        } catch (final RuntimeException e) {
            lose("unexpected: " + e);
        }
    }

    /**
     * The traffic comes before the talk: what the talk says next must not meet bytes that came before it. But for the first bytes: first it
     * must be known that the other side is who it should be.
     */
    private void take(final Buffer buffer, final boolean isFirst) {
        final DirectBuffer piece = received.add(buffer);
        if (isReady && !isFirst) {
            received.clear();
            traffic.onBytes(piece, buffer.length());
            talk.onBytes(piece, buffer.length());
            return;
        }
        final Talk mine = talk;
        talk.onBytes(piece, buffer.length());
        if (talk == mine && isReady) {
            final int all = received.length();
            received.clear();
            traffic.onBytes(received.all(), all);
        } else if (received.length() > MOST_HELD) {
            lose("it says a lot before the login is done");
        }
    }

    private void onGone(final NetSocket gone, final String reason) {
        if (socket != gone) {
            return;
        }
        if (isEnding) {
            finish();
        } else {
            lose(reason);
        }
    }

    private void again(final String reason, final boolean isRefused) {
        if (isEnding) {
            finish();
            return;
        }
        attempt++;
        final int mine = attempt;
        final long waitMs = isRefused ? backOff.longest() : backOff.next();
        status.to(isRefused ? ConnectorState.REFUSED : ConnectorState.BACKING_OFF, reason);
        LOGGER.log(said.level(reason), () -> name + ": " + reason + "; again in " + (waitMs + MS_PER_S / 2) / MS_PER_S + " s");
        vertx.setTimer(waitMs, fired -> {
            if (mine == attempt) {
                connect();
            }
        });
    }

    /** The connection is over for the traffic, whatever the socket does. */
    private void close() {
        final NetSocket old = socket;
        final boolean wasReady = isReady;
        socket = null;
        talk = null;
        isReady = false;
        received.clear();
        if (null != old) {
            drop(old);
        }
        if (wasReady) {
            try {
                traffic.down();
            } catch (final RuntimeException e) {
                LOGGER.log(Level.WARNING, () -> name + ": unexpected at the end of a connection: " + e);
            }
        }
    }

    private void finish() {
        attempt++;
        close();
        status.to(ConnectorState.STOPPED, status.standing().failure());
        ended.tryComplete();
    }

    private void write(final Buffer buffer) {
        final NetSocket to = socket;
        to.write(buffer).onFailure(fault -> onGone(to, NetworkFault.words(fault)));
    }

    private static void drop(final NetSocket old) {
        old.handler(null);
        old.close().onFailure(fault -> LOGGER.log(Level.DEBUG, "a socket did not close: " + NetworkFault.words(fault)));
    }

    /** Hears one connection's talk: once the connection is over, whatever that says counts no more. */
    private final class Ear implements TalkListener {
        private final NetSocket mine;

        Ear(final NetSocket mine) {
            this.mine = mine;
        }

        @Override
        public void send(final String text) {
            if (isCurrent() && !isEnding) {
                write(Buffer.buffer(text));
            }
        }

        @Override
        public void ready() {
            if (isCurrent()) {
                // before the traffic: that may be live at once
                status.to(ConnectorState.LISTING, null);
                traffic.up();
                isReady = true;
                watch.ready(System.nanoTime());
                status.connected();
            }
        }

        @Override
        public void refused(final String reason) {
            if (isCurrent()) {
                close();
                again("refused: " + settings.withoutSecret(reason), true);
            }
        }

        @Override
        public void broken(final String reason) {
            if (isCurrent()) {
                lose(settings.withoutSecret(reason));
            }
        }

        @Override
        public void asks(final ListKind kind) {
            if (isCurrent()) {
                traffic.asks(kind);
            }
        }

        @Override
        public void listing() {
            if (isCurrent()) {
                status.to(ConnectorState.LISTING, null);
                watch.listing(System.nanoTime());
            }
        }

        @Override
        public void listed(final String complaint) {
            if (isCurrent()) {
                watch.listed();
                live(null == complaint ? null : "not listed: " + settings.withoutSecret(complaint));
            }
        }

        private boolean isCurrent() {
            return socket == mine;
        }
    }
}
