package io.strowger.ops.receiver.way;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import io.strowger.codecs.translate.StreamTranslator;
import io.strowger.router.source.SourceGrant;
import io.strowger.router.status.ReturnCode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way of one phone or server into the router: its requests become facts, and are answered when those are in the journal.
 *
 * <p>It is up from its first request on, until it is let go or the server ends. What the router has no room for waits, as much as the
 * window allows; beyond it a request is refused, and told as a gap when there is room again. On the receiver's loop.
 *
 * <pre>
 *   no link ── request ──► opening ──► up ── silent: {@link #letGo} ──► leaving ──► no link
 *      ▲                      │         └── the router has ended it ──────────────────┘
 *      └── what waited is ────┘
 *          refused in time
 * </pre>
 */
public final class SourceWay {
    private static final Logger LOGGER = System.getLogger("io.strowger.ops.receiver");
    /** Most facts a request becomes, and a gap before it. */
    private static final int ROOM = 17;
    private static final long DRAIN_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long TURN_MS = 1;
    private static final long TURN_WITHOUT_LINK_MS = 20;

    private final WayContext context;
    private final SourceGrant grant;
    private final String dialect;
    private final String user;
    private final TranslatorMaker translators;
    private final Tally tally;
    private final Waiting waiting = new Waiting();
    private final Repeats repeats = new Repeats();
    private final Early early;
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private StreamTranslator translator;
    private RouterLink link;
    private boolean isOpening;
    private boolean isLeaving;
    private boolean isScheduled;
    private Promise<Void> end;
    private long endingSinceNs;
    private long heardNs = System.nanoTime();
    private long first;
    private long last;
    private long missing;
    private long missingBytes;

    /**
     * A way that is not open yet.
     *
     * @param grant       name of the source in the router, and what it may be.
     * @param dialect     as its hello says it.
     * @param user        whose calls may go on when it has a link again; null when they can't.
     * @param translators makes one for each link.
     * @param tally       counts what comes.
     */
    public SourceWay(final WayContext context, final SourceGrant grant, final String dialect, final String user,
                     final TranslatorMaker translators, final Tally tally) {
        this.context = context;
        this.grant = grant;
        this.dialect = dialect;
        this.user = user;
        this.translators = translators;
        this.tally = tally;
        this.early = new Early(context.room());
    }

    /** Name of the source in the router. */
    public String name() {
        return grant.name();
    }

    /**
     * Takes a request.
     *
     * @param request without any token.
     * @param reply   is answered once, on the loop: at once, or within the time that the context allows.
     */
    public void take(final byte[] request, final Reply reply) {
        final long nowNs = System.nanoTime();
        heardNs = nowNs;
        if (null != link && link.room() < ROOM) {
            // what has moved on since makes room
            link.poll();
        }
        if (null == end && isOpen() && early.isEmpty()) {
            translate(request, reply);
        } else if (null == end && early.add(request, reply, nowNs + context.answerNs())) {
            open();
            schedule();
        } else {
            refuse(request, reply);
        }
    }

    /** Looks whether the router is still there. */
    public void tick() {
        if (null != link) {
            pump();
        }
    }

    /** Whether no request has come for so long, and nothing waits for it to be told. */
    public boolean isSilent(final long nowNs, final long forNs) {
        final boolean isBusy = isOpening || isLeaving || !early.isEmpty() || !waiting.isEmpty() || missing > 0;
        return !isBusy && null == end && nowNs - heardNs >= forNs;
    }

    /** It counts as heard now. */
    public void keep(final long nowNs) {
        heardNs = nowNs;
    }

    /** Whether it has nothing to do with the router, and nothing waits: it can be forgotten. */
    public boolean isGone() {
        return null == link && !isOpening && early.isEmpty() && 0 == missing;
    }

    /**
     * Ends its source in the router; it {@link #isGone} then, unless a request comes meanwhile, for which it comes back.
     *
     * @param reason for people.
     */
    public void letGo(final String reason) {
        if (null != link) {
            isLeaving = true;
            link.end(reason);
            schedule();
        }
    }

    /** Ends the source, when what it has said is in the journal, or after two seconds; is over within four. */
    public Future<Void> end() {
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
        return null != link && !isLeaving && link.room() >= ROOM;
    }

    private void open() {
        if (isOpening || null != link) {
            return;
        }
        isOpening = true;
        context.vertx().executeBlocking(() -> new RouterLink(context.router(), grant, dialect, user, this::rejected), false)
            .onComplete(this::opened);
    }

    private void opened(final AsyncResult<RouterLink> opened) {
        isOpening = false;
        if (opened.succeeded()) {
            link = opened.result();
            translator = translators.make(link.source(), link.number(), link.openCalls());
            tally.failure(null);
            schedule();
        } else {
            fail(opened.cause().getMessage());
        }
    }

    /** The next request tries again. */
    private void fail(final String why) {
        if (null == end && !String.valueOf(why).equals(tally.failure())) {
            LOGGER.log(Level.WARNING, () -> name() + ": " + why);
        }
        tally.failure(String.valueOf(why));
        link = null;
        isLeaving = false;
        refuseEarly();
        waiting.takeAll().forEach(this::unknown);
        if (null != end) {
            end.tryComplete();
        }
    }

    /** Its source is down, as was wanted: who came meanwhile has it come back. */
    private void left() {
        link = null;
        isLeaving = false;
        waiting.takeAll().forEach(this::unknown);
        if (!early.isEmpty()) {
            open();
            schedule();
        }
    }

    private void refuseEarly() {
        for (Early.One one = early.poll(); null != one; one = early.poll()) {
            refuse(one.request(), one.reply());
        }
    }

    private void translate(final byte[] request, final Reply reply) {
        final long untilNs = System.nanoTime() + context.answerNs();
        final Repeats.Untold untold = repeats.take(request);
        if (null != untold) {
            tally.repeated();
            await(new Waiting.One(untold.first(), untold.last(), request, untold.answer(), reply, untilNs));
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
        link.beginRequest();
        final int taken = translator.onBytes(bytes, 0, request.length, SystemEpochNanoClock.INSTANCE.nanoTime(), noting(link.sink()));
        if (taken != request.length) {
            throw new IllegalStateException("the translator left " + (request.length - taken) + " bytes to a link that takes all");
        }
        final Answer answer = 0 != link.refusal() ? refusal(link.refusal())
            : counters.get(Counter.TOO_LARGE) > tooLargeBefore ? Answer.TOO_LARGE
            : bad(counters) > badBefore ? Answer.BAD : Answer.OK;
        if (Answer.OK != answer) {
            tally.refused();
        }
        if (first < 0 || 0 != link.refusal()) {
            // of what was refused no more is to be waited for
            reply.answer(answer);
        } else {
            await(new Waiting.One(first, last, request, answer, reply, untilNs));
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

    /** What had no room may have some another time; whatever else was refused is so again. */
    private static Answer refusal(final int code) {
        final int reason = ReturnCode.rejectReason(code);
        return 0 == reason || RejectReason.CAPACITY.value() == reason ? Answer.UNAVAILABLE : Answer.REFUSED;
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

    /** The router has refused one of its facts; or some, and of all that wait none is known to be taken. */
    private void rejected(final long sequence, final int code) {
        if (RouterLink.RefusalListener.SOME == sequence) {
            repeats.refusedSome();
            waiting.takeAll().forEach(one -> answerRefused(one, Answer.UNAVAILABLE));
        } else {
            repeats.refused(sequence);
            waiting.takeWith(sequence).forEach(one -> answerRefused(one, refusal(code)));
        }
    }

    private void answerRefused(final Waiting.One one, final Answer answer) {
        tally.refused();
        one.reply().answer(answer);
    }

    private void told(final Waiting.One one) {
        if (!one.reply().answer(one.answer())) {
            repeats.untold(one);
        }
    }

    private void unknown(final Waiting.One one) {
        one.reply().answer(Answer.UNAVAILABLE);
        repeats.untold(one);
    }

    private void schedule() {
        if (isScheduled || !isNeeded()) {
            return;
        }
        isScheduled = true;
        context.vertx().setTimer(null == link ? TURN_WITHOUT_LINK_MS : TURN_MS, fired -> {
            isScheduled = false;
            pump();
        });
    }

    private boolean isNeeded() {
        if (null != end) {
            return !end.future().isComplete();
        }
        return null == link ? isOpening && !early.isEmpty() : !waiting.isEmpty() || !early.isEmpty() || missing > 0 || !isOpen();
    }

    private void pump() {
        if (null != link) {
            turn();
        }
        for (Early.One one = early.pollLate(System.nanoTime()); null != one; one = early.pollLate(System.nanoTime())) {
            refuse(one.request(), one.reply());
        }
        if (null != end && System.nanoTime() - endingSinceNs > DRAIN_NS) {
            endNow();
        }
        schedule();
    }

    private void turn() {
        link.poll();
        waiting.takeUpTo(link.acknowledged()).forEach(this::told);
        waiting.takeLate(System.nanoTime()).forEach(this::unknown);
        if (link.isClosed()) {
            if (isLeaving && null == end) {
                left();
            } else {
                fail(null == end ? "the router has ended the source" : "ended");
            }
            return;
        }
        while (isOpen() && !early.isEmpty()) {
            final Early.One one = early.poll();
            translate(one.request(), one.reply());
        }
        if (isOpen()) {
            tellGap();
        }
        if (null != end && waiting.isEmpty() && early.isEmpty()) {
            link.end("the server stops");
        }
    }

    /** It was waited for long enough; a link that comes later is ended when it has come. */
    private void endNow() {
        refuseEarly();
        waiting.takeAll().forEach(this::unknown);
        if (null != link) {
            link.end("the server stops");
        }
        if (null == link || System.nanoTime() - endingSinceNs > 2 * DRAIN_NS) {
            end.tryComplete();
        }
    }

    /** There is room again: what was refused is told, also when no request comes. */
    private void tellGap() {
        if (missing > 0) {
            link.tellGap(translator.position(), missing, missingBytes);
            missing = 0;
            missingBytes = 0;
        }
    }
}
