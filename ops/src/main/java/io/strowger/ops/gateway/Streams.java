package io.strowger.ops.gateway;

import io.strowger.ops.access.Admitted;
import io.strowger.ops.popup.PopUp;
import io.strowger.ops.popup.PopUpWriter;
import io.strowger.router.Router;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.journal.PositionException;
import io.strowger.router.token.TokenException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Opens streams of events. On the gateway's loop; what waits for the router does so on a worker thread.
 */
final class Streams {
    private final Vertx vertx;
    private final Router router;
    private final EventLines lines;
    private final StreamPump pump;
    private final PopUpWriter popUps;
    private long begun;

    Streams(final Vertx vertx, final Router router, final EventLines lines, final StreamPump pump,
            final List<PopUp> popUps) {
        this.popUps = new PopUpWriter(popUps);
        this.vertx = vertx;
        this.router = router;
        this.lines = lines;
        this.pump = pump;
    }

    EventLines lines() {
        return lines;
    }

    StreamPump pump() {
        return pump;
    }

    /**
     * Subscribes for a caller, and counts the stream as his.
     *
     * @return fails with a {@link Problem}.
     */
    Future<Subscription> subscribe(final Admitted caller, final StreamRequest request) {
        final Filter filter;
        final long after;
        try {
            filter = request.filter(caller.credential());
            after = null == request.after() ? 0 : lines.sequence(request.after(), caller.credential().tenant()) + 1;
            take(caller);
        } catch (final TokenException e) {
            return Future.failedFuture(Problem.badRequest("that is no position of a stream of this application"));
        } catch (final Problem e) {
            return Future.failedFuture(e);
        }
        return vertx.executeBlocking(() -> open(filter, after, request.withStatus()), false)
            .recover(fault -> {
                caller.giveStreamBack();
                return Future.failedFuture(problem(fault));
            });
    }

    /**
     * Takes one of a caller's streams.
     *
     * @throws Problem when he has as many as he may.
     */
    static void take(final Admitted caller) {
        if (!caller.takeStream()) {
            throw Problem.tooMany("this application has as many streams as it may");
        }
    }

    /** Begins a stream that is turned from now on. */
    EventStream begin(final Subscription subscription, final StreamRequest request, final Admitted caller, final StreamSink sink) {
        return begin(subscription, request, caller, sink, lines::event);
    }

    /** Begins a stream of caller pop-ups, likewise. */
    EventStream beginPopUps(final Subscription subscription, final StreamRequest request, final Admitted caller, final StreamSink sink) {
        return begin(subscription, request, caller, sink,
            (id, number, folded, buffer, record) -> popUps.write(caller.credential().read(), buffer, record));
    }

    private EventStream begin(final Subscription subscription, final StreamRequest request, final Admitted caller, final StreamSink sink,
                              final LineWriter writer) {
        final EventStream stream = new EventStream(subscription, request, caller, lines, sink, writer, ++begun);
        pump.add(stream);
        return stream;
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
