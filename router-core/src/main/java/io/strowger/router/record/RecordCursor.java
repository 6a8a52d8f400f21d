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
    private int signalLength;
    private int eventLength;

    /**
     * Stands before the first record of a block.
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
        remaining--;
        record = nextRecord;
        checkWithin(record + RecordLayout.SIGNAL_OFFSET);
        final int lengths = RawBytes.getInt(array, address + record + RecordLayout.SIGNAL_LENGTH_OFFSET);
        signalLength = lengths & 0xFFFF;
        eventLength = lengths >>> Short.SIZE;
        nextRecord = eventOffset() + RecordLayout.padded(eventLength);
        checkWithin(nextRecord);
        return true;
    }

    private void checkWithin(final int place) {
        if (place > end) {
            throw new IndexOutOfBoundsException("a record ends at " + place + ", its block at " + end);
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

    /** Sequence of the record. */
    public long sequence() {
        return RawBytes.getLong(array, address + record + RecordLayout.SEQUENCE_OFFSET);
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
