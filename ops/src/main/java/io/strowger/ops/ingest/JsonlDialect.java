package io.strowger.ops.ingest;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.json.JsonSignalException;
import io.strowger.codecs.json.SignalJson;
import io.strowger.ops.console.Counted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One signal a line, as {@link SignalJson} writes and reads it. A line that is none is counted, the next one read; of
 * the first ten it is told which line of which connection they are, and why.
 *
 * <p>Source, tenant and source sequence of a signal are the stream's, whatever it says itself; a source time of 0 becomes the arrival.
 */
public final class JsonlDialect implements Dialect {
    private static final int MAX_LINE_BYTES = 1 << 16;

    private final int source;
    private final int tenant;
    private final SignalJson json = new SignalJson();
    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[SignalJson.MAX_EVENT_LENGTH]);
    private byte[] line = new byte[4096];
    private int filled;
    private boolean tooLong;
    private int connection;
    private long position;
    private long understood;
    private long bad;
    private final List<BadPlace> told = new ArrayList<>();
    private long lineNumber;

    /**
     * A stream of one source.
     *
     * @param source its number.
     * @param tenant whose it is.
     */
    public JsonlDialect(final int source, final int tenant) {
        this.source = source;
        this.tenant = tenant;
    }

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public boolean isEpochKnown(final DirectBuffer bytes, final int length) {
        return true;
    }

    @Override
    public void connected(final int number) {
        connection = number;
        position = 0;
        lineNumber = 0;
        filled = 0;
        tooLong = false;
    }

    @Override
    public int onBytes(final DirectBuffer bytes, final int offset, final int length, final long arrivalTimeNs, final SignalSink sink) {
        for (int i = 0; i < length; i++) {
            final byte next = bytes.getByte(offset + i);
            if ('\n' == next) {
                emit(position + i + 1, arrivalTimeNs, sink);
            } else {
                keep(next);
            }
        }
        position += length;
        return length;
    }

    /** A last line without a line end may be half of one: it is counted, not read. */
    @Override
    public void disconnected() {
        if (filled > 0 || tooLong) {
            lineNumber++;
            complain("the last line has no end");
        }
        filled = 0;
    }

    @Override
    public long understood() {
        return understood;
    }

    @Override
    public List<String> complaints() {
        return 0 == bad ? List.of() : List.of(Counted.of(bad, "line that is no signal", "lines that are no signal"));
    }

    @Override
    public List<BadPlace> badPlaces() {
        return List.copyOf(told);
    }

    private void keep(final byte next) {
        if (filled == line.length && filled < MAX_LINE_BYTES) {
            line = Arrays.copyOf(line, 2 * filled);
        }
        if (filled == line.length) {
            tooLong = true;
        } else {
            line[filled++] = next;
        }
    }

    private void emit(final long end, final long arrivalTimeNs, final SignalSink sink) {
        lineNumber++;
        if (tooLong) {
            complain("longer than " + MAX_LINE_BYTES + " bytes");
        } else if (!isBlank()) {
            try {
                final int length = json.read(line, 0, filled, signal, 0);
                understood++;
                SignalStamp.put(signal, 0, SourceSequence.of(connection, end, 0), source, tenant, arrivalTimeNs);
                sink.offer(signal, 0, length);
            } catch (final JsonSignalException e) {
                complain(reasonOf(e));
            }
        }
        filled = 0;
        tooLong = false;
    }

    /** Without the number of the line: each is read alone, and is the first to its reader. */
    private static String reasonOf(final JsonSignalException e) {
        return e.getMessage().substring(("line " + e.line() + ", ").length());
    }

    private boolean isBlank() {
        return new String(line, 0, filled, StandardCharsets.UTF_8).isBlank();
    }

    private void complain(final String reason) {
        bad++;
        if (told.size() < BadPlace.MOST) {
            told.add(new BadPlace(connection, Long.toString(lineNumber), reason));
        }
    }
}
