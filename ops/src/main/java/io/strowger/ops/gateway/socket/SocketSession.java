package io.strowger.ops.gateway.socket;

import io.strowger.ops.access.Admitted;
import io.strowger.ops.gateway.action.Asks;
import io.strowger.ops.gateway.stream.StallWatch;
import io.strowger.ops.gateway.stream.StreamRequest;
import io.strowger.ops.gateway.stream.StreamTimes;
import io.strowger.ops.gateway.stream.Streams;
import io.strowger.ops.gateway.web.JsonText;
import io.strowger.ops.gateway.web.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

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
public final class SocketSession {
    private static final int MOST_WAITING_BYTES = 64 * 1024;
    private static final int LONGEST_ID = 64;
    private static final int MOST_ERRORS = 20;
    private static final Set<String> OF_SUBSCRIBE =
        new TreeSet<>(Set.of("id", "users", "groups", "calls", "types", "start", "policy", "after", "credit", "op"));
    private static final short UNREADABLE = 1007;
    private static final short POLICY_VIOLATION = 1008;

    private final ServerWebSocket socket;
    private final Admitted caller;
    private final Streams streams;
    private final Asks asks;
    private final StallWatch stall;
    private final StreamTimes times;
    private final Vertx vertx;
    private final Map<String, SocketSink> sinks = new HashMap<>();
    private Runnable onGone;
    private long keepAliveTimer;
    private int errors;
    private boolean isClosed;

    /** Of a socket that nothing was read from. */
    public SocketSession(final Vertx vertx, final ServerWebSocket socket, final Admitted caller, final Streams streams, final Asks asks,
                  final StreamTimes times) {
        this.vertx = vertx;
        this.times = times;
        this.socket = socket;
        this.caller = caller;
        this.streams = streams;
        this.asks = asks;
        this.stall = new StallWatch(times.stalled());
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
            streams.pump().ask();
        });
        socket.textMessageHandler(this::onText);
        socket.binaryMessageHandler(bytes -> fail(Problem.badRequest("text messages are wanted")));
        socket.closeHandler(closed -> close());
        keepAliveTimer = vertx.setPeriodic(times.keepAlive().toMillis(), id -> ping());
        socket.exceptionHandler(fault -> leave(UNREADABLE, "a message that can't be read"));
    }

    /** Sends one message. */
    void send(final JsonObject message) {
        send(message.encode());
    }

    void send(final String message) {
        if (!isClosed) {
            socket.writeTextMessage(message).onFailure(gone -> { });
            if (socket.writeQueueFull()) {
                // who does not listen is not heard
                socket.pause();
            }
        }
    }

    /** Whether there is room to write. */
    boolean isWritable() {
        if (isClosed) {
            return false;
        }
        final boolean isFull = socket.writeQueueFull();
        if (stall.isTooLong(isFull, System.nanoTime())) {
            // it would never see a closing message
            socket.shutdown(0, TimeUnit.SECONDS).onFailure(gone -> { });
            close();
            return false;
        }
        return !isFull;
    }

    /** A stream has ended. */
    void forget(final String id, final SocketSink sink) {
        sinks.remove(id, sink);
    }

    private void onText(final String text) {
        try {
            if (!caller.isStill()) {
                leave(POLICY_VIOLATION, "the token is worth nothing any more");
                return;
            }
            if (!caller.takeRequest()) {
                throw Problem.tooMany("this application sends more than it may");
            }
            final JsonObject message = JsonText.parse(text);
            switch (message.getValue("op") instanceof String op ? op : "") {
                case "subscribe" -> subscribe(message);
                case "credit" -> sink(message).give(credit(message, "n"));
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
        final String id = id(message);
        if (sinks.containsKey(id)) {
            throw Problem.badRequest("there is a stream " + id + " already");
        }
        for (final String name : message.fieldNames()) {
            if (!OF_SUBSCRIBE.contains(name)) {
                throw Problem.badRequest("subscribe has no such member; there are " + String.join(", ", OF_SUBSCRIBE));
            }
        }
        final StreamRequest request = new StreamRequest(names(message, "users"), names(message, "groups"), names(message, "calls"),
            names(message, "types"), StreamRequest.isWithStatus(string(message, "start")), string(message, "after"),
            StreamRequest.policy(string(message, "policy")));
        final SocketSink sink = new SocketSink(this, id, streams.pump(), credit(message, "credit"));
        sinks.put(id, sink);
        streams.subscribe(caller, request).onComplete(subscribed -> {
            if (subscribed.failed()) {
                forget(id, sink);
                fail(problem(subscribed.cause()), id);
            } else if (isClosed || sink.isOver()) {
                caller.giveStreamBack();
                subscribed.result().close();
            } else {
                send(new JsonObject().put("op", "subscribed").put("id", id));
                sink.begin(streams.begin(subscribed.result(), request, caller, sink));
            }
        });
    }

    private void act(final JsonObject message) {
        message.remove("op");
        final Object given = message.getValue("key");
        final Object key = given instanceof String text && text.length() <= LONGEST_ID ? text : null;
        asks.ask(caller, message.encode(), (answer, isFinal) -> send(null == answer
            ? new JsonObject().put("op", "error").put("key", key).put("problem", Problem.unavailable("the router ends").json())
            : answer.copy().put("op", "answer"))).onComplete(asked -> {
                if (asked.failed()) {
                    fail(problem(asked.cause()), new JsonObject().put("op", "error").put("key", key));
                }
                streams.pump().ask();
            });
    }

    private SocketSink sink(final JsonObject message) {
        final SocketSink sink = sinks.get(id(message));
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
            close();
        }
    }

    /** Keeps the way open, and sends away who takes nothing or may not be here any more. */
    private void ping() {
        if (!caller.isStill()) {
            leave(POLICY_VIOLATION, "the token is worth nothing any more");
        } else if (isWritable()) {
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

    private static String id(final JsonObject message) {
        if (message.getValue("id") instanceof String id && !id.isEmpty() && id.length() <= LONGEST_ID) {
            return id;
        }
        throw Problem.badRequest("id is a text of 1 to " + LONGEST_ID + " characters");
    }

    private static String string(final JsonObject message, final String name) {
        final Object value = message.getValue(name);
        if (null != value && !(value instanceof String)) {
            throw Problem.badRequest(name + " is a text");
        }
        return (String)value;
    }

    private static List<String> names(final JsonObject message, final String name) {
        final Object value = message.getValue(name);
        if (null == value) {
            return List.of();
        }
        if (value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String.class::cast).toList();
        }
        throw Problem.badRequest(name + " is a list of texts");
    }

    private static long credit(final JsonObject message, final String name) {
        if (message.getValue(name) instanceof Integer credit && credit > 0) {
            return credit;
        }
        throw Problem.badRequest(name + " is a number of messages from 1: without credit nothing is sent");
    }
}
