package io.strowger.ops.connector;

import io.strowger.codecs.action.ActionConnection;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.ops.worker.Worker;
import io.strowger.router.Router;
import io.strowger.router.action.ActionHandler;
import io.strowger.router.action.ActionOutlet;
import io.strowger.router.status.ReturnCode;
import io.vertx.core.Vertx;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Actions of the router to the call router, on connections of commands, and what became of them back.
 *
 * <p>The outlet is open while there is a connection: without one an action fails at once, since nobody takes it. What was written when the
 * connection is lost ends as unknown, and is never written again. On the connector's thread; it looks for actions a hundred times a second.
 */
final class CommandTraffic implements Traffic {
    private static final int ACTIONS_A_POLL = 16;
    private static final int LONGEST_COMMAND = 16 * 1024;

    private final Vertx vertx;
    private final Router router;
    private final int source;
    private final ActionConnection actions;
    private final RouterWay way;
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[LONGEST_COMMAND]);
    private final ActionHandler handler = this::carry;
    private Line line;
    private ActionOutlet outlet;
    private long nowNs;
    /** Increases with each connection. */
    private int opening;
    private boolean isUp;

    /**
     * Before the first connection.
     *
     * @param source  number of the source.
     * @param actions of the call router's kind.
     * @param way     of results.
     */
    CommandTraffic(final Vertx vertx, final Router router, final int source, final ActionConnection actions, final RouterWay way) {
        this.vertx = vertx;
        this.router = router;
        this.source = source;
        this.actions = actions;
        this.way = way;
    }

    /** Where commands go. Once, before the first connection. */
    void over(final Line itsLine) {
        line = itsLine;
    }

    @Override
    public void up() {
        opening++;
        final int mine = opening;
        isUp = true;
        actions.connected();
        Worker.call(vertx, () -> router.openOutlet(source)).onComplete(opened -> {
            if (opened.failed()) {
                if (mine == opening && isUp) {
                    line.lose("the router opens no way for actions: " + opened.cause().getMessage());
                }
            } else if (mine == opening && isUp) {
                outlet = opened.result();
                line.live(null);
            } else {
                opened.result().close();
            }
        });
    }

    @Override
    public void onBytes(final DirectBuffer bytes, final int length) {
        nowNs = router.clock().nanoTime();
        // the way takes every result
        actions.onBytes(bytes, 0, length, nowNs, way.sink());
        way.move();
    }

    @Override
    public void asks(final ListKind kind) {
        // nothing is listed here
    }

    @Override
    public void down() {
        isUp = false;
        if (null != outlet) {
            outlet.close();
            outlet = null;
        }
        nowNs = router.clock().nanoTime();
        // the way takes every result
        actions.disconnected(nowNs, way.sink());
        way.move();
    }

    /** Carries what waits, and ends what has waited too long. */
    void poll() {
        if (!isUp) {
            return;
        }
        nowNs = router.clock().nanoTime();
        if (null != outlet && ReturnCode.CLOSED == outlet.poll(handler, ACTIONS_A_POLL)) {
            outlet = null;
            line.status().complain("another connection takes the actions of this source, or the router is closed");
        }
        // the way takes every result
        actions.expire(nowNs, way.sink());
        way.move();
    }

    private boolean carry(final long action, final DirectBuffer signal, final int offset, final int length) {
        if (!line.hasRoom()) {
            return false;
        }
        final int written = actions.send(action, signal, offset, length, nowNs, command, 0);
        if (written < 0) {
            return actions.refused(action, written, nowNs, way.sink());
        }
        // once; from here on only the server knows
        line.write(command, written);
        return true;
    }
}
