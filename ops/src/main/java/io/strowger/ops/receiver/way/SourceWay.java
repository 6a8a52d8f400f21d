package io.strowger.ops.receiver.way;

import io.strowger.ops.worker.Worker;
import io.strowger.router.source.SourceGrant;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

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
    private RouterLink link;
    private Sending sending;
    private boolean isOpening;
    private boolean isLeaving;
    private boolean isScheduled;
    private Promise<Void> end;
    private long endingSinceNs;
    private long heardNs = System.nanoTime();
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
            translate(request, reply, nowNs + context.answerNs());
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

    /** Whether the router does not have it, nothing waits, and what was lost of it is still to be told. */
    public boolean isOwed() {
        return null == link && null == end && !isOpening && early.isEmpty() && missing > 0;
    }

    /** Brings it up without a request, so that what was lost is told; it {@link #isOpening} then, and {@link #isOwed} when that fails. */
    public void tellOwed() {
        if (isOwed()) {
            open();
        }
    }

    /** Whether the router is asked to take it. */
    public boolean isOpening() {
        return isOpening;
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
        Worker.call(context.vertx(), () -> new RouterLink(context.router(), grant, dialect, user, this::rejected))
            .onComplete(this::opened);
    }

    private void opened(final AsyncResult<RouterLink> opened) {
        isOpening = false;
        if (opened.succeeded()) {
            link = opened.result();
            sending = new Sending(link, translators.make(link.source(), link.number(), link.openCalls()));
            tally.failure(null);
            schedule();
        } else {
            fail(opened.cause().getMessage());
        }
    }

    /** The next request tries again, and so does who looks after what {@link #isOwed}. */
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

    private void translate(final byte[] request, final Reply reply, final long untilNs) {
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
        final Answer answer = sending.send(request);
        if (Answer.OK != answer) {
            tally.refused();
        }
        if (sending.isSent()) {
            await(new Waiting.One(sending.first(), sending.last(), request, answer, reply, untilNs));
        } else {
            // of what was refused no more is to be waited for
            reply.answer(answer);
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
            waiting.takeWith(sequence).forEach(one -> answerRefused(one, Sending.refusal(code)));
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
            // it has waited for some of its time already
            translate(one.request(), one.reply(), one.untilNs());
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
            sending.tellGap(missing, missingBytes);
            missing = 0;
            missingBytes = 0;
        }
    }
}
