package io.strowger.ops.wire.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.SourceDownDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.SourceRejectDecoder;
import io.strowger.codecs.sbe.SourceWelcomeDecoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.ops.wire.FrameHandler;
import io.strowger.ops.wire.Frames;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.ops.worker.Worker;
import io.strowger.router.Router;
import io.strowger.router.source.SourceConnection;
import io.strowger.router.status.ReturnCode;
import io.vertx.core.AsyncResult;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One connection of a source that was let in. On the port's loop, but for the hello: that asks the router, on a worker, and nothing else
 * touches the connection meanwhile.
 *
 * <pre>
 *   opened ── hello comes ──► greeting: the last connection of the source ends, then the worker asks ──► greeted: signals
 *                                 ▲                                                      │ the router has no room now
 *                                 └──────────────────────────────────────────────────────┘
 * </pre>
 */
final class SourceSession implements FrameHandler {
    private static final System.Logger LOG = System.getLogger(SourceSession.class.getName());
    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MOST_REFUSED = 16;

    private final SourcePort port;
    private final Frames frames;
    private final SourceAccess.Entry entry;
    private final long sinceNs;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SourceRejectDecoder reject = new SourceRejectDecoder();
    private final SourceWelcomeDecoder welcome = new SourceWelcomeDecoder();
    private final SequenceLimit numbers = new SequenceLimit();
    private SourceConnection connection;
    /** The hello that waits to be taken; null when none does. */
    private UnsafeBuffer hello;
    private long againNs;
    private int refused;
    /** The worker has the connection. */
    private boolean isAsking;
    /** The worker has answered: the hello that comes once more is done. */
    private boolean isAnswered;
    private boolean isGreeted;
    private boolean isLeaving;
    private boolean isEnding;
    private boolean isGone;

    SourceSession(final SourcePort port, final Frames frames, final SourceAccess.Entry entry, final long nowNs) {
        this.port = port;
        this.frames = frames;
        this.entry = entry;
        this.sinceNs = nowNs;
        this.againNs = nowNs;
        entry.status().opened();
        frames.whenRoom(port::ask);
    }

    String key() {
        return entry.account().key();
    }

    /** Whether the socket has gone, and the router has all that it will have. */
    boolean isOver() {
        return isGone && !isAsking && (null == connection || connection.isClosed());
    }

    @Override
    public boolean onFrame(final DirectBuffer buffer, final int offset, final int length) {
        if (isAnswered) {
            isAnswered = false;
            return true;
        }
        if (null == hello && !isGreeted && isHello(buffer, offset, length)) {
            hello = new UnsafeBuffer(new byte[length]);
            hello.putBytes(0, buffer, offset, length);
        }
        if (null != hello) {
            greet(System.nanoTime());
            return false;
        }
        if (null == connection) {
            connection = port.router().openSource(entry.account().grant(), this::reply);
        }
        final long number = number(buffer, offset, length);
        if (isGreeted && numbers.isBeyond(number)) {
            refuse(number);
            return true;
        }
        final long code = connection.onSignal(buffer, offset, length);
        if (code > 0) {
            numbers.taken(number);
        }
        take(code, SignalLayout.HEADER_LENGTH <= length
            && SourceDownDecoder.TEMPLATE_ID == SignalLayout.templateId(buffer, offset));
        return true;
    }

    @Override
    public void onRead() {
        if (null != connection && !isAsking) {
            connection.poll();
        }
        port.ask();
    }

    @Override
    public void onBroken(final String reason) {
        end(OpeningAnswer.BAD_FRAME);
    }

    @Override
    public void onGone(final String reason) {
        isGone = true;
        if (!isEnding) {
            isEnding = true;
            endConnection(reason);
            left(isLeaving ? "it has said that it goes" : reason);
        }
        port.ask();
    }

    /** Ends it from this side. */
    void end(final OpeningAnswer why) {
        end(why, why.text());
    }

    private void end(final OpeningAnswer why, final String reason) {
        if (!isEnding) {
            isEnding = true;
            endConnection(reason);
            frames.close(why);
            left(reason);
            port.ask();
        }
    }

    /** It is told why, and ended: what it counts by is broken. */
    private void refuse(final long number) {
        if (!isEnding) {
            final DirectBuffer reject = numbers.reject(number, entry.account().grant().tenant());
            frames.offer(reject, 0, reject.capacity());
            entry.status().rejected(1);
            end(OpeningAnswer.BAD_FRAME, numbers.reason(number));
        }
    }

    private static long number(final DirectBuffer buffer, final int offset, final int length) {
        return length < SignalLayout.SOURCE_SEQUENCE_OFFSET + Long.BYTES ? -1 : SignalLayout.sourceSequence(buffer, offset);
    }

    /** Moves on what waits; returns how much there was. */
    int turn(final long nowNs) {
        if (isAsking) {
            return 1;
        }
        int work = 0;
        if (null != hello && !isEnding) {
            greet(nowNs);
            work = 1;
        }
        if (null != connection && !isAsking) {
            work += connection.poll();
            frames.flush();
            if (connection.isClosed() && !isEnding) {
                leave();
            }
        }
        return work;
    }

    /** Looks whether it may still be here; several times a second. */
    void check(final long nowNs, final SourcePortLimits limits) {
        if (isEnding) {
            return;
        }
        if (!entry.isStill()) {
            end(OpeningAnswer.NOT_LET_IN);
        } else if (!isGreeted && nowNs - sinceNs > TimeUnit.MILLISECONDS.toNanos(limits.helloMs())) {
            end(OpeningAnswer.TOO_LATE);
        } else if (frames.isStalled(nowNs, TimeUnit.MILLISECONDS.toNanos(limits.stalledMs()))) {
            end(OpeningAnswer.STALLED);
        }
    }

