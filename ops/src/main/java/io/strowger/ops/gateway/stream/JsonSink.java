package io.strowger.ops.gateway.stream;

import io.strowger.ops.gateway.web.Problem;
import org.agrona.DirectBuffer;

/**
 * Has a stream say everything in JSON. On the gateway's loop.
 */
final class JsonSink implements EventSink {
    private final StreamSink sink;
    private final EventLines lines;
    private final LineWriter writer;

    /**
     * One.
     *
     * @param writer of the events; things of a status are what they are.
     */
    JsonSink(final StreamSink sink, final EventLines lines, final LineWriter writer) {
        this.sink = sink;
        this.lines = lines;
        this.writer = writer;
    }

    @Override
    public boolean isWritable() {
        return sink.isWritable();
    }

    @Override
    public int room() {
        return sink.room();
    }

    @Override
    public void event(final String position, final long number, final long folded, final DirectBuffer buffer, final int record) {
        final String line = writer.line(position, number, folded, buffer, record);
        if (null != line) {
            sink.event(position, line);
        }
    }

    @Override
    public void statusBegins(final String position) {
        sink.statusBegins(position);
    }

    @Override
    public void statusItem(final DirectBuffer buffer, final int item, final int length) {
        sink.statusItem(lines.item(buffer, item));
    }

    @Override
    public void statusEnds(final String position) {
        sink.statusEnds(position);
    }

    @Override
    public void ended(final Problem why) {
        sink.ended(why);
    }
}
