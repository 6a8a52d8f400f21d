package io.strowger.router.record;

import io.strowger.codecs.RawBytes;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.Xxh64;
import io.strowger.codecs.sbe.ActionResultDecoder;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.GenerateCallDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.MutableDirectBuffer;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes records once, straight into the block that goes to the journal, and keeps the sequence and the output chain.
 *
 * <p>One input at a time: {@link #beginInput} or {@link #beginContinue}, then for each event {@link #beginEvent}, the event's bytes at
 * {@link #eventOffset()}, {@link #endEvent}; then {@link #endInput}. The first event stands in the input's own record, each further one in
 * a derived record behind it. The size limit is looked at between inputs only, so an input is never split from what it led to.
 *
 * <p>Core thread only. Allocates nothing after construction.
 */
public final class BlockWriter {
    /** Longest event in bytes. */
    public static final int MAX_EVENT_LENGTH = 8192;

    /** Room kept for the records of one input beyond the size limit. */
    private static final int OVERHANG = 512 * 1024;

    private static final int EVENT_TYPE_OFFSET = SignalLayout.HEADER_LENGTH + EventDecoder.eventTypeEncodingOffset();

    private static final int MAX_RECORD_LENGTH = RecordLayout.SIGNAL_OFFSET + SignalLayout.MAX_SIGNAL_LENGTH + MAX_EVENT_LENGTH;

    /** Most records that the end of one session gives: stays, recordings, failure, end. */
    private static final int RECORDS_OF_AN_END = 20;

    private final int sizeLimit;
    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private final long address;
    private final CRC32C crc = new CRC32C();
    private final long[] filter = new long[BlockLayout.FILTER_LENGTH / Long.BYTES];
    private long sequence;
    private long chain;
    private int position = BlockLayout.HEADER_LENGTH;
    private int record;
    private int inputStart;
    private int count;
    private int unchanged;
    private boolean hasEvent;
    private long journalTime;

    /**
     * A writer of blocks of about this size.
     *
     * @param sizeLimit in bytes: a block is full once it is longer.
     */
    public BlockWriter(final int sizeLimit) {
        this.sizeLimit = sizeLimit;
        this.bytes = ByteBuffer.allocateDirect(sizeLimit + OVERHANG).order(ByteOrder.LITTLE_ENDIAN);
        this.buffer = new UnsafeBuffer(bytes);
        this.address = buffer.addressOffset();
    }

    /**
     * Goes on behind a journal's end.
     *
     * @param lastSequence 0 for an empty journal.
     * @param lastChain    0 for an empty journal.
     */
    public void startBehind(final long lastSequence, final long lastChain) {
        sequence = lastSequence;
        chain = lastChain;
        reset();
    }

    /**
     * Begins the record of a signal from outside.
     *
     * @param timeNs journal time.
     * @return its sequence.
     */
    public long beginInput(final DirectBuffer signal, final int offset, final int length, final long timeNs) {
        return begin(RecordLayout.INPUT, signal, offset, length, timeNs);
    }

    /**
     * Begins the record of a continue signal that the core made.
     *
     * @param timeNs journal time.
     * @return its sequence.
     */
    public long beginContinue(final DirectBuffer signal, final int offset, final int length, final long timeNs) {
        return begin(RecordLayout.CONTINUE, signal, offset, length, timeNs);
    }

    /**
     * Makes room for the next event of the input; its bytes go to {@link #eventOffset()} of {@link #buffer()}.
     *
     * @return the sequence of the record that will hold it.
     */
    public long beginEvent() {
        if (hasEvent) {
            closeRecord();
            openRecord(RecordLayout.DERIVED, 0, Outcome.APPLIED.code());
        }
        return sequence;
    }

    /**
     * Where the bytes of the event go.
     */
    public int eventOffset() {
        return position;
    }

    /**
     * The buffer of the block.
     */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * Ends the event whose bytes stand at {@link #eventOffset()}.
     *
     * @param length   of header, block and var-data.
     * @param tenant   of the event.
     * @param userKey  of {@link EventKeys}, or {@link EventKeys#NONE}.
     * @param groupKey of {@link EventKeys}, or {@link EventKeys#NONE}.
     */
    public void endEvent(final int length, final int tenant, final long userKey, final long groupKey) {
        checkRoom(Math.max(RecordLayout.padded(length), EVENT_TYPE_OFFSET + 1));
        RawBytes.putShort(null, address + record + RecordLayout.EVENT_LENGTH_OFFSET, (short)length);
        UnsafeApi.putByte(address + record + RecordLayout.OUTCOME_OFFSET, (byte)Outcome.APPLIED.code());
        final int type = UnsafeApi.getByte(address + position + EVENT_TYPE_OFFSET);
        if (EventType.SOURCE_RESTARTED.value() == type) {
            mark(EventKeys.restart(tenant));
        } else if (EventType.ACTION_RESULT.value() == type) {
            mark(EventKeys.action());
        }
        passPadded(length);
        hasEvent = true;
        mark(EventKeys.tenant(tenant));
        if (EventKeys.NONE != userKey) {
            mark(userKey);
        }
        if (EventKeys.NONE != groupKey) {
            mark(groupKey);
        }
    }

    /**
     * Ends the input.
     *
     * @param outcome of an input without an event; with one it is {@link Outcome#APPLIED}.
     */
    public void endInput(final Outcome outcome) {
        if (!hasEvent) {
            buffer.putByte(record + RecordLayout.OUTCOME_OFFSET, (byte)outcome.code());
            unchanged += Outcome.APPLIED == outcome || Outcome.REJECTED == outcome ? 0 : 1;
        }
        closeRecord();
    }

    /**
     * Ends an input that was refused.
     *
     * @param reason code of {@code RejectReason}, 0 for a refusal that only counts others; not kept of an input that gave an event after
     *               all.
     */
    public void endRejected(final int reason) {
        if (!hasEvent) {
            buffer.putByte(record + RecordLayout.REASON_OFFSET, (byte)reason);
        }
        endInput(Outcome.REJECTED);
    }

    /**
     * Whether all records of the end of one more session surely fit behind what this input has led to so far. Depends on this input alone,
     * never on the size limit or on what stood in the block before it.
     */
    public boolean hasRoom() {
        return position - inputStart + RECORDS_OF_AN_END * MAX_RECORD_LENGTH <= OVERHANG;
    }

    /**
     * Whether the block should be closed before the next input.
     */
    public boolean isFull() {
        return position >= sizeLimit;
    }

    /**
     * Inputs in the block that changed nothing: known already, repeated, too late, hidden or covered.
     */
    public int unchanged() {
        return unchanged;
    }

    /**
     * Whether the block holds no record.
     */
    public boolean isEmpty() {
        return 0 == count;
    }

    /**
     * Completes the header. The block stands at offset 0 of {@link #buffer()} until {@link #reset()}.
     *
     * @return its length.
     */
    public int finish() {
        buffer.putInt(BlockLayout.MAGIC_OFFSET, BlockLayout.MAGIC, ByteOrder.LITTLE_ENDIAN);
        buffer.putByte(BlockLayout.VERSION_OFFSET, (byte)BlockLayout.VERSION);
        buffer.putByte(BlockLayout.ENCODING_OFFSET, (byte)BlockLayout.ENCODING_PLAIN);
        buffer.putShort(BlockLayout.ENCODING_OFFSET + 1, (short)0);
        buffer.putLong(BlockLayout.FIRST_SEQUENCE_OFFSET, sequence - count + 1, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(BlockLayout.COUNT_OFFSET, count, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(BlockLayout.LENGTH_OFFSET, position, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(BlockLayout.CRC_OFFSET, 0);
        buffer.putInt(BlockLayout.PLAIN_LENGTH_OFFSET, 0);
        buffer.putLong(BlockLayout.CHAIN_OFFSET, chain, ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < filter.length; i++) {
            buffer.putLong(BlockLayout.FILTER_OFFSET + i * Long.BYTES, filter[i], ByteOrder.LITTLE_ENDIAN);
        }
        crc.reset();
        bytes.limit(position).position(0);
        crc.update(bytes);
        bytes.clear();
        buffer.putInt(BlockLayout.CRC_OFFSET, (int)crc.getValue(), ByteOrder.LITTLE_ENDIAN);
        return position;
    }

    /**
     * Empties the block for the next records.
     */
    public void reset() {
        position = BlockLayout.HEADER_LENGTH;
        count = 0;
        unchanged = 0;
        for (int i = 0; i < filter.length; i++) {
            filter[i] = 0;
        }
    }

    /**
     * Length of the block so far.
     *
     * @return bytes of header and records; the next record will stand there.
     */
    public int length() {
        return position;
    }

    /**
     * Sequence of the last record begun, 0 before the first.
     */
    public long sequence() {
        return sequence;
    }

    /**
     * Output chain behind the last record ended, 0 before the first.
     */
    public long chain() {
        return chain;
    }

    private long begin(final int type, final DirectBuffer signal, final int offset, final int length, final long timeNs) {
        journalTime = timeNs;
        inputStart = position;
        openRecord(type, length, Outcome.NO_CHANGE.code());
        signal.boundsCheck(offset, length);
        checkRoom(RecordLayout.padded(length));
        RawBytes.copy(signal.byteArray(), signal.addressOffset() + offset, null, address + position, length);
        passPadded(length);
        final int template = SignalLayout.templateId(signal, offset);
        if (template >= GenerateCallDecoder.TEMPLATE_ID && template <= ActionResultDecoder.TEMPLATE_ID) {
            mark(EventKeys.action());
        }
        return sequence;
    }

    private void openRecord(final int type, final int signalLength, final int outcome) {
        checkRoom(RecordLayout.SIGNAL_OFFSET);
        record = position;
        hasEvent = false;
        sequence++;
        count++;
        final long at = address + record;
        RawBytes.putLong(null, at, (signalLength & 0xFFFFL) | ((long)type << 32) | ((long)outcome << 40));
        RawBytes.putLong(null, at + RecordLayout.SEQUENCE_OFFSET, sequence);
        RawBytes.putLong(null, at + RecordLayout.JOURNAL_TIME_OFFSET, journalTime);
        position = record + RecordLayout.SIGNAL_OFFSET;
    }

    private void closeRecord() {
        chain = Xxh64.hash(buffer, record, position - record, chain);
    }

    /** Goes behind the bytes that stand at the position, and zeroes the rest of their last word. */
    private void passPadded(final int length) {
        final int rest = length & (Long.BYTES - 1);
        if (0 != rest) {
            final long last = address + position + length - rest;
            RawBytes.putLong(null, last, RawBytes.getLong(null, last) & ((1L << (rest * Byte.SIZE)) - 1));
        }
        position += RecordLayout.padded(length);
    }

    /** The block has room for the longest input and all it leads to; this is the check in place of one for each field. */
    private void checkRoom(final int length) {
        if (length > buffer.capacity() - position) {
            throw new IllegalStateException("no room in the block for a record");
        }
    }

    private void mark(final long key) {
        final int first = (int)key & 0xFF;
        final int second = (int)(key >>> 8) & 0xFF;
        filter[first >>> 6] |= 1L << (first & 63);
        filter[second >>> 6] |= 1L << (second & 63);
    }
}
