package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.AuditKind;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.FloodException;
import io.strowger.ops.access.Standing;
import io.strowger.ops.gateway.GatewayLimits;
import io.strowger.ops.gateway.action.Asks;
import io.strowger.ops.gateway.stream.StallWatch;
import io.strowger.ops.gateway.stream.StreamRequest;
import io.strowger.ops.gateway.stream.Streams;
import io.strowger.ops.gateway.stream.Subscribed;
import io.strowger.ops.gateway.web.ConnectionRoom;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.ops.wire.FrameHandler;
import io.strowger.ops.wire.Frames;
import io.strowger.ops.wire.Opening;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.ops.wire.OpeningKind;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * One application on a connection: opening, then streams, each with its own credit, and actions. On the gateway's loop.
 *
 * <pre>
 *   OPENING ── token is good ──► OPEN ── gone, silent, stalled, token taken back, too many errors, stop ──► OVER
 *      └────── not within 10 s, no opening, token is not good ──────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Who sends more than its rate, or does not read, is read no faster than it may or does: nothing of what it sends is lost.
 */
final class ApplicationSession implements FrameHandler {
    private static final System.Logger LOG = System.getLogger(ApplicationSession.class.getName());
    private static final int MOST_ERRORS = 20;
    private static final long CHECK_MS = 500;
    /** Behind a message too many for the second. */
    private static final long RATE_PAUSE_MS = 20;

    private final Vertx vertx;
    private final NetSocket socket;
    private final Frames frames;
    private final AccessGate gate;
    private final Streams streams;
    private final Asks asks;
    private final GatewayLimits limits;
    private final FrameBatch batch;
    private final FrameWriter writer;
    private final RequestReader reader = new RequestReader(this);
    private final StallWatch stall;
    private final Int2ObjectHashMap<ApplicationSink> sinks = new Int2ObjectHashMap<>();
    private Runnable onGone;
    private ConnectionRoom.Place place;
    /** Null until it is open. */
    private Admitted caller;
    private long checkTimer;
    private long heardNs = System.nanoTime();
    private int errors;
    /** What came last was not taken, and waits. */
    private boolean isHolding;
    private boolean isTimed;
    private boolean isOver;

    ApplicationSession(final Vertx vertx, final NetSocket socket, final AccessGate gate, final Streams streams, final Asks asks,
                       final GatewayLimits limits, final BatchPool pool) {
        this.vertx = vertx;
        this.socket = socket;
        this.gate = gate;
        this.streams = streams;
        this.asks = asks;
        this.limits = limits;
        this.stall = new StallWatch(limits.stalled());
        this.frames = new Frames(vertx, socket, Opening.LONGEST, this);
        final NetSocketInternal below = (NetSocketInternal)socket;
        this.batch = new FrameBatch(pool, below.channelHandlerContext().alloc(), out -> below.writeMessage(out).onFailure(this::cut),
            this::cut);
        this.writer = new FrameWriter(batch);
    }

    /**
     * Listens.
     *
     * @param itsPlace of the room for connections; given back when it has gone.
     * @param whenGone is called once when it has gone.
     */
    void begin(final ConnectionRoom.Place itsPlace, final Runnable whenGone) {
        place = itsPlace;
        onGone = whenGone;
        frames.begin();
        socket.drainHandler(drained -> {
            again();
            sinks.values().forEach(ApplicationSink::ask);
        });
        checkTimer = vertx.setPeriodic(CHECK_MS, id -> check());
    }

    /** There is no room for it: nothing is read. Instead of {@link #begin}. */
    void refuse() {
        isOver = true;
        frames.close(OpeningAnswer.TOO_MANY);
    }

    /** Ends it with a last word. */
    void end(final OpeningAnswer why) {
        if (!isOver) {
            batch.flush();
            over();
            frames.close(why);
        }
    }

    FrameWriter writer() {
        return writer;
    }

    /** A stream has been turned: of several the last one would be the best to write behind, which the turn's end is. */
    void turned() {
        if (sinks.size() < 2) {
            batch.flush();
        }
    }

    /** Whether there is room to write. */
    boolean isWritable() {
        return !isOver && !socket.writeQueueFull();
    }

    /** A stream has ended. */
    void forget(final int id) {
        sinks.remove(id);
    }

    @Override
    public boolean onFrame(final DirectBuffer buffer, final int offset, final int length) {
        heardNs = System.nanoTime();
        if (null == caller) {
            open(buffer, offset, length);
            return true;
        }
        if (!mayStay()) {
            return true;
        }
        if (socket.writeQueueFull()) {
            // who does not listen is not heard
            isHolding = true;
            return false;
        }
        if (!caller.takeRequestLater()) {
            isHolding = true;
            comeAgain();
            return false;
        }
        try {
            reader.read(buffer, offset, length);
        } catch (final Problem problem) {
            if (reader.isAct()) {
                writer.actRefused(reader.ask(), problem);
                count(problem);
            } else {
                refuse(reader.stream(), problem);
            }
        }
        return true;
    }

    @Override
    public void onRead() {
        batch.flush();
    }

    @Override
    public void onBroken(final String reason) {
        end(OpeningAnswer.BAD_FRAME);
    }

    @Override
    public void onGone(final String reason) {
        over();
        place.giveBack();
        onGone.run();
    }

