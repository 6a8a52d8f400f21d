package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.application.Why;
import io.strowger.ops.gateway.stream.EventSink;
import io.strowger.ops.gateway.stream.EventStream;
import io.strowger.ops.gateway.web.Problem;
import org.agrona.DirectBuffer;

/**
 * One stream on a connection: every event and every thing of a status takes one of its credit. On the gateway's loop.
 */
final class ApplicationSink implements EventSink {
    private static final long NOTHING_MISSED = 0;

    private final ApplicationSession session;
    private final int id;
    private final boolean isQuestion;
    private long credit;
    /** Null until it has begun. */
    private EventStream stream;
    private boolean isOver;

    /**
     * A stream that has not begun.
     *
     * @param isQuestion whether it ends with the status.
     */
    ApplicationSink(final ApplicationSession session, final int id, final int credit, final boolean isQuestion) {
        this.session = session;
        this.id = id;
        this.credit = credit;
        this.isQuestion = isQuestion;
    }

    void begin(final EventStream itsStream) {
        stream = itsStream;
    }

    boolean isOver() {
        return isOver;
    }

    /** Gives more credit. */
    void give(final int more) {
        credit = Math.min(Integer.MAX_VALUE, credit + more);
        ask();
    }

    /** There is room, or credit. */
    void ask() {
        if (null != stream) {
            stream.ask();
        }
    }

    /** Ends it, as it was asked for. */
    void unsubscribe() {
        end(Why.UNSUBSCRIBED, NOTHING_MISSED, "");
    }

    /** The connection has gone. */
    void close() {
        isOver = true;
        if (null != stream) {
            stream.close();
        }
    }

    @Override
    public boolean isWritable() {
        return !isOver && credit > 0 && session.isWritable();
    }

    @Override
    public int room() {
        return (int)credit;
    }

    @Override
    public void event(final String position, final long number, final long folded, final DirectBuffer buffer, final int record) {
        credit--;
        session.writer().event(id, position, number, folded, buffer, record);
    }

    @Override
    public void statusBegins(final String position) {
        session.writer().statusBegin(id, position);
    }

    @Override
    public void statusItem(final DirectBuffer buffer, final int item, final int length) {
        credit--;
        session.writer().statusItem(id, buffer, item, length);
    }

    @Override
    public void statusEnds(final String position) {
        session.writer().statusEnd(id, position);
        if (isQuestion) {
            end(Why.COMPLETE, NOTHING_MISSED, "");
        }
    }

    @Override
    public void lags(final boolean isBehind) {
        if (!isOver) {
            session.writer().lag(id, isBehind);
        }
    }

    @Override
    public void turned() {
        session.turned();
    }

    @Override
    public void ended(final Problem why) {
        end(FrameWriter.why(why), Math.max(NOTHING_MISSED, why.missed()), why.getMessage());
    }

    private void end(final Why why, final long missed, final String text) {
        if (!isOver) {
            close();
            session.forget(id);
            session.writer().streamEnd(id, why, missed, text);
        }
    }
}
