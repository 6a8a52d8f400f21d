package io.strowger.persistence.cycle;

import io.strowger.codecs.Xxh64;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Holds a block against its own header, its checksum, its records and the output chain.
 *
 * <p>The checksum is held against a copy: the file may be cut at any moment, and a page that is gone ends the whole JVM where its own code
 * reads it for a checksum, but is an InternalError in a copy.
 *
 * <p>One thread at a time. Allocates when a block is longer than all before it, else nothing: a fault is a constant text.
 */
public final class BlockCheck {
    private static final byte[] ZERO = new byte[Integer.BYTES];

    private static final int COPY_LENGTH = 4096;

    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer copy = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
    private long chain;
    private long lastTimeNs;

    /**
     * Checks the block that stands in the window of a file.
     *
     * @param file   whose window covers it.
     * @param block  offset in the window.
     * @param length that its frame says.
     * @return null when all is well but the chain, which {@link #checkRecords} looks at; else what is wrong.
     */
    public String check(final CycleFile file, final int block, final int length) {
        final DirectBuffer buffer = file.buffer();
        if (length < BlockLayout.HEADER_LENGTH) {
            return "shorter than a block's header";
        }
        if (BlockLayout.MAGIC != BlockLayout.magic(buffer, block)) {
            return "no block's magic";
        }
        if (length != BlockLayout.length(buffer, block)) {
            return "the block's length is not its frame's";
        }
        take(buffer, block, length);
        if (!isCrcGood(length)) {
            return "checksum";
        }
        if (BlockLayout.VERSION != BlockLayout.version(copy, 0)) {
            return "a version this program does not know";
        }
        if (BlockLayout.ENCODING_PLAIN != BlockLayout.encoding(copy, 0)) {
            return "an encoding this program does not know";
        }
        return null;
    }

    /**
     * The block that {@link #check} found good, from offset 0: as it was then, whatever becomes of the file, until the next check.
     */
    public DirectBuffer copy() {
        return copy;
    }

    /**
     * Checks the records of a block that {@link #check} found good, and the chain over them.
     *
     * @param chainBefore output chain behind the record before the block.
     * @param isKnown     false when that chain is not known: the chain is then taken from the header.
     * @return null when all is well; else what is wrong.
     */
    public String checkRecords(final DirectBuffer buffer, final int block, final long chainBefore, final boolean isKnown) {
        final int end = block + BlockLayout.length(buffer, block);
        final int count = BlockLayout.count(buffer, block);
        long sequence = BlockLayout.firstSequence(buffer, block);
        int record = block + BlockLayout.HEADER_LENGTH;
        if (count <= 0 || sequence <= 0) {
            return "a block without records";
        }
        chain = chainBefore;
        for (int i = 0; i < count; i++, sequence++) {
            if (record + RecordLayout.SIGNAL_OFFSET > end || sequence != RecordLayout.sequence(buffer, record)) {
                return "its records are not dense";
            }
            final int length = RecordLayout.length(buffer, record);
            if (record + length > end) {
                return "a record is longer than its block";
            }
            if (isKnown) {
                chain = Xxh64.hash(buffer, record, length, chain);
            }
            lastTimeNs = RecordLayout.journalTime(buffer, record);
            record += length;
        }
        if (record != end) {
            return "its records end before it does";
        }
        if (isKnown && chain != BlockLayout.chain(buffer, block)) {
            return "its output chain does not go on from the record before it";
        }
        chain = BlockLayout.chain(buffer, block);
        return null;
    }

    /**
     * Output chain behind the block last checked.
     */
    public long chain() {
        return chain;
    }

    /**
     * Journal time of the last record of the block last checked, in nanoseconds since 1970.
     */
    public long lastTimeNs() {
        return lastTimeNs;
    }

    private void take(final DirectBuffer buffer, final int block, final int length) {
        if (copy.capacity() < length) {
            bytes = ByteBuffer.allocateDirect((int)Math.min(Integer.MAX_VALUE, Math.max(COPY_LENGTH, length + (long)(length >> 1))));
            copy.wrap(bytes);
        }
        buffer.getBytes(block, copy, 0, length);
    }

    private boolean isCrcGood(final int length) {
        crc.reset();
        update(0, BlockLayout.CRC_OFFSET);
        crc.update(ZERO);
        update(BlockLayout.CRC_OFFSET + Integer.BYTES, length);
        return (int)crc.getValue() == copy.getInt(BlockLayout.CRC_OFFSET, ByteOrder.LITTLE_ENDIAN) && length == BlockLayout.length(copy, 0);
    }

    private void update(final int from, final int end) {
        bytes.limit(end).position(from);
        crc.update(bytes);
        bytes.clear();
    }
}