    /** The hello goes to the router once the last connection of the source has ended: what that brought comes before it. */
    private void greet(final long nowNs) {
        if (isAsking || nowNs < againNs || !port.takesPlace(this)) {
            return;
        }
        isAsking = true;
        final SourceConnection before = connection;
        final UnsafeBuffer said = hello;
        Worker.call(port.vertx(), () -> ask(before, said)).onComplete(this::onAsked);
    }

    /** On the worker. A connection that has no end of its own is ended here, whatever has come of its hello. */
    private Greeting ask(final SourceConnection before, final UnsafeBuffer said) {
        if (!isRoom()) {
            return new Greeting(before, ReturnCode.BACK_PRESSURED);
        }
        final SourceConnection mine = null == before ? port.router().openSource(entry.account().grant(), this::reply) : before;
        boolean isDone = false;
        try {
            final long code = mine.onSignal(said, 0, said.capacity());
            isDone = true;
            return new Greeting(mine, code);
        } catch (final IllegalStateException noRoom) {
            // it comes again on another one: this one has counted it
            return new Greeting(null, ReturnCode.BACK_PRESSURED);
        } finally {
            if (!isDone) {
                mine.end("its hello was not taken", SystemEpochNanoClock.INSTANCE.nanoTime());
            }
        }
    }

    /** Whether the router answers now: a hello asks it the same, and one that finds no room has made a connection for nothing. */
    private boolean isRoom() {
        try {
            final Router router = port.router();
            return router.lastSourceSequence(router.sourceNumber(entry.account().grant().tenant(), entry.account().grant().name())) >= -1;
        } catch (final IllegalStateException noRoom) {
            return false;
        }
    }

    private void onAsked(final AsyncResult<Greeting> asked) {
        isAsking = false;
        if (asked.failed()) {
            LOG.log(System.Logger.Level.WARNING, () -> key() + ": unexpected at its hello: " + asked.cause());
            end(OpeningAnswer.FAULT);
            return;
        }
        final Greeting greeting = asked.result();
        connection = greeting.connection();
        if (isEnding) {
            endConnection("the connection has gone before its hello was taken");
        } else if (ReturnCode.BACK_PRESSURED == greeting.code()) {
            againNs = System.nanoTime() + AGAIN_NS;
        } else {
            final UnsafeBuffer said = hello;
            hello = null;
            isAnswered = true;
            isGreeted = greeting.code() > 0;
            numbers.greeted(isGreeted && YesNo.YES == new SourceHelloDecoder().wrapAndApplyHeader(said, 0, header).dense());
            if (!isGreeted) {
                take(greeting.code(), false);
            }
            frames.again();
        }
        port.ask();
    }

    /** What became of a signal. */
    private void take(final long code, final boolean isDown) {
        if (code > 0) {
            entry.status().signal();
            isLeaving |= isDown;
        } else if (0 == code) {
            entry.status().duplicate();
        } else if (ReturnCode.CLOSED == code) {
            end(closing());
        } else if (!isGreeted) {
            refused++;
            if (refused > MOST_REFUSED) {
                end(OpeningAnswer.BAD_FRAME);
            }
        }
    }

    private OpeningAnswer closing() {
        if (port.router().isClosed()) {
            return OpeningAnswer.STOPPING;
        }
        return isLeaving ? OpeningAnswer.BAD_FRAME : OpeningAnswer.NO_CREDIT;
    }

    /** The router has nothing more for it: it has said itself that it goes, or the router is closed. */
    private void leave() {
        if (isLeaving) {
            isEnding = true;
            frames.close();
            left("it has said that it goes");
        } else {
            end(OpeningAnswer.STOPPING);
        }
    }

    private boolean reply(final DirectBuffer buffer, final int offset, final int length) {
        // on the worker nothing is said: what has no room comes again
        if (isAsking || !frames.offer(buffer, offset, length)) {
            return false;
        }
        switch (SignalLayout.templateId(buffer, offset)) {
            case SourceWelcomeDecoder.TEMPLATE_ID -> {
                numbers.taken(welcome.wrapAndApplyHeader(buffer, offset, header).lastSourceSequence());
                entry.status().to(SourceState.LIVE, null);
                LOG.log(System.Logger.Level.INFO, () -> key() + ": live");
            }
            case SourceRejectDecoder.TEMPLATE_ID ->
                entry.status().rejected(reject.wrapAndApplyHeader(buffer, offset, header).count());
            default -> {
                // is not counted
            }
        }
        return true;
    }

    private void endConnection(final String reason) {
        if (null != connection && !isAsking) {
            connection.end(reason, SystemEpochNanoClock.INSTANCE.nanoTime());
        }
    }

    private void left(final String reason) {
        if (port.isLast(this)) {
            entry.status().to(SourceState.AWAITED, reason);
        }
        LOG.log(System.Logger.Level.INFO, () -> key() + ": gone: " + reason);
    }

    private static boolean isHello(final DirectBuffer buffer, final int offset, final int length) {
        return length >= SignalLayout.HEADER_LENGTH && SourceHelloDecoder.TEMPLATE_ID == SignalLayout.templateId(buffer, offset);
    }

    private record Greeting(SourceConnection connection, long code) {
    }
}
