package io.strowger.router.record;

import io.strowger.codecs.RawBytes;
import org.agrona.DirectBuffer;

/**
 * Walks the records of one block in order.
 *
 * <p>A flyweight: wrap it on a block, then call {@link #next()} until it says false. Trusts the block's bytes, as everything behind the
 * journal's checksum may, but for what lies outside of the block. One thread; allocates nothing.
 */
public final class RecordCursor {
    private DirectBuffer buffer;
    private byte[] array;
    private long address;
    private int end;
    private int record;
    private int nextRecord;
    private int remaining;
    private long sequence;
    private int signalLength;
    private int eventLength;

    /**
     * Stands before the first record of a block. Good until the buffer is wrapped on other memory, or its memory is gone.
     *
     * @param newBuffer holds the block.
     * @param block     offset of its header.
     * @return this.
     * @throws IndexOutOfBoundsException when the block is longer than the buffer.
     */
    public RecordCursor wrap(final DirectBuffer newBuffer, final int block) {
        final int length = BlockLayout.length(newBuffer, block);
        newBuffer.boundsCheck(block, length);
        buffer = newBuffer;
        array = newBuffer.byteArray();
        address = newBuffer.addressOffset();
        end = block + length;
        record = block;
        nextRecord = block + BlockLayout.HEADER_LENGTH;
        remaining = BlockLayout.count(newBuffer, block);
        sequence = 0;
        signalLength = 0;
        eventLength = 0;
        return this;
    }

    /**
     * Goes to the next record.
     *
     * @return false behind the last.
     * @throws IndexOutOfBoundsException when the records are longer than their block.
     */
    public boolean next() {
        if (0 == remaining) {
            return false;
        }
        final int at = nextRecord;
        checkRoom(at, RecordLayout.SIGNAL_OFFSET);
        final int lengths = RawBytes.getInt(array, address + at + RecordLayout.SIGNAL_LENGTH_OFFSET);
        final int ofSignal = lengths & 0xFFFF;
        final int ofEvent = lengths >>> Short.SIZE;
        final int length = RecordLayout.SIGNAL_OFFSET + RecordLayout.padded(ofSignal) + RecordLayout.padded(ofEvent);
        checkRoom(at, length);
        remaining--;
        record = at;
        nextRecord = at + length;
        sequence = RawBytes.getLong(array, address + at + RecordLayout.SEQUENCE_OFFSET);
        signalLength = ofSignal;
        eventLength = ofEvent;
        return true;
    }

    private void checkRoom(final int at, final int length) {
        if (length > end - at) {
            throw new IndexOutOfBoundsException("a record at " + at + " is " + length + " bytes long, its block ends at " + end);
        }
    }

    /** The buffer that holds the block. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Offset of the record, for the reading methods of {@link RecordLayout}. */
    public int record() {
        return record;
    }

    /** Length of the record in bytes, padding included. */
    public int length() {
        return nextRecord - record;
    }

    /** Sequence of the record, 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** Length of the record's signal in bytes, 0 when it has none. */
    public int signalLength() {
        return signalLength;
    }

    /** Offset of the record's event. */
    public int eventOffset() {
        return record + RecordLayout.SIGNAL_OFFSET + RecordLayout.padded(signalLength);
    }

    /** Whether the record holds an event. */
    public boolean hasEvent() {
        return 0 != eventLength;
    }
}
