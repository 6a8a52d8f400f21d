package io.strowger.router.record;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * One record in plain encoding: a signal with what it led to.
 *
 * <pre>
 *   0              2             4      5         6        7   8          16            24
 *   +--------------+-------------+------+---------+--------+---+----------+-------------+----------------+----------------+
 *   | signalLength | eventLength | type | outcome | reason | 0 | sequence | journalTime | signal, padded | event, padded  |
 *   +--------------+-------------+------+---------+--------+---+----------+-------------+----------------+----------------+
 *     u16            u16           u8     u8        u8       u8  i64        i64 (ns)      to 8 bytes       to 8 bytes
 * </pre>
 *
 * <p>Little endian. The signal is the SBE message as it was admitted (none in a derived record); the event is an SBE {@code Event}
 * message (none when the record concluded nothing). Padding is zero. The length of a record follows from its two lengths. The output
 * chain is taken over exactly these bytes.
 */
public final class RecordLayout {
    /** Record type: a signal from outside, with its first event. */
    public static final int INPUT = 1;

    /** Record type: a further event of the input before it. */
    public static final int DERIVED = 2;

    /** Record type: a signal the core made itself, to pay ends it owes. */
    public static final int CONTINUE = 3;

    /** Offset of the u16 length of the signal. */
    public static final int SIGNAL_LENGTH_OFFSET = 0;

    /** Offset of the u16 length of the event. */
    public static final int EVENT_LENGTH_OFFSET = 2;

    /** Offset of the u8 record type. */
    public static final int TYPE_OFFSET = 4;

    /** Offset of the u8 outcome. */
    public static final int OUTCOME_OFFSET = 5;

    /** Offset of the u8 reason of a refusal. */
    public static final int REASON_OFFSET = 6;

    /** Offset of the i64 sequence. */
    public static final int SEQUENCE_OFFSET = 8;

    /** Offset of the i64 journal time in nanoseconds since 1970. */
    public static final int JOURNAL_TIME_OFFSET = 16;

    /** Offset of the signal. */
    public static final int SIGNAL_OFFSET = 24;

    private RecordLayout() {
    }

    /**
     * Rounds up to the next multiple of 8.
     */
    public static int padded(final int length) {
        return (length + 7) & ~7;
    }

    /**
     * Reads the length of the signal.
     *
     * @return bytes, 0 when the record has none.
     */
    public static int signalLength(final DirectBuffer buffer, final int record) {
        return buffer.getShort(record + SIGNAL_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Reads the length of the event.
     *
     * @return bytes, 0 when the record has none.
     */
    public static int eventLength(final DirectBuffer buffer, final int record) {
        return buffer.getShort(record + EVENT_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Reads the record type.
     *
     * @return {@link #INPUT}, {@link #DERIVED} or {@link #CONTINUE}.
     */
    public static int type(final DirectBuffer buffer, final int record) {
        return buffer.getByte(record + TYPE_OFFSET) & 0xFF;
    }

    /**
     * Reads the outcome.
     *
     * @return a code of {@link Outcome}.
     */
    public static int outcome(final DirectBuffer buffer, final int record) {
        return buffer.getByte(record + OUTCOME_OFFSET) & 0xFF;
    }

    /**
     * Reads why a signal was refused.
     *
     * @return a code of {@code RejectReason}; 0 when the outcome is no refusal, or one that only counts others.
     */
    public static int reason(final DirectBuffer buffer, final int record) {
        return buffer.getByte(record + REASON_OFFSET) & 0xFF;
    }

    /**
     * Reads the sequence.
     */
    public static long sequence(final DirectBuffer buffer, final int record) {
        return buffer.getLong(record + SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads the journal time in nanoseconds since 1970.
     */
    public static long journalTime(final DirectBuffer buffer, final int record) {
        return buffer.getLong(record + JOURNAL_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Finds the event.
     *
     * @return the offset of its SBE header.
     */
    public static int eventOffset(final DirectBuffer buffer, final int record) {
        return record + SIGNAL_OFFSET + padded(signalLength(buffer, record));
    }

    /**
     * Computes the length of the whole record, padding included.
     */
    public static int length(final DirectBuffer buffer, final int record) {
        return SIGNAL_OFFSET + padded(signalLength(buffer, record)) + padded(eventLength(buffer, record));
    }
}
