package io.strowger.ops.gateway.socket;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.Standing;
import io.strowger.ops.gateway.action.Asks;
import io.strowger.ops.gateway.stream.Pumped;
import io.strowger.ops.gateway.stream.StallWatch;
import io.strowger.ops.gateway.stream.StreamRequest;
import io.strowger.ops.gateway.stream.Streams;
import io.strowger.ops.gateway.web.Connections;
import io.strowger.ops.gateway.web.JsonText;
import io.strowger.ops.gateway.web.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One application on a WebSocket: several streams, each with its own credit, and actions. On the gateway's loop.
 *
 * <pre>
 *   in   {"op":"subscribe","id":"s1","users":["102"],"start":"status","policy":"every","credit":100}
 *        {"op":"credit","id":"s1","n":100}      {"op":"unsubscribe","id":"s1"}
 *        {"op":"act","key":"ticket-7","action":"hang-up","nativeId":"..."}      {"op":"ping"}
 *   out  {"op":"subscribed","id":"s1"}      {"op":"event","id":"s1","event":{"specversion":"1.0", ...}}
 *        {"op":"snapshot-begin","id":"s1","position":TOKEN}  {"op":"status","id":"s1","item":{ ... }}  {"op":"snapshot-end", ...}
 *        {"op":"ended","id":"s1","problem":{ ... }}      {"op":"answer","key":"ticket-7","status":"done", ...}
 *        {"op":"error","problem":{ ... }}      {"op":"pong"}
 * </pre>
 */
public final class SocketSession implements Pumped {
    private static final int MOST_WAITING_BYTES = 32 * 1024;
    /** Pings, which are answered whether there is room or not. */
    private static final int MOST_PINGS_WITHOUT_ROOM = 256;
    /** Pings that nobody has answered. */
    private static final int MOST_MISSED = 3;
    private static final long CLOSING_MS = 1_500;
    private static final String VOID = "the token is worth nothing any more";
    private static final String ANOTHER = "the token stands for another application: come again";
    private static final String TOO_MANY = "this application sends more than it may";
    private static final int MOST_ERRORS = 20;
    private static final short GOING_AWAY = 1001;
    private static final short PROTOCOL_ERROR = 1002;
    private static final short UNREADABLE = 1007;
    private static final short POLICY_VIOLATION = 1008;
    private static final short TOO_LONG = 1009;
    private static final short FAULT = 1011;

    private final ServerWebSocket socket;
    private final HttpConnection connection;
    private final Admitted caller;
    private final Streams streams;
    private final Asks asks;
    private final StallWatch stall;
    private final SocketLimits limits;
    private final Vertx vertx;
    private final Map<String, SocketSink> sinks = new HashMap<>();
    private Runnable onGone;
    private long keepAliveTimer;
    private int errors;
    private int pingsWithoutRoom;
    private int missed;
    /** A message that is not whole yet; null between two. */
    private Buffer message;
    private boolean isText;
    private boolean isClosed;

    /**
     * Of a socket that nothing was read from.
     *
     * @param connection that it was made of.
     */
    public SocketSession(final Vertx vertx, final ServerWebSocket socket, final HttpConnection connection, final Admitted caller,
                         final Streams streams, final Asks asks, final SocketLimits limits) {
        this.vertx = vertx;
        this.limits = limits;
        this.connection = connection;
        this.socket = socket;
        this.caller = caller;
        this.streams = streams;
        this.asks = asks;
        this.stall = new StallWatch(limits.stalled());
    }

    /**
     * Listens.
     *
     * @param whenGone is called once when it has gone.
     */
    public void begin(final Runnable whenGone) {
        onGone = whenGone;
        socket.setWriteQueueMaxSize(MOST_WAITING_BYTES);
        socket.drainHandler(drained -> {
            socket.resume();
            sinks.values().forEach(SocketSink::ask);
        });
        socket.frameHandler(this::onFrame);
        socket.pongHandler(pong -> missed = 0);
        socket.closeHandler(closed -> close());
        keepAliveTimer = vertx.setPeriodic(limits.keepAlive().toMillis(), id -> ping());
        socket.exceptionHandler(this::onFault);
        streams.pump().add(this);
    }

