package io.strowger.ops.ingest;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.json.JsonSignalException;
import io.strowger.codecs.json.SignalJson;
import io.strowger.ops.console.Counted;
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
    /** Of the signal that the sink has refused: it is offered again when its line end is brought again. */
    private int owedLength;
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
        owedLength = 0;
    }

    @Override
    public int onBytes(final DirectBuffer bytes, final int offset, final int length, final long arrivalTimeNs, final SignalSink sink) {
        int taken = 0;
        boolean hasRoom = true;
        while (taken < length && hasRoom) {
            final byte next = bytes.getByte(offset + taken);
            if ('\n' == next) {
                hasRoom = endLine(position + taken + 1, arrivalTimeNs, sink);
            } else {
                keep(next);
            }
            taken += hasRoom ? 1 : 0;
        }
        position += taken;
        return taken;
    }

    /** A last line without a line end may be half of one: it is counted, not read. */
    @Override
    public void disconnected() {
        if (owedLength > 0) {
            throw new IllegalStateException("a signal is not taken yet");
        }
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

    /** Returns false when the sink has no room. */
    private boolean endLine(final long end, final long arrivalTimeNs, final SignalSink sink) {
        if (0 == owedLength) {
            lineNumber++;
            owedLength = read(end, arrivalTimeNs);
        }
        if (owedLength > 0 && !sink.offer(signal, 0, owedLength)) {
            return false;
        }
        owedLength = 0;
        filled = 0;
        tooLong = false;
        return true;
    }

    /** Returns the length of the line's signal, 0 when there is none. */
    private int read(final long end, final long arrivalTimeNs) {
        if (tooLong) {
            complain("longer than " + MAX_LINE_BYTES + " bytes");
            return 0;
        }
        if (isBlank()) {
            return 0;
        }
        try {
            final int length = json.read(line, 0, filled, signal, 0);
            understood++;
            SignalStamp.put(signal, 0, SourceSequence.of(connection, end, 0), source, tenant, arrivalTimeNs);
            return length;
        } catch (final JsonSignalException e) {
            // its line is always the first: each is read alone
            complain("column " + e.column() + ": " + e.reason());
            return 0;
        }
    }

    /** Whether it holds only what JSON takes for space. */
    private boolean isBlank() {
        for (int i = 0; i < filled; i++) {
            if (' ' != line[i] && '\t' != line[i] && '\r' != line[i]) {
                return false;
            }
        }
        return true;
    }

    private void complain(final String reason) {
        bad++;
        if (told.size() < BadPlace.MOST) {
            told.add(new BadPlace(connection, Long.toString(lineNumber), reason));
        }
    }
}
