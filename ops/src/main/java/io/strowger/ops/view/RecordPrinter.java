package io.strowger.ops.view;

import io.strowger.codecs.json.EventJson;
import io.strowger.router.journal.BlockHandler;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import java.io.PrintStream;
import org.agrona.DirectBuffer;

/**
 * Prints the records of blocks, a line each: those with an event that a filter wants, and in raw also those that changed nothing.
 *
 * <p>One thread. The output is not flushed.
 */
public final class RecordPrinter implements BlockHandler {
    private final PrintStream out;
    private final EventFilter filter;
    private final boolean raw;
    private final long first;
    private final Lines lines;
    private final RecordCursor records = new RecordCursor();
    private long position;

    private RecordPrinter(final PrintStream out, final EventFilter filter, final boolean raw, final long first, final Lines lines) {
        this.out = out;
        this.filter = filter;
        this.raw = raw;
        this.first = first;
        this.lines = lines;
        this.position = first - 1;
    }

    /**
     * Prints aligned text.
     *
     * @param filter of the events.
     * @param raw    whether records that changed nothing are printed too.
     * @param first  sequence that is printed.
     */
    public static RecordPrinter text(final PrintStream out, final EventFilter filter, final boolean raw, final long first) {
        return new RecordPrinter(out, filter, raw, first, new TextLines());
    }

    /**
     * Prints JSON objects.
     *
     * @param filter of the events.
     * @param raw    whether records that changed nothing are printed too.
     * @param first  sequence that is printed.
     */
    public static RecordPrinter json(final PrintStream out, final EventFilter filter, final boolean raw, final long first) {
        return new RecordPrinter(out, filter, raw, first, new JsonLines());
    }

    @Override
    public boolean onBlock(final DirectBuffer buffer, final int offset, final int length) {
        records.wrap(buffer, offset);
        while (records.next()) {
            position = records.sequence();
            if (position >= first) {
                print(buffer, records.record());
            }
        }
        return true;
    }

    /** Last sequence seen. */
    public long position() {
        return position;
    }

    private void print(final DirectBuffer buffer, final int record) {
        if (records.hasEvent()) {
            if (filter.matches(buffer, RecordLayout.eventOffset(buffer, record))) {
                out.println(lines.event(buffer, record));
            }
        } else if (raw && filter.matchesSignal(buffer, record + RecordLayout.SIGNAL_OFFSET)) {
            out.println(lines.signal(buffer, record));
        }
    }

    /** How one record becomes one line. */
    private interface Lines {
        String event(DirectBuffer buffer, int record);

        String signal(DirectBuffer buffer, int record);
    }

    private static final class TextLines implements Lines {
        private final EventText events = new EventText();

        @Override
        public String event(final DirectBuffer buffer, final int record) {
            return events.line(RecordLayout.sequence(buffer, record), buffer, RecordLayout.eventOffset(buffer, record));
        }

        @Override
        public String signal(final DirectBuffer buffer, final int record) {
            return events.signalLine(buffer, record);
        }
    }

    private static final class JsonLines implements Lines {
        private final EventJson events = new EventJson();
        private final SignalLine signals = new SignalLine();

        @Override
        public String event(final DirectBuffer buffer, final int record) {
            return events.write(RecordLayout.sequence(buffer, record), RecordLayout.INPUT != RecordLayout.type(buffer, record),
                buffer, RecordLayout.eventOffset(buffer, record), RecordLayout.eventLength(buffer, record));
        }

        @Override
        public String signal(final DirectBuffer buffer, final int record) {
            return signals.write(buffer, record);
        }
    }
}