    /** Sends one message. */
    void send(final JsonObject message) {
        send(message.encode());
    }

    void send(final String message) {
        if (!isClosed) {
            socket.writeTextMessage(message).onFailure(gone -> { });
            if (isFull()) {
                // who does not listen is not heard
                socket.pause();
            }
        }
    }

    /** Whether there is room to write. */
    boolean isWritable() {
        if (isClosed || socket.isClosed()) {
            return false;
        }
        final boolean isFull = isFull();
        if (stall.isTooLong(isFull, System.nanoTime())) {
            // it would never see a closing message
            cut();
            return false;
        }
        return !isFull;
    }

    private boolean isFull() {
        return !socket.isClosed() && socket.writeQueueFull();
    }

    @Override
    public int turn() {
        return 0;
    }

    @Override
    public boolean isResting() {
        return true;
    }

    /** Sends away who takes nothing, or may not be here any more. */
    @Override
    public void check() {
        if (isClosed || mayStay()) {
            isWritable();
        }
    }

    /** Sends away whose token is void, and whose stands for another application: he comes again as that. */
    private boolean mayStay() {
        final Standing standing = caller.standing();
        if (Standing.VOID == standing) {
            leave(POLICY_VIOLATION, VOID);
        } else if (Standing.CHANGED == standing) {
            leave(GOING_AWAY, ANOTHER);
        }
        return Standing.GOOD == standing;
    }

    @Override
    public boolean isOver() {
        return isClosed;
    }

    @Override
    public void end(final Problem why) {
        leave(GOING_AWAY, "the server stops");
    }

    private void onFrame(final WebSocketFrame frame) {
        missed = 0;
        if (frame.isPing()) {
            onPing();
        } else if (!isClosed && (frame.isText() || frame.isBinary() || frame.isContinuation())) {
            onPart(frame);
        }
    }

    /** It was answered already: that is to be bounded also where nobody reads. */
    private void onPing() {
        pingsWithoutRoom = isFull() ? pingsWithoutRoom + 1 : 0;
        if (pingsWithoutRoom > MOST_PINGS_WITHOUT_ROOM) {
            cut();
        } else if (!isClosed && mayStay() && !caller.takeRequest()) {
            fail(Problem.tooMany(TOO_MANY));
        }
    }

    private void onPart(final WebSocketFrame frame) {
        if (!frame.isContinuation()) {
            message = Buffer.buffer();
            isText = frame.isText();
        }
        if (null == message) {
            leave(PROTOCOL_ERROR, "the rest of no message");
        } else if (message.length() + frame.binaryData().length() > limits.messageBytes()) {
            leave(TOO_LONG, "a message has at most " + limits.messageBytes() + " bytes");
        } else {
            message.appendBuffer(frame.binaryData());
            if (frame.isFinal()) {
                final Buffer whole = message;
                message = null;
                onMessage(whole);
            }
        }
    }

    private void onMessage(final Buffer whole) {
        final String text = isText ? JsonText.utf8(whole) : "";
        if (null == text) {
            leave(UNREADABLE, "a text is UTF-8");
        } else if (isText) {
            onText(text);
        } else {
            fail(Problem.badRequest("text messages are wanted"));
        }
    }

    /** What came is no frame, or nothing comes any more. */
    private void onFault(final Throwable fault) {
        if (fault instanceof CorruptedWebSocketFrameException corrupted) {
            leave((short)corrupted.closeStatus().code(), "no frame that can be read");
            // what stands on the socket closes it at once
            Connections.channel(connection).flush();
        } else {
            leave(FAULT, "a fault of the connection");
        }
    }

    /** A stream has ended. */
    void forget(final String id, final SocketSink sink) {
        sinks.remove(id, sink);
    }