    /**
     * Opens a stream.
     *
     * @param asked      what it is of; throws a {@link Problem}.
     * @param isQuestion whether it ends with the status.
     */
    void subscribe(final int id, final int credit, final Supplier<StreamRequest> asked, final boolean isQuestion) {
        if (id < 0 || sinks.containsKey(id)) {
            throw Problem.badRequest("a stream has a number from 0 that no other open one has, not " + id);
        }
        final ApplicationSink sink = new ApplicationSink(this, id, credit, isQuestion);
        sinks.put(id, sink);
        final StreamRequest request;
        try {
            if (credit < 0) {
                throw Problem.badRequest("credit is a number from 0, not " + credit);
            }
            request = asked.get();
        } catch (final Problem problem) {
            notOpened(sink, problem);
            return;
        }
        streams.subscribe(caller, request).onComplete(subscribed -> {
            if (subscribed.failed()) {
                notOpened(sink, problem(subscribed.cause()));
            } else if (isOver || sink.isOver()) {
                subscribed.result().discard();
            } else {
                begin(id, sink, request, subscribed.result());
            }
        });
    }

    void give(final int id, final int credit) {
        final ApplicationSink sink = sinks.get(id);
        if (credit < 1) {
            refuse(id, Problem.badRequest("credit is a number from 1, not " + credit));
        } else if (null != sink) {
            sink.give(credit);
        }
        // of a stream that has just ended it comes too late, which is nobody's fault
    }

    void unsubscribe(final int id) {
        final ApplicationSink sink = sinks.get(id);
        if (null != sink) {
            sink.unsubscribe();
        }
    }

    void act(final long ask, final byte[] signal) {
        asks.ask(caller, signal, answer -> {
            if (!isOver) {
                if (null == answer) {
                    writer.actRefused(ask, Problem.unavailable("the end is not known: ask again with the same key"));
                } else {
                    writer.answer(ask, answer);
                }
            }
        }).onComplete(asked -> {
            if (asked.failed() && !isOver) {
                writer.actRefused(ask, problem(asked.cause()));
            }
        });
    }

    void pong(final long number) {
        writer.pong(number);
    }

    private void open(final DirectBuffer buffer, final int offset, final int length) {
        final OpeningAnswer answer = Opening.check(buffer, offset, length, OpeningKind.APPLICATION);
        if (OpeningAnswer.OPENED != answer) {
            end(answer);
            return;
        }
        try {
            final Admitted admitted = gate.admit(Opening.token(buffer, offset), socket.remoteAddress().hostAddress());
            if (null == admitted) {
                end(OpeningAnswer.NOT_LET_IN);
            } else if (!admitted.takeRequest() || !admitted.takeStream()) {
                end(OpeningAnswer.TOO_MANY);
            } else {
                caller = admitted;
                place.opened();
                caller.note(AuditKind.ADMITTED, "SBE");
                frames.longest(limits.bodyBytes());
                frames.offer(answer.frame(), 0, answer.frame().capacity());
                frames.flush();
            }
        } catch (final FloodException e) {
            end(OpeningAnswer.FLOOD);
        }
    }

    private void begin(final int id, final ApplicationSink sink, final StreamRequest request, final Subscribed subscribed) {
        writer.subscribed(id, request.withStatus() ? null : streams.position(subscribed));
        sink.begin(streams.begin(subscribed, sink));
    }

    /** It ends before it has begun. */
    private void notOpened(final ApplicationSink sink, final Problem problem) {
        sink.ended(problem);
        count(problem);
    }

    private void refuse(final int stream, final Problem problem) {
        writer.refused(stream, problem);
        count(problem);
    }

    /** Who does nothing right is sent away. */
    private void count(final Problem problem) {
        if (Problem.BAD_REQUEST == problem.status()) {
            errors++;
            if (errors >= MOST_ERRORS) {
                end(OpeningAnswer.BAD_FRAME);
            }
        }
    }

    /** One timer at a time, whoever else has it try again meanwhile. */
    private void comeAgain() {
        if (!isTimed) {
            isTimed = true;
            vertx.setTimer(RATE_PAUSE_MS, later -> {
                isTimed = false;
                again();
            });
        }
    }

    private void again() {
        if (isHolding && !isOver) {
            isHolding = false;
            frames.again();
        }
    }

    /** Sends away who may not be here any more, takes nothing, or says nothing. */
    private void check() {
        final long nowNs = System.nanoTime();
        final boolean isFull = socket.writeQueueFull();
        if (stall.isTooLong(isFull, nowNs)) {
            // it would never see a last word
            over();
            frames.close();
        } else if (null != caller && !mayStay()) {
            heardNs = nowNs;
        } else if (isFull || isHolding) {
            heardNs = nowNs;
            if (!isFull) {
                again();
            }
        } else if (nowNs - heardNs > limits.idle().toNanos()) {
            end(OpeningAnswer.TOO_LATE);
        }
    }

    /** Sends away whose token is void, and whose stands for another application: he comes again as that. */
    private boolean mayStay() {
        final Standing standing = caller.standing();
        if (Standing.GOOD != standing) {
            end(Standing.VOID == standing ? OpeningAnswer.NOT_LET_IN : OpeningAnswer.STOPPING);
        }
        return Standing.GOOD == standing;
    }

    /** Something was not written: what comes behind it would be behind a hole. Also within the turn of a stream. */
    private void cut(final Throwable fault) {
        vertx.runOnContext(later -> {
            if (!isOver) {
                // that the other side has gone is nothing to be told
                LOG.log(fault instanceof Error ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                    () -> socket.remoteAddress() + ": is cut off, it can't be written to: " + fault);
                over();
                frames.close();
            }
        });
    }

    private void over() {
        if (!isOver) {
            isOver = true;
            vertx.cancelTimer(checkTimer);
            List.copyOf(sinks.values()).forEach(ApplicationSink::close);
            sinks.clear();
            batch.close();
            if (null != caller) {
                caller.giveStreamBack();
            }
        }
    }

    private static Problem problem(final Throwable fault) {
        return fault instanceof Problem problem ? problem : Problem.unavailable("a fault of the router");
    }
}
