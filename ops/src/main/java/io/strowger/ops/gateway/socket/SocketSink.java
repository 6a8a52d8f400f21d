package io.strowger.ops.gateway.socket;

import io.strowger.ops.gateway.stream.EventStream;
import io.strowger.ops.gateway.stream.StreamSink;
import io.strowger.ops.gateway.web.Problem;
import io.vertx.core.json.JsonObject;

/**
 * One stream on a WebSocket: every event and every thing of a status takes one of its credit. On the gateway's loop.
 */
final class SocketSink implements StreamSink {
    private final SocketSession session;
    private final String id;
    private final String quotedId;
    private long credit;
    private EventStream stream;
    private boolean isOver;

    SocketSink(final SocketSession session, final String id, final long credit) {
        this.session = session;
        this.id = id;
        this.quotedId = new JsonObject().put("id", id).encode().substring(1);
        this.credit = credit;
    }

    void begin(final EventStream itsStream) {
        stream = itsStream;
    }

    boolean isOver() {
        return isOver;
    }

    /** Gives more credit. */
    void give(final long more) {
        credit = Math.min(Integer.MAX_VALUE, credit + more);
        ask();
    }

    /** There is room, or credit. */
    void ask() {
        if (null != stream) {
            stream.ask();
        }
    }

    /** Wants no more. */
    void unsubscribe() {
        isOver = true;
        if (null != stream) {
            stream.close();
        }
        session.forget(id, this);
    }

    @Override
    public boolean isWritable() {
        return !isOver && credit > 0 && session.isWritable();
    }

    @Override
    public int room() {
        return (int)Math.min(credit, Integer.MAX_VALUE);
    }

    @Override
    public void event(final String token, final String json) {
        credit--;
        session.send("{\"op\":\"event\"," + body() + ",\"event\":" + json + '}');
    }

    @Override
    public void statusBegins(final String position) {
        session.send("{\"op\":\"snapshot-begin\"," + body() + ",\"position\":\"" + position + "\"}");
    }

    @Override
    public void statusItem(final String json) {
        credit--;
        session.send("{\"op\":\"status\"," + body() + ",\"item\":" + json + '}');
    }

    @Override
    public void statusEnds(final String position) {
        session.send("{\"op\":\"snapshot-end\"," + body() + ",\"position\":\"" + position + "\"}");
    }

    @Override
    public void ended(final Problem why) {
        if (!isOver) {
            isOver = true;
            session.send(new JsonObject().put("op", "ended").put("id", id).put("problem", why.json()));
            session.forget(id, this);
        }
    }

    /** The id as a member of an object. */
    private String body() {
        return quotedId.substring(0, quotedId.length() - 1);
    }
}
