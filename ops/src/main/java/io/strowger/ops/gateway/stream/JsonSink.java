package io.strowger.ops.gateway.stream;

import io.strowger.ops.gateway.web.Problem;
import org.agrona.DirectBuffer;

/**
 * Has a stream say everything in JSON. On the gateway's loop.
 */
final class JsonSink implements EventSink {
    private final StreamSink sink;
    private final EventLines lines;

    JsonSink(final StreamSink sink, final EventLines lines) {
        this.sink = sink;
        this.lines = lines;
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
        sink.event(position, lines.event(position, number, folded, buffer, record));
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
