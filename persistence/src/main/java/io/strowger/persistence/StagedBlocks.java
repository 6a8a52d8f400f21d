package io.strowger.persistence;

import io.strowger.persistence.cycle.BlockCheck;
import io.strowger.router.journal.JournalException;
import io.strowger.router.record.BlockLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The blocks that a writer staged and died before it flushed them, as far as they go on where the journal's files end. The next writer
 * brings them into the files, each as it was staged; until then whoever opens the journal for reading sees them behind the files.
 *
 * <p>Immutable.
 *
 * @param blocks each plain and good, each behind the one before.
 * @param fault  why there are not more of them, null when these are all.
 */
record StagedBlocks(List<DirectBuffer> blocks, String fault) {
    /** None. */
    static final StagedBlocks NONE = new StagedBlocks(List.of(), null);

    /**
     * Reads what stands in the file, while no writer may change it.
     *
     * @param gaps      of the journal.
     * @param lastBlock last sequence of a block in the journal's files, 0 when there is none.
     * @param chain     output chain behind it.
     */
    static StagedBlocks read(final Path path, final Gaps gaps, final long lastBlock, final long chain) {
        try {
            final DirectBuffer bytes = StagedFile.read(path);
            return null == bytes ? NONE : adjoining(bytes, gaps, lastBlock, chain);
        } catch (final JournalException ex) {
            return new StagedBlocks(List.of(), ex.getMessage());
        }
    }

    /** The block that begins with a sequence, null when there is none. */
    DirectBuffer at(final long first) {
        // by number: a cursor at the end asks at each poll, and an iterator is garbage
        for (int i = 0; i < blocks.size(); i++) {
            if (first == BlockLayout.firstSequence(blocks.get(i), 0)) {
                return blocks.get(i);
            }
        }
        return null;
    }

    /** How many records they hold. */
    long records() {
        return blocks.stream().mapToLong(block -> BlockLayout.count(block, 0)).sum();
    }

    /** What they are, for a report; null when there are none. */
    String summary() {
        if (blocks.isEmpty()) {
            return null;
        }
        final long first = BlockLayout.firstSequence(blocks.get(0), 0);
        return records() + " records, sequences " + first + " to " + (first + records() - 1);
    }

    private static StagedBlocks adjoining(final DirectBuffer bytes, final Gaps gaps, final long lastBlock, final long chain) {
        final List<DirectBuffer> blocks = new ArrayList<>();
        final BlockCheck check = new BlockCheck();
        long last = lastBlock;
        long lastChain = chain;
        int at = 0;
        while (at < bytes.capacity()) {
            final int length = lengthAt(bytes, at);
            String fault = 0 == length ? "no block" : check.check(bytes, at, length);
            final long first = null == fault ? BlockLayout.firstSequence(bytes, at) : 0;
            final long end = null == fault ? first + BlockLayout.count(bytes, at) - 1 : 0;
            if (null == fault && end > last) {
                fault = first != gaps.next(last + 1) ? "sequence " + first + " after " + last
                    : check.checkRecords(lastChain, first == last + 1);
                if (null == fault) {
                    blocks.add(copy(bytes, at, length));
                    last = end;
                    lastChain = check.chain();
                }
            }
            if (null != fault) {
                return new StagedBlocks(List.copyOf(blocks), "offset " + (StagedFile.FIRST + at) + ": " + fault);
            }
            at += length;
        }
        return new StagedBlocks(List.copyOf(blocks), null);
    }

    /** Length of a plain block, 0 where none is. */
    private static int lengthAt(final DirectBuffer bytes, final int at) {
        if (bytes.capacity() - at < BlockLayout.HEADER_LENGTH || BlockLayout.ENCODING_PLAIN != BlockLayout.encoding(bytes, at)) {
            return 0;
        }
        final int length = BlockLayout.length(bytes, at);
        return length >= BlockLayout.HEADER_LENGTH && length <= bytes.capacity() - at ? length : 0;
    }

    private static DirectBuffer copy(final DirectBuffer bytes, final int at, final int length) {
        final byte[] block = new byte[length];
        bytes.getBytes(at, block);
        return new UnsafeBuffer(block);
    }
}
