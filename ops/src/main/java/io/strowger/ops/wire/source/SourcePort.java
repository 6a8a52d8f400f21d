package io.strowger.ops.wire.source;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Audit;
import io.strowger.ops.tls.NetworkFault;
import io.strowger.ops.tls.ServerTls;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.router.Router;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.agrona.concurrent.SystemEpochClock;

/**
 * The port for sources that speak signals: TCP or TLS on one address. Any thread starts, stops and asks it; the rest is its loop's.
 *
 * <p>A source has one connection. A new one takes the place of the old: a source whose machine or way has died comes back long before the
 * old connection is known to be dead, and would be locked out until then. The old one is ended first, and the new one's hello is taken when
 * the router has all that the old one brought. What of it is not folded yet the welcome does not name: that is brought twice, and counts
 * once.
 *
 * <p>Nobody waits for a router without room: what a source has sent within its credit waits in memory, and its credit grows no more.
 */
public final class SourcePort {
    private static final System.Logger LOG = System.getLogger(SourcePort.class.getName());
    private static final long TURN_MS = 2;
    private static final long CHECK_MS = 250;
    private static final long END_MS = 5_000;
    /** Turns without a sign of anything, after which it looks all the same. */
    private static final int IDLE_TURNS = 25;

    private final Vertx vertx;
    private final Router router;
    private final SourcePortSettings settings;
    private final SourceAccess access;
    /** In the order they came. */
    private final Set<SourceArrival> arrivals = new LinkedHashSet<>();
    private final List<SourceSession> sessions = new ArrayList<>();
    /** By tenant and name: those that were let in, and those whose hello has come. */
    private final Map<String, SourceSession> opened = new HashMap<>();
    private final Map<String, SourceSession> greeted = new HashMap<>();
    private Context loop;
    private NetServer server;
    private long turnTimer;
    private long checkTimer;
    private long seenEnd = -1;
    private long seenSafe = -1;
    private int idleTurns;
    private boolean isAsked;
    private boolean isStopping;

    /**
     * A port that is closed.
     *
     * @param router  with threads of its own.
     * @param sources that may come.
     * @param audit is told who is not let in, and who is.
     */
    public SourcePort(final Vertx vertx, final Router router, final SourcePortSettings settings, final List<SourceAccount> sources,
                      final Audit audit) {
        this.vertx = vertx;
        this.router = router;
        this.settings = settings;
        this.access = new SourceAccess(sources, SystemEpochClock.INSTANCE, audit);
    }

    /**
     * Opens it.
     *
     * @return the port that it listens at; fails when it can't.
     */
    public Future<Integer> start() {
        final Promise<Integer> started = Promise.promise();
        loop = vertx.getOrCreateContext();
        loop.runOnContext(begun -> Future.succeededFuture().compose(now -> listen()).onComplete(started));
        return started.future();
    }

