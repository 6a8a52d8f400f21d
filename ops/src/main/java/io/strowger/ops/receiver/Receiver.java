package io.strowger.ops.receiver;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Audit;
import io.strowger.ops.receiver.way.EarlyRoom;
import io.strowger.ops.receiver.way.WayContext;
import io.strowger.ops.tls.NetworkFault;
import io.strowger.ops.tls.ServerTls;
import io.strowger.router.Router;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * The receiver for phones and servers that come by themselves: HTTP on one address. Any thread starts and stops it.
 *
 * <p>The router must have threads of its own: not {@link io.strowger.router.ThreadingMode#INVOKER}.
 */
public final class Receiver {
    private static final System.Logger LOG = System.getLogger(Receiver.class.getName());
    private static final long TICK_MS = 100;
    private static final int TICKS_A_LOOK = 10;

    private final Vertx vertx;
    private final ReceiverSettings settings;
    private final ReceiverCount count = new ReceiverCount();
    private final Map<String, SourceEntry> entries = new LinkedHashMap<>();
    private final List<SourceEntry> ordered;
    private final LineCount lines;
    private final AccessGate gate;
    private final SourceDoor door;
    private Context loop;
    private NetServer server;
    private long timer;
    private long ticks;
    private boolean isStopping;

    /**
     * A receiver that is closed.
     *
     * @param sources of different names within a tenant.
     * @param keys    by which they are known.
     * @param audit   is told who is not let in, and who is.
     */
    public Receiver(final Vertx vertx, final Router router, final ReceiverSettings settings, final List<ReceivedSource> sources,
                    final SourceKeys keys, final Audit audit) {
        this.vertx = vertx;
        this.settings = settings;
        this.lines = new LineCount(settings.limits());
        final EarlyRoom room = new EarlyRoom(EarlyRoom.BYTES_DEFAULT);
        final Map<Integer, EarlyRoom> rooms = new HashMap<>();
        for (final ReceivedSource source : sources) {
            final EarlyRoom ofTenant = rooms.computeIfAbsent(source.tenant(), tenant -> room.share());
            final WayContext context = new WayContext(vertx, router, settings.limits().answer().toNanos(), ofTenant.share());
            entries.put(source.key(), new SourceEntry(context, source, settings.limits().bodyBytes()));
        }
        this.ordered = List.copyOf(entries.values());
        this.gate = new AccessGate(keys.tokens(), System::currentTimeMillis, audit);
        this.door = new SourceDoor(gate, entries, keys.certificates());
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

    /** Takes nothing more, brings what was taken into the journal, tells that the sources are down, and closes it; within seconds. */
    public Future<Void> stop() {
        if (null == loop) {
            return Future.succeededFuture();
        }
        final Promise<Void> stopped = Promise.promise();
        loop.runOnContext(begun -> {
            if (null == server || isStopping) {
                stopped.complete();
                return;
            }
            isStopping = true;
            lines.all().forEach(HttpLine::end);
            door.audit().close();
            final List<Future<Integer>> ends = entries.values().stream().map(SourceEntry::end).toList();
            Future.join(ends).transform(ended -> {
                vertx.cancelTimer(timer);
                LOG.log(System.Logger.Level.INFO, () -> "stopped: " + ends.stream().filter(Future::succeeded).mapToInt(Future::result).sum()
                    + " phones and servers of " + ends.size() + " sources have ended, " + count.totals().taken() + " requests were taken");
                return server.close();
            }).onComplete(stopped);
        });
        return stopped.future();
    }

    /** Who was let in, and who was not. */
    public AccessGate gate() {
        return gate;
    }

    /** Knows the sources by these keys from now on, and by no others: from the next request on. */
    public void replace(final SourceKeys keys) {
        if (null == loop) {
            door.replace(keys);
        } else {
            loop.runOnContext(now -> door.replace(keys));
        }
    }

    /** How each source is, in their order. */
    public List<ReceiverHealth> health() {
        return ordered.stream().map(SourceEntry::health).toList();
    }

    /**
     * How a source is.
     *
     * @param index of it, from 0, in their order.
     */
    public ReceiverHealth health(final int index) {
        return ordered.get(index).health();
    }

    /** What was counted of all who came. */
    public ReceiverTotals totals() {
        return count.totals();
    }

    private Future<Integer> listen() {
        server = vertx.createNetServer(options());
        server.exceptionHandler(fault -> noteFault(fault));
        timer = vertx.setPeriodic(TICK_MS, fired -> tick());
        return server.connectHandler(this::connected).listen(settings.port(), settings.host()).map(NetServer::actualPort);
    }

    private void connected(final NetSocket socket) {
        final HttpLine line = new HttpLine(socket, door, settings.limits(), count);
        final String address = socket.remoteAddress().hostAddress();
        if (isStopping || !lines.add(line, address)) {
            count.turnedAway();
            socket.close().onFailure(gone -> { });
            return;
        }
        socket.closeHandler(closed -> {
            line.onGone();
            lines.remove(line);
        });
        // that it is broken is told by the close, too
        socket.exceptionHandler(broken -> { });
        socket.handler(line::onBytes);
    }

    /** A connection did not come: of one whose certificate nobody has signed, no more is known than that. */
    private void noteFault(final Throwable fault) {
        if (fault instanceof SSLException) {
            gate.refusedUnknown("no TLS with it: " + NetworkFault.words(fault));
        }
    }

    private void tick() {
        final long nowNs = System.nanoTime();
        lines.all().forEach(line -> line.tick(nowNs));
        if (isStopping) {
            return;
        }
        ticks++;
        entries.values().forEach(entry -> entry.look(nowNs));
        if (0 == ticks % TICKS_A_LOOK) {
            entries.values().forEach(SourceEntry::tick);
            door.audit().tick(nowNs);
        }
    }

    private NetServerOptions options() {
        final NetServerOptions options = new NetServerOptions().setTcpKeepAlive(true).setTcpNoDelay(true);
        // a phone without a certificate may still come with a token
        ServerTls.request(options, settings.tls(), settings.limits().whole());
        return options;
    }
}
