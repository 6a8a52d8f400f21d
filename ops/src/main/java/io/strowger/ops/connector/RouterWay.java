package io.strowger.ops.connector;

import io.strowger.codecs.SignalSink;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.source.SourceIntake;
import io.vertx.core.Vertx;

/**
 * A way into the router that never waits: what there is no room for moves on by a timer that runs while anything waits. On the connector's
 * thread.
 */
final class RouterWay {
    private static final long MOVE_MS = 1;

    private final Vertx vertx;
    private final Channel channel;
    private final SourceIntake intake;
    private boolean isMoving;

    /**
     * An open way.
     *
     * @param channel    of this way alone.
     * @param spillLimit most bytes that wait.
     */
    RouterWay(final Vertx vertx, final Channel channel, final long spillLimit) {
        this.vertx = vertx;
        this.channel = channel;
        this.intake = new SourceIntake(channel, spillLimit);
    }

    /** Takes everything. {@link #move} behind what was offered. */
    SignalSink sink() {
        return intake;
    }

    /** Sees to it that what waits moves on. */
    void move() {
        if (intake.waiting() > 0 && !isMoving && !intake.isClosed()) {
            isMoving = true;
            vertx.setTimer(MOVE_MS, fired -> {
                isMoving = false;
                if (intake.poll() >= 0) {
                    move();
                }
            });
        }
    }

    /** Whether nothing waits, or nothing will move any more. */
    boolean isDrained() {
        return 0 == intake.waiting() || intake.isClosed();
    }

    /** How many signals were discarded so far. */
    long discarded() {
        return intake.discarded();
    }

    /** Nothing more comes; what the router has taken goes its way. */
    void close() {
        channel.close();
    }
}