    /** Ends every connection with a word, brings what they sent into the router, and closes; within 5 seconds. */
    public Future<Void> stop() {
        if (null == loop) {
            return Future.succeededFuture();
        }
        final Promise<Void> stopped = Promise.promise();
        loop.runOnContext(begun -> {
            if (null == server || isStopping) {
                stopped.tryComplete();
                return;
            }
            isStopping = true;
            List.copyOf(arrivals).forEach(arrival -> arrival.refuse(OpeningAnswer.STOPPING));
            sessions.forEach(session -> session.end(OpeningAnswer.STOPPING));
            awaitEnds(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MS), stopped);
        });
        return stopped.future();
    }

    /** Lets these sources in from now on, and no others: who is here and may no longer be is sent away within a second. */
    public void replace(final List<SourceAccount> sources) {
        access.replace(sources);
    }

    /** How each source is that may come. */
    public List<SourceHealth> health() {
        return access.health();
    }

    /** How a source is; null when none of this tenant and name may come. */
    public SourceHealth health(final int tenant, final String name) {
        return access.health(tenant, name);
    }

    /** Who was let in, and who was not. */
    public AccessGate gate() {
        return access.gate();
    }

    Vertx vertx() {
        return vertx;
    }

    Router router() {
        return router;
    }

    SourceAccess access() {
        return access;
    }

    /** Something has come, or there is room again. */
    void ask() {
        isAsked = true;
    }

    void forget(final SourceArrival arrival) {
        arrivals.remove(arrival);
    }

    /** A connection has been let in. */
    void opened(final SourceArrival arrival, final SourceAccess.Entry entry) {
        arrivals.remove(arrival);
        final SourceSession session = new SourceSession(this, arrival.frames(), entry, System.nanoTime());
        arrival.frames().handler(session);
        sessions.add(session);
        final SourceSession before = opened.put(session.key(), session);
        if (null != before) {
            before.end(OpeningAnswer.REPLACED);
        }
    }

    /** Whether a connection is now that of its source: not yet while the last one has something to bring. */
    boolean takesPlace(final SourceSession session) {
        final SourceSession before = greeted.get(session.key());
        if (null != before && before != session) {
            before.end(OpeningAnswer.REPLACED);
            if (!before.isOver()) {
                return false;
            }
        }
        greeted.put(session.key(), session);
        opened.remove(session.key(), session);
        return true;
    }

    /** Whether its source has no other connection. */
    boolean isLast(final SourceSession session) {
        return isNoOther(session, greeted.get(session.key())) && isNoOther(session, opened.get(session.key()));
    }

    private static boolean isNoOther(final SourceSession session, final SourceSession found) {
        return null == found || session == found;
    }

    private Future<Integer> listen() {
        turnTimer = vertx.setPeriodic(TURN_MS, id -> turn());
        checkTimer = vertx.setPeriodic(CHECK_MS, id -> check());
        server = vertx.createNetServer(options());
        server.exceptionHandler(this::noteFault);
        return server.connectHandler(this::onSocket).listen(settings.port(), settings.host()).map(NetServer::actualPort);
    }

    /** A connection did not come: of one whose certificate nobody has signed, no more is known than that. */
    private void noteFault(final Throwable fault) {
        LOG.log(System.Logger.Level.DEBUG, () -> "a connection did not come: " + NetworkFault.words(fault));
        if (fault instanceof SSLException) {
            access.gate().refusedUnknown("no TLS with it: " + NetworkFault.words(fault));
        }
    }

    private void onSocket(final NetSocket socket) {
        final SourceArrival arrival = new SourceArrival(this, socket, System.nanoTime());
        arrival.frames().begin();
        if (isStopping) {
            arrival.refuse(OpeningAnswer.STOPPING);
            return;
        }
        if (arrivals.size() + sessions.size() >= settings.limits().connections()) {
            // who has something to say opens at once: the one that waits the longest is the least of a loss
            (arrivals.isEmpty() ? arrival : arrivals.iterator().next()).refuse(OpeningAnswer.TOO_MANY);
        }
        if (!arrival.frames().isOver()) {
            arrivals.add(arrival);
        }
    }

    private NetServerOptions options() {
        final NetServerOptions options = new NetServerOptions().setTcpKeepAlive(true).setTcpNoDelay(true);
        ServerTls.require(options, settings.tls(), Duration.ofMillis(settings.limits().openingMs()));
        return options;
    }

    /** Where the journal has not grown and nobody has asked, there is nothing to move on. */
    private void turn() {
        final long end = router.lastSequence();
        final long safe = router.durableSequence();
        idleTurns++;
        if (end == seenEnd && safe == seenSafe && !isAsked && idleTurns < IDLE_TURNS) {
            return;
        }
        idleTurns = 0;
        seenEnd = end;
        seenSafe = safe;
        isAsked = false;
        final long nowNs = System.nanoTime();
        int work = 0;
        for (int i = sessions.size() - 1; i >= 0; i--) {
            final SourceSession session = sessions.get(i);
            work += turn(session, nowNs);
            if (session.isOver()) {
                sessions.remove(i);
                greeted.remove(session.key(), session);
                opened.remove(session.key(), session);
            }
        }
        isAsked |= work > 0;
    }

    /** What is wrong with one is a matter of that one. */
    private static int turn(final SourceSession session, final long nowNs) {
        try {
            return session.turn(nowNs);
        } catch (final RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, () -> session.key() + ": unexpected: " + fault);
            session.end(OpeningAnswer.FAULT);
            return 1;
        }
    }

    private void check() {
        final long nowNs = System.nanoTime();
        final long openingNs = TimeUnit.MILLISECONDS.toNanos(settings.limits().openingMs());
        arrivals.stream().filter(arrival -> arrival.isLate(nowNs, openingNs)).toList()
            .forEach(arrival -> arrival.refuse(OpeningAnswer.TOO_LATE));
        for (int i = 0; i < sessions.size(); i++) {
            sessions.get(i).check(nowNs, settings.limits());
        }
    }

    /** Goes on turning until all have ended, or it takes too long. */
    private void awaitEnds(final long untilNs, final Promise<Void> stopped) {
        if (sessions.isEmpty() || System.nanoTime() > untilNs) {
            vertx.cancelTimer(turnTimer);
            vertx.cancelTimer(checkTimer);
            server.close().onComplete(stopped);
        } else {
            vertx.setTimer(TURN_MS, id -> awaitEnds(untilNs, stopped));
        }
    }
}
