package io.strowger.ops.receiver;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import io.strowger.codecs.translate.StreamTranslator;
import io.strowger.router.Router;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way of one phone or server into the router: its requests become facts, and are answered when those are in the journal.
 *
 * <p>It is up from its first request on, until the server ends. What the router has no room for waits, as much as the window allows; beyond
 * it a request is refused, and told as a gap when there is room again. On the receiver's loop.
 */
final class SourceWay {
    private static final Logger LOGGER = System.getLogger("io.strowger.ops.receiver");
    /** Most facts a request becomes, and a gap before it. */
    private static final int ROOM = 17;
    private static final int MOST_EARLY = 64;
    private static final long DRAIN_NS = TimeUnit.SECONDS.toNanos(2);

    private final Vertx vertx;
    private final Router router;
    private final ReceivedSource source;
    private final String name;
    private final LongFunction<StreamTranslator> translators;
    private final long answerNs;
    private final Tally tally;
    private final Waiting waiting = new Waiting();
    private final Repeats repeats = new Repeats();
    private final ArrayDeque<Early> early = new ArrayDeque<>();
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private StreamTranslator translator;
    private RouterLink link;
    private boolean isOpening;
    private boolean isScheduled;
    private Promise<Void> end;
    private long endingSinceNs;
    private long first;
    private long last;
    private long missing;
    private long missingBytes;

    /**
     * A way that is not open yet.
     *
     * @param name        of the source in the router.
     * @param translators makes one for a number of a source.
     */
    SourceWay(final Vertx vertx, final Router router, final ReceivedSource source, final String name,
              final LongFunction<StreamTranslator> translators, final long answerNs, final Tally tally) {
        this.vertx = vertx;
        this.router = router;
        this.source = source;
        this.name = name;
        this.translators = translators;
        this.answerNs = answerNs;
        this.tally = tally;
    }

    /**
     * Takes a request.
     *
     * @param request without any token.
     */
    void take(final byte[] request, final Reply reply) {
        if (null != link && link.room() < ROOM) {
            // what has moved on since makes room
            link.poll();
        }
        if (null != end || early.size() >= MOST_EARLY) {
            refuse(request, reply);
        } else if (isOpen() && early.isEmpty()) {
            translate(request, reply);
        } else {
            early.add(new Early(request, reply, System.nanoTime() + answerNs));
            open();
            schedule();
        }
    }

    /** Looks whether the router is still there. */
    void tick() {
        if (null != link) {
            pump();
        }
    }

    /** Ends the source, when what it has said is in the journal, or after two seconds. */
    Future<Void> end() {
        if (null == end) {
            end = Promise.promise();
            endingSinceNs = System.nanoTime();
            if (null == link && !isOpening) {
                end.complete();
            }
            schedule();
        }
        return end.future();
    }

    private boolean isOpen() {
        return null != link && link.room() >= ROOM;
    }

    private void open() {
        if (isOpening || null != link) {
            return;
        }
        isOpening = true;
        vertx.executeBlocking(() -> new RouterLink(router, source, name, this::rejected), false).onComplete(opened -> {
            isOpening = false;
            if (opened.succeeded()) {
                link = opened.result();
                translator = translators.apply(link.source());
                translator.connected(link.number());
                tally.failure(null);
                schedule();
            } else {
                fail(opened.cause().getMessage());
            }
        });
    }

    /** The next request tries again. */
    private void fail(final String why) {
        if (!String.valueOf(why).equals(tally.failure())) {
            LOGGER.log(Level.WARNING, () -> name + ": " + why);
        }
        tally.failure(String.valueOf(why));
        link = null;
        early.forEach(one -> refuse(one.request(), one.reply()));
        early.clear();
        waiting.takeAll().forEach(this::unknown);
        if (null != end) {
            end.tryComplete();
        }
    }

