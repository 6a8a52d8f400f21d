package io.strowger.bench.server;

import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochNanoClock;

/**
 * One application: a WebSocket with one stream, and the fold of what comes on it. On the event loop of all subscribers.
 */
final class Subscriber {
    private static final String STREAM = "s";
    private static final String EVENT = "{\"op\":\"event\"";
    private static final String SUBSCRIBED = "{\"op\":\"subscribed\"";

    private final int number;
    private final String user;
    private final Fold fold;
    private String fault;
    private boolean isOver;

    /**
     * One that has no connection.
     *
     * @param number among all.
     * @param user   whose events it wants; null: all of its tenant.
     */
    Subscriber(final int number, final String user) {
        this.number = number;
        this.user = user;
        this.fold = new Fold(null == user);
    }

    int tenant() {
        return ServerSettings.tenant(number);
    }

    /** Whose events it wants; null: all of its tenant. */
    String user() {
        return user;
    }

    Fold fold() {
        return fold;
    }

    /** What should not have come, or null. */
    String fault() {
        return fault;
    }

    /**
     * Subscribes, with more credit than it can use up.
     *
     * @param whenSubscribed is called once.
     * @param delays         get how old each event is when it is here, in nanoseconds.
     * @param taken          is called for each event.
     */
    void begin(final WebSocket socket, final Runnable whenSubscribed, final Histogram delays, final EpochNanoClock clock,
               final Runnable taken) {
        socket.textMessageHandler(text -> {
            if (text.startsWith(EVENT)) {
                onEvent(text, delays, clock.nanoTime());
                taken.run();
            } else if (text.startsWith(SUBSCRIBED)) {
                whenSubscribed.run();
            } else {
                fault(text);
            }
        });
        socket.closeHandler(closed -> fault("closed"));
        final JsonObject wanted = new JsonObject().put("op", "subscribe").put("id", STREAM).put("credit", Integer.MAX_VALUE);
        if (null != user) {
            wanted.put("users", new JsonArray().add(user));
        }
        socket.writeTextMessage(wanted.encode()).onFailure(gone -> fault(gone.toString()));
    }

    /** Whatever becomes of its connection from now on is all right. */
    void end() {
        isOver = true;
    }

    /** Keeps the first thing that went wrong. */
    void fault(final String text) {
        if (null == fault && !isOver) {
            fault = text;
        }
    }

    private void onEvent(final String text, final Histogram delays, final long nowNs) {
        final int id = EventScan.id(text);
        final int end = text.indexOf('"', id);
        fold.add(text, id, end);
        delays.recordValue(Math.max(0, EventScan.ageNs(text, end, nowNs)));
        if (fold.count() != EventScan.sequence(text, end)) {
            fault("not number " + fold.count() + ": " + text);
        }
        if (null == user && "session".equals(EventScan.text(text, "kind", end))) {
            fold.session(EventScan.text(text, "sessionId", end), EventScan.text(text, "type", end));
        }
    }
}
