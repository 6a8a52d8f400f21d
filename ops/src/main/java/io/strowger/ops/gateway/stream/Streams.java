package io.strowger.ops.gateway.stream;

import io.strowger.codecs.sbe.AuditKind;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.Credential;
import io.strowger.ops.gateway.web.Connections;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.ops.popup.PopUp;
import io.strowger.ops.popup.PopUpWriter;
import io.strowger.ops.worker.Worker;
import io.strowger.router.Router;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.journal.PositionException;
import io.strowger.router.token.TokenException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * Opens streams of events. On the gateway's loop; what waits for the router does so on a worker thread.
 */
public final class Streams {
    private final Vertx vertx;
    private final Router router;
    private final EventLines lines;
    private final StreamPump pump;
    private final StreamTimes times;
    private final StreamRoom room;
    private final JournalThread journalThread;
    private final PopUpWriter popUps;

    /**
     * No streams yet.
     *
     * @param tokenKey of positions.
     * @param pump     that turns them.
     * @param room     for the streams of all applications together.
     * @param popUps   what users are shown who are called.
     */
    public Streams(final Vertx vertx, final Router router, final byte[] tokenKey, final StreamPump pump, final StreamTimes times,
                   final StreamRoom room, final List<PopUp> popUps) {
        this.popUps = new PopUpWriter(popUps);
        this.vertx = vertx;
        this.router = router;
        this.lines = new EventLines(new Positions(tokenKey));
        this.pump = pump;
        this.times = times;
        this.room = room;
        this.journalThread = new JournalThread(vertx, pump.gateway());
    }

    /** What turns them. */
    public StreamPump pump() {
        return pump;
    }

    /**
     * Subscribes for a caller, and counts the stream as his.
     *
     * @return fails with a {@link Problem}.
     */
    public Future<Subscribed> subscribe(final Admitted caller, final StreamRequest request) {
        return subscribe(caller, caller.credential(), request);
    }

    private Future<Subscribed> subscribe(final Admitted caller, final Credential credential, final StreamRequest request) {
        final Filter filter;
        final long after;
        try {
            filter = request.filter(credential);
            after = null == request.after() ? 0 : lines.sequence(request.after(), credential.tenant()) + 1;
            take(caller, request.policy());
        } catch (final TokenException e) {
            return Future.failedFuture(Problem.badRequest("that is no position of a stream of this application"));
        } catch (final Problem e) {
            return Future.failedFuture(e);
        }
        return Worker.call(vertx, () -> open(filter, after, request.withStatus()))
            .map(subscription -> {
                caller.note(AuditKind.STREAM_OPENED, request.words());
                return new Subscribed(subscription, request, caller, credential, room);
            })
            .recover(fault -> {
                caller.giveStreamBack();
                room.giveBack(request.policy());
                return Future.failedFuture(problem(fault));
            });
    }

    /**
     * Takes one of a caller's streams.
     *
     * @throws Problem when he has as many as he may.
     */
    public static void take(final Admitted caller) {
        if (!caller.takeStream()) {
            throw Problem.tooMany("this application has as many streams as it may");
        }
    }

    private void take(final Admitted caller, final StreamPolicy policy) {
        take(caller);
        try {
            room.take(policy);
        } catch (final Problem full) {
            caller.giveStreamBack();
            throw full;
        }
    }

    /** The place that a stream begins behind, which begins with no status. */
    public String position(final Subscribed subscribed) {
        return lines.sealed(subscribed.subscription().nextSequence() - 1, subscribed.credential().tenant());
    }

    /** Begins a stream in JSON that is turned from now on. */
    public EventStream begin(final Subscribed subscribed, final StreamSink sink) {
        return begin(subscribed, new JsonSink(sink, lines, lines::event));
    }

    /** Begins a stream that is turned from now on. */
    public EventStream begin(final Subscribed subscribed, final EventSink sink) {
        final EventStream stream = new EventStream(subscribed, lines, sink, journalThread, room.number());
        stream.askedBy(pump.add(stream, subscribed.subscription()));
        return stream;
    }

    /**
     * Answers a request with events, as server-sent ones.
     *
     * @param onFault takes a {@link Problem} where there are none.
     */
    public void sendEvents(final Admitted caller, final StreamRequest asked, final HttpServerRequest request,
                           final Handler<Throwable> onFault) {
        send(caller, caller.credential(), asked, request, onFault, lines::event);
    }

    /**
     * Answers a request with caller pop-ups, likewise.
     *
     * @param asked   of the types that pop-ups are made of.
     * @param onFault takes a {@link Problem} where there are none.
     */
    public void sendPopUps(final Admitted caller, final StreamRequest asked, final HttpServerRequest request,
                           final Handler<Throwable> onFault) {
        final Credential credential = caller.credential();
        if (!popUps.isFor(credential.tenant())) {
            onFault.handle(Problem.notFound("the configuration has no popUps of this tenant"));
            return;
        }
        send(caller, credential, asked, request, onFault,
            (id, number, folded, buffer, record) -> popUps.write(credential.read(), buffer, record));
    }

    private void send(final Admitted caller, final Credential credential, final StreamRequest asked, final HttpServerRequest request,
                      final Handler<Throwable> onFault, final LineWriter writer) {
        final HttpServerResponse response = request.response();
        subscribe(caller, credential, asked).onSuccess(subscribed -> {
            if (response.closed()) {
                subscribed.discard();
                return;
            }
            final SseSink sink = new SseSink(vertx, response, times, () -> Connections.cut(request.connection()));
            final EventStream stream = begin(subscribed, new JsonSink(sink, lines, writer));
            response.drainHandler(drained -> stream.ask());
            response.closeHandler(closed -> {
                sink.closed();
                stream.close();
            });
        }).onFailure(onFault);
    }

    /**
     * Answers a request with a status.
     *
     * @param onFault takes a {@link Problem} where there is none.
     * @throws Problem when the caller has as many streams as he may, or may not read that.
     */
    public void sendStatus(final Admitted caller, final StreamRequest asked, final HttpServerRequest request,
                           final Handler<Throwable> onFault) {
        final Credential credential = caller.credential();
        final Filter filter = asked.filter(credential);
        take(caller);
        caller.note(AuditKind.STATUS_READ, asked.words());
        Worker.call(vertx, () -> router.ask(filter)).onSuccess(report -> write(report, caller, credential, request))
            .onFailure(fault -> {
                caller.giveStreamBack();
                onFault.handle(Problem.unavailable("no status now: " + fault.getMessage()));
            });
    }

    private void write(final StatusReport report, final Admitted caller, final Credential credential, final HttpServerRequest request) {
        final HttpServerResponse response = request.response();
        final StatusStream stream = new StatusStream(report, caller, credential, lines, response, times,
            () -> Connections.cut(request.connection()));
        if (response.closed()) {
            stream.close();
            return;
        }
        response.closeHandler(closed -> stream.close());
        final Runnable asking = pump.add(stream);
        response.drainHandler(drained -> asking.run());
    }

    /** Reads no more. Every stream has ended. */
    public Future<Void> stop() {
        return journalThread.close();
    }

    private Subscription open(final Filter filter, final long after, final boolean withStatus) {
        if (withStatus) {
            return router.subscribeWithSnapshot(filter);
        }
        return 0 == after ? router.subscribe(filter) : router.subscribe(filter, after);
    }

    private static Throwable problem(final Throwable fault) {
        if (fault instanceof PositionException) {
            return Problem.gone("what comes behind that is kept no longer, or never was: begin with start=status");
        }
        return fault instanceof IllegalStateException ? Problem.unavailable("the router ends") : fault;
    }
}
