package io.strowger.persistence.cycle;

import io.strowger.codecs.Xxh64;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * Holds a block against its own header, its checksum, its records and the output chain.
 *
 * <p>One thread at a time. Allocates nothing: a fault is a constant text.
 */
public final class BlockCheck {
    private static final byte[] ZERO = new byte[Integer.BYTES];

    private final CRC32C crc = new CRC32C();
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
        if (!isCrcGood(file.bytes(), buffer, block, length)) {
            return "checksum";
        }
        if (BlockLayout.VERSION != BlockLayout.version(buffer, block)) {
            return "a version this program does not know";
        }
        if (BlockLayout.ENCODING_PLAIN != BlockLayout.encoding(buffer, block)) {
            return "an encoding this program does not know";
        }
        return null;
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

    private boolean isCrcGood(final ByteBuffer bytes, final DirectBuffer buffer, final int block, final int length) {
        crc.reset();
        update(bytes, block, BlockLayout.CRC_OFFSET);
        crc.update(ZERO);
        final int rest = BlockLayout.CRC_OFFSET + Integer.BYTES;
        update(bytes, block + rest, length - rest);
        return (int)crc.getValue() == buffer.getInt(block + BlockLayout.CRC_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    private void update(final ByteBuffer bytes, final int offset, final int length) {
        bytes.limit(offset + length).position(offset);
        crc.update(bytes);
        bytes.clear();
    }
}