    private void translate(final byte[] request, final Reply reply) {
        final Repeats.Untold untold = repeats.take(request);
        if (null != untold) {
            tally.repeated();
            await(new Waiting.One(untold.last(), untold.last(), request, untold.answer(), reply, System.nanoTime() + answerNs));
            return;
        }
        if (link.room() < ROOM) {
            refuse(request, reply);
            return;
        }
        tellGap();
        final StreamCounters counters = translator.counters();
        final long badBefore = bad(counters);
        final long tooLargeBefore = counters.get(Counter.TOO_LARGE);
        first = -1;
        bytes.wrap(request);
        final int taken = translator.onBytes(bytes, 0, request.length, SystemEpochNanoClock.INSTANCE.nanoTime(), noting(link.sink()));
        if (taken != request.length) {
            throw new IllegalStateException("the translator left " + (request.length - taken) + " bytes to a link that takes all");
        }
        final Answer answer = counters.get(Counter.TOO_LARGE) > tooLargeBefore ? Answer.TOO_LARGE
            : bad(counters) > badBefore ? Answer.BAD : Answer.OK;
        if (Answer.OK != answer) {
            tally.refused();
        }
        if (first < 0) {
            reply.answer(answer);
        } else {
            await(new Waiting.One(first, last, request, answer, reply, System.nanoTime() + answerNs));
        }
    }

    private void await(final Waiting.One one) {
        if (one.last() <= link.acknowledged()) {
            told(one);
        } else {
            waiting.add(one);
            schedule();
        }
    }

    private SignalSink noting(final SignalSink sink) {
        return (buffer, offset, length) -> {
            last = SignalLayout.sourceSequence(buffer, offset);
            first = first < 0 ? last : first;
            return sink.offer(buffer, offset, length);
        };
    }

    private static long bad(final StreamCounters counters) {
        return counters.get(Counter.MALFORMED) + counters.get(Counter.FOREIGN) + counters.get(Counter.IDENTITY_TOO_LONG);
    }

    /** Nothing of it is taken, and the router hears of that once there is room. */
    private void refuse(final byte[] request, final Reply reply) {
        missing++;
        missingBytes += request.length;
        tally.lost();
        tally.refused();
        reply.answer(Answer.UNAVAILABLE);
        schedule();
    }

    /** The router has refused one of its facts. */
    private void rejected(final long sequence) {
        waiting.takeWith(sequence).forEach(one -> {
            tally.refused();
            one.reply().answer(Answer.UNAVAILABLE);
        });
    }

    private void told(final Waiting.One one) {
        if (!one.reply().answer(one.answer())) {
            repeats.untold(one.request(), one.last(), one.answer());
        }
    }

    private void unknown(final Waiting.One one) {
        one.reply().answer(Answer.UNAVAILABLE);
        repeats.untold(one.request(), one.last(), one.answer());
    }

    private void schedule() {
        final boolean isNeeded = null != link && (!waiting.isEmpty() || !early.isEmpty() || missing > 0 || !isOpen() || null != end);
        if (isNeeded && !isScheduled) {
            isScheduled = true;
            vertx.setTimer(1, fired -> {
                isScheduled = false;
                if (null != link) {
                    pump();
                }
            });
        }
    }

    private void pump() {
        link.poll();
        waiting.takeUpTo(link.acknowledged()).forEach(this::told);
        waiting.takeLate(System.nanoTime()).forEach(this::unknown);
        if (link.isClosed()) {
            fail(null == end ? "the router has ended the source" : "ended");
            return;
        }
        while (isOpen() && !early.isEmpty()) {
            final Early one = early.poll();
            translate(one.request(), one.reply());
        }
        while (!early.isEmpty() && System.nanoTime() - early.peek().untilNs() >= 0) {
            final Early one = early.poll();
            refuse(one.request(), one.reply());
        }
        if (isOpen()) {
            tellGap();
        }
        if (null != end && (waiting.isEmpty() || System.nanoTime() - endingSinceNs > DRAIN_NS)) {
            link.end("the server stops");
        }
        schedule();
    }

    /** There is room again: what was refused is told, also when no request comes. */
    private void tellGap() {
        if (missing > 0) {
            link.tellGap(translator.position(), missing, missingBytes);
            missing = 0;
            missingBytes = 0;
        }
    }

    /** A request that came before the way was open. */
    private static final class Early {
        private final byte[] request;
        private final Reply reply;
        private final long untilNs;

        Early(final byte[] request, final Reply reply, final long untilNs) {
            this.request = request;
            this.reply = reply;
            this.untilNs = untilNs;
        }

        byte[] request() {
            return request;
        }

        Reply reply() {
            return reply;
        }

        long untilNs() {
            return untilNs;
        }
    }
}
