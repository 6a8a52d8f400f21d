package io.strowger.ops.ingest;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.ops.console.Counted;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * SBE signals in a file, each behind its length.
 *
 * <pre>
 *   0        4                    4 + length
 *   +--------+--------------------+--------+- - -
 *   | length | header, block, var | length | ...
 *   +--------+--------------------+--------+- - -
 *     i32      little endian
 * </pre>
 *
 * <p>Source, tenant and source sequence of a signal are the stream's, whatever it says itself; a source time of 0 becomes the arrival.
 * A length that can't be one ends the stream: where the next signal begins is no longer known.
 */
public final class SbeDialect implements Dialect {
    private static final int LENGTH_BYTES = Integer.BYTES;

    private final int source;
    private final int tenant;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[LENGTH_BYTES + SignalLayout.MAX_SIGNAL_LENGTH]);
    private int filled;
    private int connection;
    private long position;
    private boolean lost;
    /** The sink has refused the signal that is in the frame but for its last byte: that is brought again. */
    private boolean isOwed;
    private long understood;
    private long badLengths;
    private long halfSignals;
    private final List<BadPlace> told = new ArrayList<>();

    /**
     * A stream of one source.
     *
     * @param source its number.
     * @param tenant whose it is.
     */
    public SbeDialect(final int source, final int tenant) {
        this.source = source;
        this.tenant = tenant;
    }

    @Override
    public String name() {
        return "sbe";
    }

    @Override
    public boolean isEpochKnown(final DirectBuffer bytes, final int length) {
        return true;
    }

    @Override
    public void connected(final int number) {
        connection = number;
        position = 0;
        filled = 0;
        lost = false;
        isOwed = false;
    }

    @Override
    public int onBytes(final DirectBuffer bytes, final int offset, final int length, final long arrivalTimeNs, final SignalSink sink) {
        int taken = 0;
        boolean hasRoom = true;
        while (taken < length && hasRoom && !lost) {
            final int wanted = filled < LENGTH_BYTES ? LENGTH_BYTES : LENGTH_BYTES + frame.getInt(0, ByteOrder.LITTLE_ENDIAN);
            final int moved = Math.min(wanted - filled, length - taken);
            frame.putBytes(filled, bytes, offset + taken, moved);
            filled += moved;
            taken += moved;
            if (LENGTH_BYTES == filled && LENGTH_BYTES == wanted) {
                checkLength(position + taken - LENGTH_BYTES);
            } else if (wanted == filled) {
                hasRoom = emit(position + taken, arrivalTimeNs, sink);
                filled = hasRoom ? 0 : filled - 1;
                taken -= hasRoom ? 0 : 1;
            }
        }
        final int all = lost ? length : taken;
        position += all;
        return all;
    }

    @Override
    public void disconnected() {
        if (isOwed) {
            throw new IllegalStateException("a signal is not taken yet");
        }
        if (filled > 0 && !lost) {
            halfSignals++;
            tell(position - filled, "half a signal at the end of the file");
        }
        filled = 0;
    }

    @Override
    public long understood() {
        return understood;
    }

    @Override
    public List<BadPlace> badPlaces() {
        return List.copyOf(told);
    }

    @Override
    public List<String> complaints() {
        final List<String> complaints = new ArrayList<>();
        if (badLengths > 0) {
            complaints.add(Counted.of(badLengths, "stream") + " with a length that can't be one");
        }
        if (halfSignals > 0) {
            complaints.add(Counted.of(halfSignals, "half signal") + " at the end of a file");
        }
        return complaints;
    }

    private void tell(final long offset, final String reason) {
        if (told.size() < BadPlace.MOST) {
            told.add(BadPlace.ofByte(connection, offset, reason));
        }
    }

    private void checkLength(final long start) {
        final int signalLength = frame.getInt(0, ByteOrder.LITTLE_ENDIAN);
        if (signalLength < SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH || signalLength > SignalLayout.MAX_SIGNAL_LENGTH) {
            badLengths++;
            lost = true;
            tell(start, "a length that can't be one: " + signalLength + "; what follows is not read");
        }
    }

    private boolean emit(final long end, final long arrivalTimeNs, final SignalSink sink) {
        SignalStamp.put(frame, LENGTH_BYTES, SourceSequence.of(connection, end, 0), source, tenant, arrivalTimeNs);
        isOwed = !sink.offer(frame, LENGTH_BYTES, filled - LENGTH_BYTES);
        if (isOwed) {
            return false;
        }
        final short schema = frame.getShort(LENGTH_BYTES + SignalLayout.SCHEMA_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (MessageHeaderDecoder.SCHEMA_ID == (schema & 0xFFFF)) {
            understood++;
        }
        return true;
    }
}
