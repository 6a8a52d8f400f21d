package io.strowger.ops.receiver;

import io.strowger.codecs.http.HttpRequest;
import io.strowger.codecs.http.HttpRequestFramer;
import io.strowger.ops.receiver.way.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One connection: its bytes become requests, one after the other, each answered before the next is looked at. On the receiver's loop.
 *
 * <pre>
 *   idle ── first byte ──► head ── known who ──► body ── whole ──► taken ── in the journal ──► answered ──► idle
 *    └─ too long: closed    └───────── too slow: 408, closed ─┘
 * </pre>
 */
final class HttpLine {
    private static final System.Logger LOG = System.getLogger(HttpLine.class.getName());
    private static final int LONGEST_TARGET = 8 * 1024;
    private static final int MOST_HELD = 64 * 1024;
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);
    private static final Buffer CONTINUE = Buffer.buffer("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    private final NetSocket socket;
    private final SourceDoor door;
    private final ReceiverLimits limits;
    private final ReceiverCount count;
    private final HttpRequestFramer framer;
    private final UnsafeBuffer piece = new UnsafeBuffer(0, 0);
    /** What has come and was not looked at. */
    private Buffer held = Buffer.buffer();
    private RequestHead head;
    private SourceEntry entry;
    private boolean isInRequest;
    private boolean isWorking;
    /** A request waits for its answer. */
    private boolean isBusy;
    /** Nothing more is looked at. */
    private boolean isOver;
    private boolean isGone;
    /** A request of it was let in. */
    private boolean isKnown;
    private int requests;
    private long untilNs;

    HttpLine(final NetSocket socket, final SourceDoor door, final ReceiverLimits limits, final ReceiverCount count) {
        this.socket = socket;
        this.door = door;
        this.limits = limits;
        this.count = count;
        // one byte more than a translator takes: it says itself that a body is too long
        this.framer = new HttpRequestFramer(limits.bodyBytes() + 1);
        untilNs = System.nanoTime() + limits.whole().toNanos();
    }

    /** Takes what has come. */
    void onBytes(final Buffer bytes) {
        if (isOver) {
            return;
        }
        held.appendBuffer(bytes);
        if (isBusy && held.length() > MOST_HELD) {
            socket.pause();
        }
        work();
    }

    /** The connection is no more. */
    void onGone() {
        isGone = true;
        isOver = true;
        held = Buffer.buffer();
    }

    /** Looks at the clock. */
    void tick(final long nowNs) {
        if (isGone || isBusy || nowNs - untilNs < 0) {
            return;
        }
        if (!isOver && isInRequest) {
            count.badRequest();
            answer(Answer.SLOW, true);
        } else {
            close();
        }
    }

    /** Ends it for another one, unless it has said whose it is. */
    boolean giveWay() {
        if (isKnown) {
            return false;
        }
        count.turnedAway();
        close();
        return true;
    }

    /** Ends it; a request that waits is answered first. */
    void end() {
        if (isBusy) {
            requests = limits.requests();
        } else {
            close();
        }
    }

    private void work() {
        if (isWorking) {
            return;
        }
        isWorking = true;
        try {
            workOnce();
        } catch (final RuntimeException fault) {
            // whatever it was, nobody waits for an answer that does not come
            LOG.log(System.Logger.Level.WARNING, () -> "a request ends: " + fault.getClass().getSimpleName());
            isBusy = false;
            close();
        } finally {
            isWorking = false;
        }
        if (!isBusy && !isOver && held.length() > 0) {
            work();
        }
    }

    private void workOnce() {
        final byte[] bytes = held.getBytes();
        int at = 0;
        while (!isBusy && !isOver && at < bytes.length) {
            piece.wrap(bytes, at, bytes.length - at);
            at += framer.frame(piece, 0, bytes.length - at);
            if (framer.isReady()) {
                onRequest(framer.request());
            } else {
                onPart(framer.request());
            }
        }
        // what an answer has let come meanwhile stands behind it
        held = isOver ? Buffer.buffer() : Buffer.buffer(held.getBytes(at, held.length()));
    }

    private void onPart(final HttpRequest request) {
        if (!isInRequest && framer.isUnfinished()) {
            isInRequest = true;
            untilNs = System.nanoTime() + limits.whole().toNanos();
        }
        if (null == head && request.bodyOffset() > 0 && isInRequest) {
            onHead(request);
            if (!isOver && head.expectsContinue()) {
                socket.write(CONTINUE.copy()).onFailure(gone -> close());
            }
        }
        if (!isOver && null != head && request.isTooLarge()) {
            take(request, true);
        }
    }

    private void onHead(final HttpRequest request) {
        head = new RequestHead(request);
        entry = null;
        if (head.isDoubtful()) {
            count.badRequest();
            answer(Answer.BAD, true);
        } else if (!"GET".equals(head.method()) && !"POST".equals(head.method())) {
            refuse(Answer.METHOD);
        } else if (head.target().length() > LONGEST_TARGET) {
            refuse(Answer.LONG_TARGET);
        } else {
            final SourceDoor.Found found = door.find(head, socket);
            entry = found.entry();
            isKnown |= null != entry;
            if (null == entry) {
                count.unknown();
                answer(found.answer(), !framer.isReady() || !head.isKeptAlive());
            }
        }
    }

    private void refuse(final Answer answer) {
        count.badRequest();
        answer(answer, !framer.isReady() || !head.isKeptAlive());
    }

    private void onRequest(final HttpRequest request) {
        if (request.isMalformed()) {
            // of whom it is can't be known
            count.badRequest();
            answer(Answer.BAD, true);
            return;
        }
        if (null == head) {
            onHead(request);
        }
        if (null != entry) {
            take(request, request.isTooLarge());
        } else {
            head = null;
        }
    }

    private void take(final HttpRequest request, final boolean isLast) {
        final SourceEntry whose = entry;
        final RequestHead asked = head;
        final byte[] clean = head.clean(request);
        isInRequest = false;
        isBusy = true;
        head = null;
        entry = null;
        whose.heard();
        whose.take(asked.target(), clean, answer -> {
            isBusy = false;
            if (Answer.FORBIDDEN == answer) {
                door.audit().forbidden(whose, socket.remoteAddress().hostAddress(), "names no user that it may");
            }
            if (isGone) {
                return false;
            }
            answer(answer, isLast || !asked.isKeptAlive());
            socket.resume();
            work();
            return true;
        });
    }

    /** Writes an answer; behind the last one what still comes is passed over for a second, so that the answer is not lost with it. */
    private void answer(final Answer answer, final boolean isLast) {
        requests++;
        final boolean isEnd = isLast || requests >= limits.requests();
        isInRequest = false;
        untilNs = System.nanoTime() + (isEnd ? LINGER_NS : limits.idle().toNanos());
        final boolean isCut = isEnd && (!framer.isReady() || framer.request().isMalformed());
        isOver |= isEnd;
        count.answered(answer);
        socket.write(answer.bytes(isEnd)).onComplete(written -> {
            if (written.failed() || (isEnd && !isCut)) {
                close();
            }
        });
    }

    private void close() {
        isOver = true;
        socket.close().onFailure(gone -> { });
    }
}
