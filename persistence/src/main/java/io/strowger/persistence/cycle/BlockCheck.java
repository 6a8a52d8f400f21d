package io.strowger.persistence.cycle;

import io.strowger.codecs.Xxh64;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import org.agrona.DirectBuffer;

/**
 * Holds a block against its own header, its checksum, its records and the output chain, and unpacks it: whoever reads records out of a file
 * reads them here.
 *
 * <p>The checksum is held against a copy: the file may be cut at any moment, and a page that is gone ends the whole JVM where its own code
 * reads it for a checksum, but is an InternalError in a copy. What is packed is unpacked from the copy, whatever its bytes are, and the
 * checksum of the block that was appended is held against what comes of it.
 *
 * <p>One thread at a time. Allocates when a block is longer than all before it, else nothing: a fault is a constant text.
 */
public final class BlockCheck {
    private final Deltas deltas = new Deltas();
    private final BlockBytes stored = new BlockBytes();
    private final BlockBytes unpacked = new BlockBytes();
    /** Which of both holds the plain block. */
    private BlockBytes plain = stored;
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
        return check(file.buffer(), block, length);
    }

    /**
     * Checks a block that stands anywhere, as {@link #check(CycleFile, int, int)}.
     *
     * @param block offset in the buffer.
     */
    public String check(final DirectBuffer buffer, final int block, final int length) {
        if (length < BlockLayout.HEADER_LENGTH) {
            return "shorter than a block's header";
        }
        if (BlockLayout.MAGIC != BlockLayout.magic(buffer, block)) {
            return "no block's magic";
        }
        if (length != BlockLayout.length(buffer, block)) {
            return "the block's length is not its frame's";
        }
        stored.take(buffer, block, length);
        final int encoding = BlockLayout.encoding(stored.buffer(), 0);
        int plainLength = length;
        plain = stored;
        if (BlockLayout.ENCODING_DELTAS == encoding) {
            plainLength = BlockLayout.plainLength(stored.buffer(), 0);
            final String fault = unpack(length, plainLength);
            if (null != fault) {
                return fault;
            }
            plain = unpacked;
        }
        if (plain.crc(plainLength) != BlockLayout.crc(stored.buffer(), 0) || length != BlockLayout.length(stored.buffer(), 0)) {
            return "checksum";
        }
        if (BlockLayout.VERSION != BlockLayout.version(stored.buffer(), 0)) {
            return "a version this program does not know";
        }
        return encoding > BlockLayout.ENCODING_DELTAS ? "an encoding this program does not know" : null;
    }

    /**
     * The block that {@link #check} found good, plain, from offset 0: as it was then, whatever becomes of the file, until the next check.
     * It is byte for byte the block that was appended, also when it was packed for the file: its length and its checksum are those of the
     * plain block, and its plain length is 0.
     */
    public DirectBuffer copy() {
        return plain.buffer();
    }

    /**
     * Checks the records of the block that {@link #check} found good, and the chain over them.
     *
     * @param chainBefore output chain behind the record before the block.
     * @param isKnown     false when that chain is not known: the chain is then taken from the header.
     * @return null when all is well; else what is wrong.
     */
    public String checkRecords(final long chainBefore, final boolean isKnown) {
        final DirectBuffer buffer = plain.buffer();
        final int end = BlockLayout.length(buffer, 0);
        final int count = BlockLayout.count(buffer, 0);
        long sequence = BlockLayout.firstSequence(buffer, 0);
        int record = BlockLayout.HEADER_LENGTH;
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
        if (isKnown && chain != BlockLayout.chain(buffer, 0)) {
            return "its output chain does not go on from the record before it";
        }
        chain = BlockLayout.chain(buffer, 0);
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

    /** What the checksum is over: it was made of the plain block, so it stands for the packing as well. */
    private String unpack(final int length, final int plainLength) {
        final long most = BlockLayout.HEADER_LENGTH + (length - BlockLayout.HEADER_LENGTH) * (long)Deltas.MOST_OF_A_BYTE;
        if (plainLength <= length || plainLength > Math.min(most, BlockLayout.MAX_LENGTH)) {
            return "a plain length that can't be";
        }
        // memory only for as much as there surely is
        if (!unpacked.holds(plainLength) && plainLength != deltas.plainLength(stored.bytes(), length)) {
            return "its packed bytes are not what its header says";
        }
        unpacked.grow(plainLength);
        if (!deltas.unpack(stored.bytes(), length, unpacked.bytes(), plainLength)) {
            return "its packed bytes are not what its header says";
        }
        unpacked.copyHeader(stored.buffer(), 0);
        unpacked.encoding(BlockLayout.ENCODING_PLAIN, plainLength, 0);
        return null;
    }
}