    private void onText(final String text) {
        try {
            if (!mayStay()) {
                return;
            }
            if (!caller.takeRequest()) {
                throw Problem.tooMany(TOO_MANY);
            }
            final JsonObject message = JsonText.parse(text);
            switch (message.getValue("op") instanceof String op ? op : "") {
                case "subscribe" -> subscribe(message);
                case "credit" -> sink(message).give(ClientMessage.credit(message, "n"));
                case "unsubscribe" -> sink(message).unsubscribe();
                case "act" -> act(message);
                case "ping" -> send("{\"op\":\"pong\"}");
                default -> throw Problem.badRequest("op is subscribe, credit, unsubscribe, act or ping");
            }
        } catch (final Problem problem) {
            fail(problem);
        }
    }

    private void subscribe(final JsonObject message) {
        final String id = ClientMessage.id(message);
        if (sinks.containsKey(id)) {
            throw Problem.badRequest("there is a stream " + id + " already");
        }
        final StreamRequest request = ClientMessage.request(message);
        final SocketSink sink = new SocketSink(this, id, ClientMessage.credit(message, "credit"));
        sinks.put(id, sink);
        streams.subscribe(caller, request).onComplete(subscribed -> {
            if (subscribed.failed()) {
                forget(id, sink);
                fail(problem(subscribed.cause()), id);
            } else if (isClosed || sink.isOver()) {
                subscribed.result().discard();
            } else {
                send(new JsonObject().put("op", "subscribed").put("id", id));
                sink.begin(streams.begin(subscribed.result(), sink));
            }
        });
    }

    private void act(final JsonObject message) {
        message.remove("op");
        final Object given = message.getValue("key");
        final Object key = given instanceof String text && text.length() <= ClientMessage.LONGEST_ID ? text : null;
        asks.ask(caller, message.encode(), (answer, isFinal) -> send(null == answer
            ? new JsonObject().put("op", "error").put("key", key)
                .put("problem", Problem.unavailable("the end is not known: ask again with the same key").json())
            : answer.copy().put("op", "answer"))).onComplete(asked -> {
                if (asked.failed()) {
                    fail(problem(asked.cause()), new JsonObject().put("op", "error").put("key", key));
                }
            });
    }

    private SocketSink sink(final JsonObject message) {
        final SocketSink sink = sinks.get(ClientMessage.id(message));
        if (null == sink) {
            throw Problem.badRequest("there is no stream of this id");
        }
        return sink;
    }

    private void fail(final Problem problem) {
        fail(problem, new JsonObject().put("op", "error"));
    }

    private void fail(final Problem problem, final String id) {
        fail(problem, new JsonObject().put("op", "error").put("id", id));
    }

    /** Says what is wrong; who does nothing right is sent away. */
    private void fail(final Problem problem, final JsonObject message) {
        send(message.put("problem", problem.json()));
        errors++;
        if (errors >= MOST_ERRORS) {
            leave(POLICY_VIOLATION, "too many errors");
        }
    }

    private void leave(final short code, final String reason) {
        if (!isClosed) {
            socket.close(code, reason).onFailure(gone -> { });
            // the word waits behind all others: who reads none of them is not waited for
            vertx.setTimer(CLOSING_MS, late -> Connections.cut(connection));
            close();
        }
    }

    private void cut() {
        Connections.cut(connection);
        close();
    }

    /** Keeps the way open, and lets go who is not there any more. */
    private void ping() {
        if (missed >= MOST_MISSED) {
            cut();
        } else if (isWritable()) {
            missed++;
            socket.writePing(Buffer.buffer()).onFailure(gone -> { });
        }
    }

    private void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        vertx.cancelTimer(keepAliveTimer);
        List.copyOf(sinks.values()).forEach(SocketSink::unsubscribe);
        onGone.run();
    }

    private static Problem problem(final Throwable fault) {
        return fault instanceof Problem problem ? problem : Problem.unavailable("a fault of the router");
    }
}
