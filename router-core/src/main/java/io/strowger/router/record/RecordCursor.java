package io.strowger.router.record;

import org.agrona.DirectBuffer;

/**
 * Walks the records of one block in order.
 *
 * <p>A flyweight: wrap it on a block, then call {@link #next()} until it says false. Trusts the block's bytes, as everything behind the
 * journal's checksum may. One thread; allocates nothing.
 */
public final class RecordCursor {
    private DirectBuffer buffer;
    private int record;
    private int nextRecord;
    private int remaining;

    /**
     * Stands before the first record of a block.
     *
     * @param newBuffer holds the block.
     * @param block     offset of its header.
     * @return this.
     */
    public RecordCursor wrap(final DirectBuffer newBuffer, final int block) {
        buffer = newBuffer;
        record = block;
        nextRecord = block + BlockLayout.HEADER_LENGTH;
        remaining = BlockLayout.count(newBuffer, block);
        return this;
    }

    /**
     * Goes to the next record.
     *
     * @return false behind the last.
     */
    public boolean next() {
        if (0 == remaining) {
            return false;
        }
        remaining--;
        record = nextRecord;
        nextRecord = record + RecordLayout.length(buffer, record);
        return true;
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
        return RecordLayout.sequence(buffer, record);
    }

    /** Whether the record holds an event. */
    public boolean hasEvent() {
        return 0 != RecordLayout.eventLength(buffer, record);
    }
}
