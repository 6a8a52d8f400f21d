package io.strowger.ops.gateway.stream;

import io.strowger.ops.access.Admitted;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.StatusException;
import io.strowger.router.dispatch.StatusReport;
import io.vertx.core.http.HttpServerResponse;
import org.agrona.DirectBuffer;

/**
 * A status as JSON objects, one a line, the position last. On the gateway's loop.
 */
final class StatusStream implements Pumped, EventHandler {
    private static final int LIMIT = 256;
    private static final int MOST_WAITING_BYTES = 32 * 1024;

    private final StatusReport report;
    private final Admitted caller;
    private final EventLines lines;
    private final HttpServerResponse response;
    private final StallWatch stall;
    private final Runnable cut;
    private boolean isBegun;
    private boolean isOver;

    StatusStream(final StatusReport report, final Admitted caller, final EventLines lines, final HttpServerResponse response,
                 final StreamTimes times, final Runnable cut) {
        this.report = report;
        this.caller = caller;
        this.lines = lines;
        this.cut = cut;
        this.response = response;
        this.stall = new StallWatch(times.stalled());
        response.setWriteQueueMaxSize(MOST_WAITING_BYTES);
    }

    @Override
    public int turn() {
        if (isOver || stall.isTooLong(response.writeQueueFull(), System.nanoTime())) {
            if (!isOver) {
                close();
                cut.run();
            }
            return 0;
        }
        try {
            return report.isReady() && !response.writeQueueFull() ? write() : 0;
        } catch (final StatusException e) {
            close();
            Problem.unavailable("no status now: " + e.getMessage()).answer(response);
            return 0;
        }
    }

    private int write() {
        if (!isBegun) {
            isBegun = true;
            response.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
        }
        final int count = report.read(this, LIMIT);
        if (count < LIMIT) {
            close();
            response.end("{\"kind\":\"position\",\"position\":\"" + lines.sealed(report.position(), caller.credential().tenant()) + "\"}\n")
                .onFailure(gone -> { });
        }
        return count;
    }

    @Override
    public void onEvent(final DirectBuffer buffer, final int record) {
        throw new IllegalStateException("a status has no events");
    }

    @Override
    public void onSnapshotItem(final DirectBuffer buffer, final int item, final int length) {
        if (lines.allowsItem(caller.credential().read(), buffer, item)) {
            response.write(lines.item(buffer, item) + '\n').onFailure(gone -> { });
        }
    }

    @Override
    public boolean isResting() {
        // its answer comes with the follower, within moments; then only room makes a difference
        return isOver || response.writeQueueFull();
    }

    @Override
    public void check() {
        if (!isOver && !caller.isStill()) {
            end(Problem.unauthorized());
        }
    }

    @Override
    public void end(final Problem why) {
        if (!isOver) {
            close();
            if (isBegun) {
                response.reset();
            } else {
                why.answer(response);
            }
        }
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    /** Nobody reads it any more, or it is read. */
    void close() {
        if (!isOver) {
            isOver = true;
            caller.giveStreamBack();
            report.close();
        }
    }
}
