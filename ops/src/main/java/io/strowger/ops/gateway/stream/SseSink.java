package io.strowger.ops.gateway.stream;

import io.strowger.ops.gateway.web.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;

/**
 * A stream as server-sent events.
 *
 * <pre>
 *   id: TOKEN                          event: snapshot-begin       event: status        event: snapshot-end
 *   data: {"specversion":"1.0", ...}   data: {"position":TOKEN}    data: {"kind": ...}  id: TOKEN
 *                                                                                       data: {"position":TOKEN}
 * </pre>
 *
 * <p>The end of the status has its position as id: who loses the connection goes on behind that. On the gateway's loop.
 */
final class SseSink implements StreamSink {
    private static final int MOST_WAITING_BYTES = 32 * 1024;
    private static final String DATA = "data: ";
    private static final String END = "\n\n";

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final long keepAliveTimer;
    private final StallWatch stall;
    private final Runnable cut;
    private boolean isOver;
    private boolean isQuiet;

    SseSink(final Vertx vertx, final HttpServerResponse response, final StreamTimes times, final Runnable cut) {
        this.cut = cut;
        this.vertx = vertx;
        this.response = response;
        response.setChunked(true).setWriteQueueMaxSize(MOST_WAITING_BYTES);
        response.putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-store")
            .putHeader("X-Accel-Buffering", "no");
        stall = new StallWatch(times.stalled());
        keepAliveTimer = vertx.setPeriodic(times.keepAlive().toMillis(), id -> keepAlive());
        write(": strowger\n\n");
    }

    @Override
    public boolean isWritable() {
        if (isOver) {
            return false;
        }
        final boolean isFull = response.writeQueueFull();
        if (stall.isTooLong(isFull, System.nanoTime())) {
            // nothing that is written would reach it
            cut.run();
            return false;
        }
        return !isFull;
    }

    @Override
    public void event(final String id, final String json) {
        write("id: " + id + '\n' + DATA + json + END);
    }

    @Override
    public void statusBegins(final String position) {
        write("event: snapshot-begin\n" + DATA + "{\"position\":\"" + position + "\"}" + END);
    }

    @Override
    public void statusItem(final String json) {
        write("event: status\n" + DATA + json + END);
    }

    @Override
    public void statusEnds(final String position) {
        write("event: snapshot-end\nid: " + position + '\n' + DATA + "{\"position\":\"" + position + "\"}" + END);
    }

    @Override
    public void ended(final Problem why) {
        if (!isOver) {
            write("event: end\n" + DATA + why.json().encode() + END);
            closed();
            response.end().onFailure(gone -> { });
        }
    }

    /** Nobody reads any more. */
    void closed() {
        isOver = true;
        vertx.cancelTimer(keepAliveTimer);
    }

    private void keepAlive() {
        if (isQuiet && !isOver && !response.writeQueueFull()) {
            response.write(": keep-alive\n\n").onFailure(gone -> { });
        }
        isQuiet = true;
    }

    private void write(final String text) {
        isQuiet = false;
        response.write(text).onFailure(gone -> { });
    }
}
